//! `warroom shell-init`: the hooks that log the commands of a shell.

use super::failure::Failure;
use super::out;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  eval \"$(warroom shell-init bash)\"      # in ~/.bashrc, at its end\n  \
    eval \"$(warroom shell-init zsh)\"       # in ~/.zshrc\n  \
    warroom shell-init fish | source       # in ~/.config/fish/config.fish\n\n\
    From then on every command that is typed at a prompt is logged when it has ended, with its folder, how long it took and \
    its exit status, while one incident is unresolved or WARROOM_INCIDENT names one; at other times nothing is. Secrets in \
    the line are masked. A line that begins with a blank is not logged, nor what `ignore` under [shell] in the settings \
    lists (ls, cd, …). WARROOM_SHELL=off pauses it. The prompt waits for nothing: `warroom ran` does it in the \
    background, and says nothing. What a command prints is not kept: `warroom run` does that."
)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

/// The shells for which there is a hook.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Shell {
    /// From version 5 on
    Bash,
    Zsh,
    Fish,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    out::result(match args.shell {
        Shell::Bash => include_str!("../../assets/shell/hook.bash"),
        Shell::Zsh => include_str!("../../assets/shell/hook.zsh"),
        Shell::Fish => include_str!("../../assets/shell/hook.fish"),
    })?;
    Ok(0)
}
