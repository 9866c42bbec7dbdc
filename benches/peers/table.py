"""Writes what was measured as a page of Markdown tables."""
import datetime
from dataclasses import dataclass
from typing import List, Optional, Sequence

import goals
from playing import Measured
from scenarios import JOURNAL_ALONE, JRNL, JRNL_MOST, LEAVING, PEERS

PROGRAMS = ["warroom", *(peer.name for peer in PEERS)]
DASH = "–"


@dataclass(frozen=True)
class Facts:
    """What belongs beside figures."""

    began: datetime.datetime
    machine: str
    stolen: float
    """Share of the time that others took from this machine."""
    load: float
    binary: int
    """Bytes."""
    sizes: List[int]
    peers: List[str]
    command: str


def number(value: Optional[float]) -> str:
    """Three digits that count, and no more than that."""
    if value is None:
        return DASH
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def times(value: Optional[float]) -> str:
    return DASH if value is None else f"{number(value)}x"


def table(header: Sequence[str], rows: List[List[str]]) -> str:
    """Words to the left, figures to the right."""
    ruler = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in [list(header), ruler, *rows]) + "\n"


def section(title: str, said: str, header: Sequence[str], rows: List[List[str]]) -> str:
    return f"## {title}\n\n{said}\n\n{table(header, rows)}\n" if rows else ""


