//! The person's own editor, for a line that has become long. It works on the draft: should anything go wrong meanwhile, that
//! is what is offered at the next start.

use std::env;
use std::path::Path;

use tokio::process::{Child, Command};

/// Starts the editor that the environment names on a file. The terminal has to be its.
///
/// # Errors
/// Where no shell can be started.
pub(super) fn start(file: &Path) -> std::io::Result<Child> {
    // The variables may hold arguments, as for everybody else who reads them: the shell takes them apart.
    Command::new("sh")
        .arg("-c")
        .arg(format!("{} \"$1\"", name()))
        .arg("sh")
        .arg(file)
        .kill_on_drop(true)
        .spawn()
}

/// What the environment calls it: `VISUAL`, else `EDITOR`, else `vi`.
pub(super) fn name() -> String {
    let named = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
    named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| "vi".into())
}
