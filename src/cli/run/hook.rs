//! `warroom ran`: logs a command of a shell that has ended, while an incident is open. Hooks call it behind the person's back:
//! it says nothing, and where there is nothing to do it does nothing.

use std::path::PathBuf;

use super::record::{Began, place, whole};
use crate::cli::{find, open};
use crate::config::Config;
use crate::export::redact;
use crate::model::Exit;
use crate::session::clock::{Clock as _, Wall};
use crate::text::Raw;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  warroom ran --status 1 --took 2300 --folder \"$PWD\" -- 'pg_isready -h db-2'\n\n\
    It logs one record into the incident that WARROOM_INCIDENT names, else into the one unresolved; with none or several \
    nothing is logged. Nor is a line that begins with a blank, one that begins with words of `ignore` under [shell] in \
    the settings, or any while WARROOM_SHELL is off. Nothing is printed, and the exit code is always 0."
)]
pub(in crate::cli) struct Args {
    /// Its exit status
    #[arg(long, value_name = "N")]
    status: u8,
    /// How long it took, in milliseconds
    #[arg(long, value_name = "MS")]
    took: u32,
    /// The folder it was run in [default: this one]
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Its line, as it was typed
    #[arg(allow_hyphen_values = true)]
    line: String,
}

pub(in crate::cli) fn run(args: &Args, config: &Config) -> u8 {
    let ended = Wall.now();
    let is_off = std::env::var("WARROOM_SHELL").is_ok_and(|value| value == "off");
    if !is_off && is_told(&args.line, &config.shell.ignore) {
        put_down(args, config, ended);
    }
    0
}

fn put_down(args: &Args, config: &Config, ended: crate::model::Instant) -> Option<()> {
    let incident = find::only_open(config)?;
    let mut line = Raw::new(args.line.trim_end());
    redact::command_line::mask(&mut line);
    let folder = args.folder.clone().unwrap_or_else(|| open::start_dir(&config.incidents));
    let at = ended - chrono::TimeDelta::milliseconds(args.took.into());
    let began = Began { line, place: place(&folder), at };
    let exit = Exit { at: ended, status: Some(args.status), why: None, output: None };
    // What cannot be saved is kept by the rescue file; there is nobody to be told.
    whole(&incident, config, &began, exit).ok()
}

/// Whether a line is to be logged: not one that begins with a blank, nor one whose first words are on the list.
fn is_told(line: &str, ignored: &[String]) -> bool {
    if line.starts_with(char::is_whitespace) || Raw::new(line).is_blank() {
        return false;
    }
    let begins_so = |words: &String| {
        let mut typed = line.split_whitespace();
        words.split_whitespace().all(|word| typed.next() == Some(word))
    };
    !ignored.iter().any(begins_so)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_the_list_or_behind_a_blank_is_not_told() {
        let ignored = ["ls".to_owned(), "git status".to_owned()];
        for (line, told) in [
            ("ls", false),
            ("ls -la /srv", false),
            ("lsof -i", true),
            ("git  status -s", false),
            ("git push", true),
            (" curl -H 'X-Key: 1'", false),
            ("\tmake", false),
            ("", false),
        ] {
            assert_eq!(is_told(line, &ignored), told, "{line:?}");
        }
    }
}
