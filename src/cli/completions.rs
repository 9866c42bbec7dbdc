//! `warroom completions`: for bash, zsh, fish and others.

use super::failure::Failure;
use super::{described, out};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  warroom completions bash > ~/.local/share/bash-completion/completions/warroom"
)]
pub(super) struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut described(), "warroom", &mut text);
    out::result(&String::from_utf8_lossy(&text))?;
    Ok(0)
}
