#!/usr/bin/env bash
# Makes what is passed on, in target/packages: a Debian package with the manual page and completions (it needs cargo-deb), and, where
# the target x86_64-unknown-linux-musl and musl-gcc are installed, a program that needs no libraries.
set -euo pipefail
cd "$(dirname "$0")/.."
out=target/packages
mkdir -p "$out"

cargo build --locked --release
target/release/warroom man > "$out/warroom.1"
target/release/warroom completions bash > "$out/warroom.bash"
target/release/warroom completions zsh > "$out/_warroom"
target/release/warroom completions fish > "$out/warroom.fish"
cargo deb --locked --no-build --output "$out"

target=x86_64-unknown-linux-musl
if command -v musl-gcc >/dev/null 2>&1 && [ -d "$(rustc --print sysroot)/lib/rustlib/$target" ]; then
    cargo build --locked --release --target "$target"
    cp "target/$target/release/warroom" "$out/warroom-$target"
fi
sha256sum "$out"/*.deb "$out"/warroom-* 2>/dev/null || true
