//! The front door of warroom.

use std::process::ExitCode;

fn main() -> ExitCode {
    warroom::cli::main()
}
