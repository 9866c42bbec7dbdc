//! `warroom purge`: takes what was said by mistake out of an incident for good, after asking twice.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};
use std::path::Path;

use super::failure::Failure;
use super::{completing, find, open, out};
use crate::config::Config;
use crate::session::clock::Wall;
use crate::session::purge::{self, ENDING, NotPurged, Outcome, Prospect};
use crate::store::PurgeError;
use crate::text::Raw;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom purge last\n  warroom purge x7-12 -i 2024-08-10-checkout\n  \
    warroom purge 1723295700000-0-k3x9w2aa-7 --yes --yes\n\n\
    `warroom show` prints the handle of each entry; `grep -n WORD journal.jsonl` in the incident's folder finds the \
    stamp of any other change. The lines go out of the journal, out of incident.json and out of rescue files, and a \
    tombstone without a word of them keeps every room and every copy from bringing them back. Where the same words \
    still stand is said. Reports, backups, disks that keep what is overwritten, and this terminal are out of reach: \
    a secret that was seen has to be changed all the same.")]
pub(super) struct Args {
    /// The handle of an entry, `last`, or the id of any change or its ending
    #[arg(allow_hyphen_values = true)]
    entry: String,
    /// An id, an unambiguous start of one, or a folder
    #[arg(short, long, add = completing::incidents())]
    incident: Option<String>,
    /// Do not ask; it has to be given twice, since nothing brings back what is purged
    #[arg(long, action = clap::ArgAction::Count)]
    yes: u8,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let watched = io::stdin().is_terminal();
    if args.yes == 1 {
        let reason = "--yes once is not enough: nothing brings back what is purged";
        return Err(Failure::usage(reason, "nothing was changed; give it twice, --yes --yes, or not at all"));
    }
    if args.yes == 0 && !watched {
        let reason = "nobody can be asked: standard input is no terminal";
        return Err(Failure::usage(reason, "nothing was changed; in scripts say --yes --yes"));
    }
    let folder = find::folder(args.incident.as_deref(), config)?;
    let prospect = purge::prospect(&folder, args.entry.trim(), &Wall)?;
    out::aside(&announced(&prospect));
    if args.yes == 0 && !asked(&prospect)? {
        out::aside("Nothing was changed.");
        return Ok(1);
    }
    let outcome = purge::purge(&folder, prospect.id, &open::opening(config))?;
    out::result(&told(&prospect, &outcome, &folder))?;
    let incomplete = !outcome.files.troubles.is_empty();
    for trouble in &outcome.files.troubles {
        out::aside(&format!("Error: {trouble}"));
    }
    if incomplete {
        out::aside(
            "Hint: the journal is without it; mend that, and open the incident once: it is then put right",
        );
    }
    Ok(u8::from(incomplete))
}

/// What is going to happen.
fn announced(prospect: &Prospect) -> String {
    let mut out =
        format!("To be purged for good, on every copy:\n  {}\n  id {}\n", prospect.what, prospect.id);
    if !prospect.with.is_empty() {
        out.push_str("With it go:\n");
        // Writing to a String cannot fail, here and below.
        for with in &prospect.with {
            let _ = writeln!(out, "  {with}");
        }
    }
    out.push_str(
        "This cannot be undone. To correct an entry there is /edit, to leave it out of the report /strike.",
    );
    out
}

/// Asks twice; whether both answers were the right ones.
fn asked(prospect: &Prospect) -> Result<bool, Failure> {
    let id = prospect.id.to_string();
    let ending = &id[id.len() - ENDING..];
    out::aside(&format!("Purge it? Type the last {ENDING} characters of its id:"));
    if answer()? != ending {
        return Ok(false);
    }
    out::aside("Really? Type yes:");
    Ok(answer()?.eq_ignore_ascii_case("yes"))
}

fn answer() -> Result<String, Failure> {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line);
    read.map_err(|e| Failure::new(format!("cannot read the answer: {e}"), "nothing was changed"))?;
    Ok(line.trim().to_owned())
}

/// What was done, and where the words still stand. Nothing of them is in it.
fn told(prospect: &Prospect, outcome: &Outcome, folder: &Path) -> String {
    let files = &outcome.files;
    let mut out = format!("Purged: {}", count(files.lines, "line of the journal", "lines of the journal"));
    if files.damaged > 0 {
        let _ = write!(out, ", {} of them damaged", files.damaged);
    }
    out.push_str("; incident.json was written anew.\n");
    for path in &files.rescued {
        let _ = writeln!(out, "Purged from the rescue file {}.", shown(path));
    }
    if outcome.founding {
        let folder = shown(folder);
        let _ = writeln!(
            out,
            "The same words stand in the title the incident was created with. That stays, and so does the name of\n\
             {folder}: a /title sets another one; start a new incident to be rid of the first."
        );
    }
    if !outcome.others.is_empty() {
        out.push_str("The same words still stand in these changes; purge those too:\n");
        for (ending, what) in &outcome.others {
            let _ = writeln!(out, "  warroom purge {ending}   ({what})");
        }
    }
    if !outcome.merged.is_empty() {
        out.push_str("The same words still stand in an incident that was merged with this one; purge them there, too:\n");
        for (id, ending, what) in &outcome.merged {
            let _ = writeln!(out, "  warroom purge -i {id} {ending}   ({what})");
        }
    }
    if !files.remains.is_empty() {
        out.push_str("The same words still stand in these files, which were not touched:\n");
        for path in &files.remains {
            let _ = writeln!(out, "  {}", shown(path));
        }
    }
    out.push_str(
        "Out of reach: reports that were exported or copied, backups and version control, what this terminal shows, \
         disks that keep\nwhat is overwritten. Other hosts obey when the journals meet. If it was a secret, change it \
         now.\n",
    );
    let _ = writeln!(out, "Log it again without it: warroom say {}", prospect.again);
    out
}

fn count(n: usize, one: &str, several: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {several}") }
}

fn shown(path: &Path) -> String {
    Raw::new(path.to_string_lossy()).for_term().to_string()
}

impl From<NotPurged> for Failure {
    fn from(error: NotPurged) -> Self {
        let hint = match &error {
            NotPurged::Store(_) => "",
            NotPurged::Handle(error) => &error.hint,
            NotPurged::Founding => {
                "nothing was changed; set another title with `warroom say /title …`: the folder keeps its name"
            }
            NotPurged::Tombstone | NotPurged::Already => "nothing was changed",
        };
        let hint = hint.to_owned();
        match error {
            NotPurged::Store(error) => error.into(),
            other => Self::new(other.to_string(), hint),
        }
    }
}

impl From<PurgeError> for Failure {
    fn from(error: PurgeError) -> Self {
        let hint = match &error {
            PurgeError::Store(_) => "nothing was changed; mend that and try again",
            PurgeError::Busy(_) => {
                "nothing was changed; a stopped program holds it until it goes on (`fg`) or ends: try again then"
            }
            PurgeError::ReadOnly(_) => "nothing was changed; purge where the folder may be written to",
            PurgeError::Restless => "nothing was changed; try again",
        };
        Self::new(error.to_string(), hint)
    }
}
