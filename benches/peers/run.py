#!/usr/bin/env python3
"""Measures warroom beside vim, nano, less and others as their users meet them, and writes benches/RESULTS.md.

    cargo build --release
    python3 benches/peers/run.py

Peers are vim, nvim, nano, less, lnav and jrnl, each where it is installed; nothing is installed here. On Debian:
`apt-get install vim neovim nano less lnav strace gcc`, and `pipx install jrnl`.  Without strace nothing is said about what is
written and synced, without a C compiler the floor of the first screen is missing.  The journals come from
`cargo bench --bench growth -- --write DIR`, or from --data.

Times are the machine's, ratios are the program's: every round measures floors, too (a key that `cat` echoes, a static program that
paints one frame, an append with fdatasync).  Leave the machine alone meanwhile.
"""
import argparse
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from typing import List, Optional, Tuple

sys.dont_write_bytecode = True

import machine  # noqa: E402
import scenarios  # noqa: E402
import table  # noqa: E402
import ttybench  # noqa: E402
from playing import Measured, Run, rounds, say, trace  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.path.join(ROOT, "target", "release", "warroom"), metavar="FILE",
                        help="the program (default target/release/warroom)")
    parser.add_argument("--data", metavar="DIR", help="where journal-SIZE.jsonl lie (default: made by the growth bench)")
    parser.add_argument("--rounds", type=int, default=5, help="how often all is played (default 5)")
    parser.add_argument("--minutes", type=float, default=12, help="no round begins that would end later (default 12)")
    parser.add_argument("--quick", action="store_true", help="one round, 100 and 10,000 entries: to try it")
    parser.add_argument("--only", default="", metavar="REGEX", help="only scenarios whose name matches: to try it")
    parser.add_argument("--show", action="store_true", help="play once and print the screen after each step, instead")
    parser.add_argument("--output", default=os.path.join(ROOT, "benches", "RESULTS.md"), metavar="FILE",
                        help="where the tables go (default benches/RESULTS.md; - prints them)")
    return parser.parse_args()


def journals(data: str, sizes: List[int]) -> None:
    """Has the growth bench write the journals."""
    say("making the journals")
    command = ["cargo", "bench", "--bench", "growth", "--", "--write", data, *map(str, sizes)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=1200, stdout=subprocess.DEVNULL)


def entries(journal: str) -> List[List[str]]:
    """Time, author and text of each entry in a journal."""
    found = []
    with open(journal, encoding="utf-8") as handle:
        for line in handle:
            record = json.loads(line)
            added = record["change"].get("entry_added") if isinstance(record["change"], dict) else None
            if added:
                at = datetime.datetime.fromtimestamp(int(record["stamp"].split("-")[0]) / 1000, datetime.timezone.utc)
                found.append([at.strftime("%Y-%m-%d %H:%M:%S"), record["by"], " ".join(added["text"].split())])
    return found


def prepare(given: str, data: str, sizes: List[int], binary: str) -> None:
    """Makes folders of warroom of the journals, and files of plain lines with the same entries for the peers, and for the storm."""
    for size in sizes:
        source = scenarios.journal_of(given, size)
        if not os.path.isfile(source):
            sys.exit(f"run.py: no {source}")
        if source != scenarios.journal_of(data, size):
            shutil.copyfile(source, scenarios.journal_of(data, size))
        problems = Run(scenarios.first_opening(binary, data, size), {}).problems
        if problems:
            sys.exit(f"run.py: warroom does not open {source}: {problems[0]}")
        with open(scenarios.lines_of(data, size), "w", encoding="utf-8") as handle:
            handle.writelines(" ".join(entry) + "\n" for entry in entries(scenarios.journal_of(data, size)))
    with open(scenarios.storm_of(data), "w", encoding="utf-8") as handle:
        handle.writelines(f"entry {nth} {scenarios.LINE}\n" for nth in range(scenarios.STORM))


