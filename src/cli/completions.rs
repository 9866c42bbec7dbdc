//! `warroom completions`: for bash, zsh, fish and others.

use super::failure::Failure;
use super::{completing, out};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  warroom completions bash > ~/.local/share/bash-completion/completions/warroom"
)]
pub(super) struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let lines = completing::registration(&args.shell.to_string());
    out::result(&String::from_utf8_lossy(&lines))?;
    Ok(0)
}
