//! The shell: one file a subcommand. Results go to standard output, everything else to standard error.

mod actions;
mod check;
mod completing;
mod completions;
mod config;
mod demo;
mod doctor;
mod export;
mod failure;
mod filtered;
mod find;
mod import;
mod insights;
mod intake;
mod late;
mod list;
mod listen;
mod log;
mod man;
mod marked;
mod merge;
mod new;
mod open;
mod out;
mod purge;
mod run;
mod say;
mod schema;
mod search;
mod share;
mod shell_init;
mod show;
mod templates;
mod watch;
mod withheld;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::config::{Config, Flags};
use failure::Failure;

/// The exit code after a panic, as in sysexits.h (`EX_SOFTWARE`).
const PANICKED: u8 = 70;

/// The flight recorder for outages: a live timeline, a hypothesis tracker and the postmortem.
#[derive(Debug, Parser)]
#[command(name = "warroom", version, max_term_width = 100)]
#[command(after_help = "Without a command: the room of the one unresolved incident, else the list.\n\
    Inside the room, F1 shows every command and key; `warroom man` has them too.")]
struct Cli {
    #[arg(help = "Where incidents lie [env: WARROOM_DATA_DIR]", long, global = true, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    #[arg(help = "The settings file [env: WARROOM_CONFIG]", long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(
        help = "Who makes changes [env: WARROOM_NAME]",
        long = "as",
        alias = "by",
        global = true,
        value_name = "NAME"
    )]
    name: Option<String>,
    #[command(subcommand)]
    command: Option<Sub>,
}

#[derive(Debug, Subcommand)]
enum Sub {
    /// Start an incident, and open its room
    New(new::Args),
    /// Play an outage in a real room, to look at and to try: nothing of it is kept
    Demo(demo::Args),
    /// Open the room of an incident
    Open(open::Args),
    /// List the incidents: those that are going on, then the newest
    List(list::Args),
    /// Say what past incidents say together: how long, what was suspected, what comes back, what is left to do
    Insights(insights::Args),
    /// Find words in everything that was ever recorded
    Search(search::Args),
    /// List what is still to be done after all incidents, and mark it done
    Actions(actions::Args),
    /// Say a line, or a line each from standard input, in the grammar of the prompt
    Say(say::Args),
    /// Log plain text, a line an entry: nothing in it is grammar
    Log(log::Args),
    /// Run a command as it would run by itself, and log it with how it ended
    Run(run::Args),
    /// Log a command that was run: what the hook of a shell calls
    #[command(hide = true)]
    Ran(run::hook::Args),
    /// Print the hook that logs commands of a shell while an incident is open
    ShellInit(shell_init::Args),
    /// Show an incident
    Show(show::Args),
    /// Print the timeline as plain lines, as it grows
    Watch(watch::Args),
    /// Listen for alerts, which become entries: Alertmanager, Grafana, PagerDuty, GitHub, scripts
    Listen(listen::Args),
    /// Share an incident with other hosts, over a NATS server
    Share(share::ShareArgs),
    /// Join an incident that another host shares
    Join(share::JoinArgs),
    /// Write the postmortem
    Export(export::Args),
    /// List the outlines that reports can have, print one, or explain how to write one
    Templates(templates::Args),
    /// Find what the report still lacks, what contradicts itself, and words that blame
    Check(check::Args),
    /// Make incidents of postmortems that were written elsewhere, and entries of what was said in a chat
    Import(import::Args),
    /// Take what was said by mistake, such as a pasted password, out of an incident for good
    Purge(purge::Args),
    /// Make two records of one outage one
    Merge(merge::Args),
    /// Print which settings hold, and where each comes from
    Config(config::Args),
    /// Say what is wrong with incidents and what they stand on, and repair what can be
    Doctor(doctor::Args),
    /// Print the completions for a shell
    Completions(completions::Args),
    /// Print the manual page
    #[command(after_help = "Example:\n  warroom man | man -l -")]
    Man,
    /// Print the JSON Schema of incident.json
    #[command(after_help = "Example:\n  warroom schema > incident.schema.json")]
    Schema,
}