def whole_round(binary: str, data: str, sizes: List[int], peers: List[scenarios.Peer]) -> List[scenarios.Scenario]:
    """All that is played in each round."""
    found: List[scenarios.Scenario] = []
    for size in sizes:
        found.append(scenarios.warroom(binary, data, size))
        found += [scenarios.beside(peer, data, size) for peer in peers if size or peer.write]
    found += [scenarios.leaving(binary, data, how) for how in scenarios.LEAVING]
    found.append(scenarios.journal_alone(binary, data, max(sizes)))
    found += scenarios.under_load(binary, data, max(sizes))
    if scenarios.JRNL.installed():
        found += scenarios.jrnl_calls(data, sizes)
    # A call gives one time, a room many.
    return found + 3 * scenarios.calls(binary, data, sizes) + scenarios.long_calls(binary, data, max(sizes))


def floors(scratch: str) -> List[scenarios.Scenario]:
    """What the machine cannot beat; a painted frame gives one time, too."""
    echo, *frame = ttybench.floor_scenarios(scratch)
    return [echo, *3 * frame]


def versions() -> List[str]:
    """What each peer says of itself, and of those that are missing how they come."""
    lines = []
    for peer in (*scenarios.PEERS, scenarios.JRNL):
        if not peer.installed():
            lines.append(f"{peer.name}: not installed (`{peer.package}`)")
            continue
        said = subprocess.run([peer.program, "-V" if peer.name == "lnav" else "--version"], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=30).stdout.splitlines()
        lines.append(said[0].strip().split(" (")[0] if said else peer.name)
    return lines


def settings(given: argparse.Namespace) -> List[str]:
    """The options that change what is measured, to be told beside it."""
    return ["--quick"] if given.quick else ["--rounds", str(given.rounds)] if given.rounds != 5 else []


def show(playing: List[scenarios.Scenario]) -> None:
    for scenario in playing:
        run = Run(scenario, {}, show=True)
        print(f"{scenario['name']}: {run.problems or 'no problems'}")


def measure(given: argparse.Namespace, binary: str, scratch: str) -> Optional[Tuple[str, Measured]]:
    """Plays everything; the page, and what it was made of. Nothing where it is only shown."""
    sizes = [100, 10_000] if given.quick else list(scenarios.SIZES)
    peers = [peer for peer in scenarios.PEERS if peer.installed()]
    data = os.path.join(scratch, "data")
    os.mkdir(data)
    if not given.data:
        journals(data, sizes)
    prepare(given.data or data, data, sizes, binary)

    def chosen(found: List[scenarios.Scenario]) -> List[scenarios.Scenario]:
        return [one for one in found if re.search(given.only, one["name"])]

    playing = chosen(whole_round(binary, data, sizes, peers))
    if given.show:
        show(playing)
        return None
    measured = Measured()
    before, began, until = machine.stolen(), datetime.datetime.now(), time.monotonic() + given.minutes * 60
    rounds(floors(scratch) + playing, 1 if given.quick else given.rounds, until, scratch, measured)
    if shutil.which("strace"):
        trace(chosen(scenarios.traced(binary, data, sizes, peers)), scratch, measured)
    measured.close()
    facts = table.Facts(began=began, machine=machine.words(scratch), stolen=machine.share(before, machine.stolen()),
                        load=os.getloadavg()[0], binary=os.path.getsize(binary), sizes=sizes, peers=versions(),
                        command=" ".join(["python3", "benches/peers/run.py", *settings(given)]))
    return table.page(measured, facts), measured


def main() -> int:
    given = options()
    binary = os.path.abspath(given.bin)
    if not os.access(binary, os.X_OK):
        sys.exit(f"run.py: no program {given.bin}; build it first: cargo build --release")
    target = os.path.join(ROOT, "target")
    os.makedirs(target, exist_ok=True)
    # Not where temporary files lie elsewhere: that is often memory, where a sync costs nothing.
    with tempfile.TemporaryDirectory(prefix="peers-", dir=target) as scratch:
        tempfile.tempdir = scratch
        found = measure(given, binary, scratch)
    if found is None:
        return 0
    text, measured = found
    if given.output == "-":
        print(text, end="")
    else:
        with open(given.output, "w", encoding="utf-8") as handle:
            handle.write(text)
    for problem in measured.problems:
        say(f"PROBLEM {problem}")
    return 1 if measured.problems else 0


if __name__ == "__main__":
    sys.exit(main())