class Page:
    """The tables of one run."""

    def __init__(self, measured: Measured, facts: Facts) -> None:
        self.measured, self.facts = measured, facts

    def rooms(self, measure: str) -> List[str]:
        """Whatever has this measure: program by program, from the smallest size."""
        names = [f"{program} {size:,}" for program in PROGRAMS for size in self.facts.sizes]
        return [name for name in names if measure in self.measured.collected.get(name, {})]

    def values(self, name: str, measure: str, *wanted: str) -> List[str]:
        """`metric` is the median; `metric:place` is another place in the order."""
        pairs = [(word.partition(":")[0], word.partition(":")[2] or "p50") for word in wanted]
        return [number(self.measured.value(name, measure, metric, place)) for metric, place in pairs]

    def goals(self) -> str:
        rows = [[goal.question, goal.bound, goal.measured(), goal.verdict()]
                for goal in goals.all_goals(self.measured, self.facts.sizes, self.facts.binary)]
        return section("Goal and measured", "Of warroom, medians; `10,000: …` is with so many entries.",
                       ["what", "at most", "measured", "verdict"], rows).replace("---:", "---")

    def floors(self) -> str:
        rows = [["a key echoed by `cat`", *self.values("floor:echo", "keys", "first_ms", "first_ms:p99")],
                ["a static program paints one frame", *self.values("floor:frame", "startup", "first_paint_ms", "first_paint_ms:p99")],
                ["and is gone after a key", *self.values("floor:frame", "exit", "exit_ms", "exit_ms:p99")],
                ["200 bytes appended, with fdatasync", *self.values("floor:sync", "append", "ms", "ms:p99")],
                ["`echo >> file && sync -d file`", *self.values("echo", "oneshot", "total_ms", "total_ms:p99")]]
        return section("Floors", "What this machine cannot beat, in the same run. Milliseconds.", ["what", "p50", "p99"], rows)

    def first_paint(self) -> str:
        frame = self.measured.frame()
        rows = [[name, *self.values(name, "startup", "first_paint_ms", "first_paint_ms:p99"),
                 times(self.measured.ratio(name, "startup", "first_paint_ms", frame)),
                 *self.values(name, "startup", "quiet_ms", "bytes", "cpu_ms")] for name in self.rooms("startup") + [JOURNAL_ALONE]]
        return section("First paint", "From the call to the first screen with entries, and until nothing more comes. Milliseconds.",
                       ["program, entries", "p50", "p99", "to the frame floor", "until quiet", "bytes", "CPU"], rows)

    def keys(self, measure: str, title: str, said: str) -> str:
        rows = [[name, *self.values(name, measure, "last_ms", "last_ms:p99"),
                 times(self.measured.ratio(name, measure, "last_ms", self.measured.echo())),
                 *self.values(name, measure, "bytes", "cpu_us_per_key")] for name in self.rooms(measure)]
        return section(title, said, ["program, entries", "p50", "p99", "to the echo floor", "bytes", "CPU µs"], rows)

    def held(self) -> str:
        rows = [[name, *self.values(name, "hold", "last_ms", "last_ms:p99"),
                 times(self.measured.ratio(name, "hold", "last_ms", self.measured.echo())),
                 *self.values(name, "hold", "bytes", "cpu_ms")] for name in self.rooms("hold")]
        return section("200 Downs at once", "A held key: milliseconds until the last byte.",
                       ["program, entries", "p50", "p99", "to the echo floor", "bytes", "CPU ms"], rows)

    def saved(self) -> str:
        rows = []
        for name in self.rooms("commit"):
            rows.append([name, *self.values(name, "commit", "ack_ms", "ack_ms:p99"),
                         times(self.measured.ratio(name, "commit", "ack_ms", self.measured.sync())),
                         *self.values(name, "commit", "bytes"),
                         *self.values(f"trace:{name}", "trace:commit", "file_writes", "file_bytes", "fdatasync", "fsync", "renames")])
        return section("A change saved", "One more line: from Enter in warroom, `:w` in vim, `^O` in nano until the program says that it "
                       "is saved. Milliseconds; what reaches the disk was counted under strace, the median.",
                       ["program, entries", "p50", "p99", "to a sync", "bytes shown", "writes", "bytes written", "fdatasync", "fsync",
                        "renames"], rows)

    def idle(self) -> str:
        rows = [[name, *self.values(name, "idle", "wakeups_per_s", "bytes_per_s", "cpu_ms_per_s"), *self.memory(name)]
                for name in self.rooms("idle")]
        return section("At rest", "Each second without input; resident memory after opening, and at most in the session.",
                       ["program, entries", "wake-ups", "bytes", "CPU ms", "MB opened", "MB at most"], rows)

    def memory(self, name: str) -> List[str]:
        found = [self.measured.value(name, "startup", "rss_kb"), self.measured.value(name, "session", "peak_rss_kb")]
        return [number(None if value is None else value * 1024 / goals.MB) for value in found]

    def leaving(self) -> str:
        floor = self.measured.of("floor:frame", "exit", "exit_ms")
        untouched = [name for name in (f"warroom {word}" for word in LEAVING) if name in self.measured.collected]
        rows = [[name, *self.values(name, "exit", "exit_ms", "exit_ms:p99"),
                 times(self.measured.ratio(name, "exit", "exit_ms", floor)),
                 ", ".join(self.measured.not_restored(name)) or "nothing"] for name in self.rooms("exit") + untouched]
        return section("Leaving", "From the key or the signal until the process is gone: after changes were saved; those that name the key "
                       "or the signal in the place of a size, with nothing changed. Milliseconds; and what the terminal was not "
                       "given back with.", ["program, entries", "p50", "p99", "to the frame floor", "not restored"], rows)

    def load(self) -> str:
        said = {"warroom storm": "10,000 changes come from outside",
                "warroom snapshot": "the longest incident's `incident.json` is written"}
        rows = [[what, *self.values(name, "letter", "first_ms", "first_ms:p99", "first_ms:max"),
                 times(self.measured.ratio(name, "letter", "first_ms", self.measured.echo())),
                 *self.values(name, "letter", "last_ms:p99", "last_ms:max")]
                for name, what in said.items() if name in self.measured.collected]
        return section("Letters under load", "A letter after 3 ms of silence, while something else goes on: milliseconds to the first "
                       "byte, and to the last before the next silence. What comes from outside is drawn meanwhile, too: the truth lies between.",
                       ["meanwhile", "p50", "p99", "slowest", "to the echo floor", "last, p99", "last, slowest"], rows)

    def calls(self) -> str:
        echo = self.measured.of("echo", "oneshot", "total_ms")
        longest = f"{max(self.facts.sizes):,}"
        names = [f"{word} {size:,}" for word in ("say", JRNL.name) for size in self.facts.sizes if size]
        names += ["say from a pipe", f"export md {longest}", f"export html {longest}"]
        rows = [[name, *self.values(name, "oneshot", "total_ms", "total_ms:p99"),
                 times(self.measured.ratio(name, "oneshot", "total_ms", echo)),
                 *self.values(name, "session", "cpu_ms")] for name in names if name in self.measured.collected]
        return section("Calls", "Whole processes: one line said with so many entries, 10,000 lines from a pipe, reports. Milliseconds. "
                       f"jrnl is asked with up to {JRNL_MOST:,} entries.",
                       ["call", "p50", "p99", "to `echo` and sync", "CPU"], rows)

    def head(self) -> str:
        facts = self.facts
        lines = [
            "# warroom beside others", "",
            f"Written by `benches/peers/run.py`; do not edit. {facts.began:%Y-%m-%d}, {facts.machine}; load at the end "
            f"{facts.load:.1f}, {100 * facts.stolen:.1f} % of the time taken by others. `{facts.command}`, {self.measured.rounds} "
            f"round{'s' if self.measured.rounds > 1 else ''}.", "",
            "A terminal of 120 by 40 that answers as terminals do; times begin when the key is written and end when the bytes are read, "
            "before any drawing by an emulator. All programs are played in turn in every round; a ratio is one of medians. Ratios are "
            "the program's, times are the machine's. Folders of incidents are as warroom left them, with journal and `incident.json`; "
            "peers have the same entries as lines in a plain file.", "",
            "Peers: " + "; ".join(facts.peers) + ".", ""]
        if self.measured.problems:
            lines += ["Problems of this run:", "", *(f"- {problem}" for problem in self.measured.problems), ""]
        return "\n".join(lines) + "\n"


def page(measured: Measured, facts: Facts) -> str:
    made = Page(measured, facts)
    letter = made.keys("letter", "A letter", "Typed alone, into silence: milliseconds until all of it is drawn.")
    down = made.keys("down", "Down", "One line down from the last row, so that it scrolls: milliseconds until all of it is drawn.")
    parts = [made.head(), made.goals(), made.floors(), made.first_paint(), letter, down,
             made.held(), made.saved(), made.idle(), made.leaving(), made.load(), made.calls()]
    return "".join(parts).rstrip() + "\n"