/// Runs the program: parses, dispatches, and gives the exit code.
pub fn main() -> ExitCode {
    out::quiet_panics();
    // Where the system takes no handler, a full disk ends the program; what was saved stays saved.
    let _ = crate::store::ignore_file_size_signal();
    if completing::answered() {
        return ExitCode::SUCCESS;
    }
    if let Some(status) = run::part(std::env::args_os().skip(1)) {
        return ExitCode::from(status);
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return out::usage(&error),
    };
    match std::panic::catch_unwind(|| run(cli)) {
        Ok(Ok(code)) => ExitCode::from(code),
        Ok(Err(failure)) => out::failure(&failure),
        Err(_) => ExitCode::from(PANICKED),
    }
}

fn run(cli: Cli) -> Result<u8, Failure> {
    let opens_a_room = match &cli.command {
        None | Some(Sub::Open(_) | Sub::Demo(_)) => out::shows_a_room(),
        Some(Sub::New(args)) => args.opens_a_room(),
        _ => false,
    };
    let flags = Flags { data_dir: cli.data_dir, file: cli.config, name: cli.name };
    match cli.command {
        Some(Sub::Completions(args)) => return completions::run(&args),
        Some(Sub::Man) => return man::run(),
        Some(Sub::Schema) => return schema::run(),
        Some(Sub::ShellInit(args)) => return shell_init::run(&args),
        Some(Sub::Config(args)) => return config::run(&args, &flags),
        Some(Sub::Doctor(args)) => return doctor::run(&args, &flags),
        _ => {}
    }
    let config = crate::config::load(&flags)?;
    // A room says it by itself; and of the keys only a room has to.
    if !opens_a_room && !matches!(cli.command, Some(Sub::Ran(_))) {
        config.wrong.iter().for_each(|wrong| out::aside(wrong));
    }
    match cli.command {
        Some(Sub::New(args)) => new::run(&args, &config),
        Some(Sub::Demo(args)) => demo::run(&args, &config),
        Some(Sub::Open(args)) => open::run(&args, &config),
        Some(Sub::List(args)) => list::run(&args, &config),
        Some(Sub::Insights(args)) => insights::run(&args, &config),
        Some(Sub::Search(args)) => search::run(&args, &config),
        Some(Sub::Actions(args)) => actions::run(&args, &config),
        Some(Sub::Say(args)) => say::run(&args, &config),
        Some(Sub::Log(args)) => log::run(&args, &config),
        Some(Sub::Run(args)) => run::run(&args, &config),
        Some(Sub::Ran(args)) => Ok(run::hook::run(&args, &config)),
        Some(Sub::Show(args)) => show::run(&args, &config),
        Some(Sub::Watch(args)) => watch::run(&args, &config),
        Some(Sub::Listen(args)) => listen::run(&args, &config),
        Some(Sub::Share(args)) => share::share(&args, &config),
        Some(Sub::Join(args)) => share::join(&args, &config),
        Some(Sub::Export(args)) => export::run(&args, &config),
        Some(Sub::Templates(args)) => templates::run(&args, &config),
        Some(Sub::Check(args)) => check::run(&args, &config),
        Some(Sub::Merge(args)) => merge::run(&args, &config),
        Some(Sub::Import(args)) => import::run(&args, &config),
        Some(Sub::Purge(args)) => purge::run(&args, &config),
        _ => bare(&config),
    }
}

/// `warroom` alone: the room of the incident that `WARROOM_INCIDENT` names, else of the one unresolved incident, otherwise
/// the list.
fn bare(config: &Config) -> Result<u8, Failure> {
    if find::from_environment().is_some() {
        return open::room(&find::folder(None, config)?, config);
    }
    // The list searches, for which it takes an index.
    let archive = if out::shows_a_room() { find::archive(config)? } else { find::glance(config)? };
    let unresolved: Vec<_> = archive.kept().iter().filter(|kept| kept.is_unresolved()).collect();
    match unresolved.as_slice() {
        [only] => open::room(&only.folder, config),
        _ if out::shows_a_room() => open::list(archive, config),
        _ => list::bare(&archive),
    }
}

/// The command line's own description, for the manual page and the completions.
fn described() -> clap::Command {
    Cli::command()
}
