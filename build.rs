//! How the program is linked on Linux with glibc: to run at a fixed address. Its tables hold some 60,000 addresses, most of them in
//! the time zones; a program that may run anywhere has all of them put right by the loader at every start, which takes longer
//! than all that `warroom say` does.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| var(name).is_ok_and(|found| found == value);
    let is_static = var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|features| features.contains("crt-static"));
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && !is_static {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
