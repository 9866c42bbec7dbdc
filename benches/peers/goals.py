"""What warroom is to reach, in ratios to the floors of the same run wherever a time is meant, and what it did reach."""
from dataclasses import dataclass, field
from typing import Callable, List, Optional, Tuple

from playing import Measured
from scenarios import LEAVING, STORM, TEXT

MB = 1e6


@dataclass(frozen=True)
class Figure:
    """One value beside its bound."""

    at: str
    value: Optional[float]
    bound: float

    def missed(self, least: bool) -> bool:
        return self.value is not None and not (self.value >= self.bound if least else self.value <= self.bound)

    def share(self) -> str:
        """How many times the bound it is, and where."""
        often = f"{self.value / self.bound:.2f}" if self.value and self.bound else ""
        return " at ".join(part for part in (often, self.at) if part)


@dataclass(frozen=True)
class Goal:
    question: str
    bound: str
    shown: Callable[[float], str]
    figures: List[Figure] = field(default_factory=list)
    least: bool = False
    """The bound is what is to be reached at least."""

    def measured(self) -> str:
        known = [(f.at, self.shown(f.value)) for f in self.figures if f.value is not None]
        return ", ".join(f"{at}: {text}" if at else text for at, text in known) or "–"

    def verdict(self) -> str:
        if not any(f.value is not None for f in self.figures):
            return "not measured"
        missed = [f.share() for f in self.figures if f.missed(self.least)]
        return f"missed; times the bound: {', '.join(missed)}" if missed else "met"


def times(value: float) -> str:
    return f"{value:.2f}x"


def unit(word: str, digits: int = 0) -> Callable[[float], str]:
    return lambda value: f"{value:,.{digits}f} {word}".strip()


def room(size: int) -> str:
    return f"warroom {size:,}"


def between(measured: Measured, measure: str, metric: str) -> List[Figure]:
    """The figure at 100,000 entries, divided by that at 100."""
    return [Figure("", measured.ratio(room(100_000), measure, metric, measured.of(room(100), measure, metric)), 0)]


def bounded(figures: List[Figure], bound: float) -> List[Figure]:
    return [Figure(f.at, f.value, bound) for f in figures]


def over_floor(measured: Measured, sizes: List[int], measure: str, metric: str, bound: float) -> List[Figure]:
    echo = measured.echo()
    return [Figure(f"{n:,}", measured.ratio(room(n), measure, metric, echo), bound) for n in sizes]


def values(measured: Measured, sizes: List[int], measure: str, metric: str, bound: float, per: float = 1.0) -> List[Figure]:
    """The medians, each divided by `per`."""
    found = [(n, measured.value(room(n), measure, metric)) for n in sizes]
    return [Figure(f"{n:,}", None if v is None else v / per, bound) for n, v in found]


def opening(measured: Measured, sizes: List[int]) -> List[Goal]:
    frame = measured.frame()
    figures = [Figure(f"{n:,}", measured.ratio(room(n), "startup", "first_paint_ms", frame), 2.0 if n <= 100 else 3.0)
               for n in sizes]
    limits = [(n, bound) for n, bound in ((100, 8.0), (10_000, 12.0), (100_000, 40.0)) if n in sizes]
    rows: List[Tuple[str, str, str]] = [("memory after opening", "startup", "rss_kb"),
                                        ("memory, at most in the session", "session", "peak_rss_kb")]
    memory = [Goal(question, "8, 12, 40 MB at 100, 10,000, 100,000", unit("MB", 1),
                   [f for n, bound in limits for f in values(measured, [n], measure, metric, bound, MB / 1024)])
              for question, measure, metric in rows]
    return [Goal("first paint", "2x the frame floor at 0 and 100, 3x above", times, figures), *memory]


def letter(measured: Measured, sizes: List[int]) -> List[Goal]:
    floor = measured.echo()
    slowest = [Figure(f"{n:,}", measured.value(room(n), "letter", "last_ms", "p99"), (floor["p99"] if floor else 0) + 1)
               for n in sizes]
    return [
        Goal("a letter", "3x the echo floor", times, over_floor(measured, sizes, "letter", "last_ms", 3)),
        Goal("a letter, 99 of 100", "1 ms above those of the floor", unit("ms", 2), slowest),
        Goal("a letter, what is sent", "40 bytes", unit("bytes"), values(measured, sizes, "letter", "bytes", 40)),
        Goal("a letter, CPU", "250 µs", unit("µs"), values(measured, sizes, "letter", "cpu_us_per_key", 250)),
    ]


def moving(measured: Measured, sizes: List[int]) -> List[Goal]:
    filled = [n for n in sizes if n]
    return [
        Goal("Down", "4x the echo floor", times, over_floor(measured, filled, "down", "last_ms", 4)),
        Goal("Down, 100,000 : 100", "1.1", times, bounded(between(measured, "down", "last_ms"), 1.1)),
        Goal("Down, what is sent", "4.5 kB", unit("bytes"), values(measured, filled, "down", "bytes", 4500)),
        Goal("200 Downs at once", "1.5 ms", unit("ms", 2), values(measured, filled, "hold", "last_ms", 1.5)),
        Goal("200 Downs at once, what is sent", "5 kB", unit("bytes"), values(measured, filled, "hold", "bytes", 5000)),
    ]


def calls_of(measured: Measured, size: int) -> Optional[float]:
    """How far a usual Enter is from one write and one fdatasync, in calls."""
    expected = {"file_writes": 1, "fdatasync": 1, "fsync": 0, "other_sync": 0, "renames": 0}
    found = [(measured.value(f"trace:{room(size)}", "trace:commit", metric), want) for metric, want in expected.items()]
    return sum(abs(value - want) for value, want in found if value is not None) if found[0][0] is not None else None


def saving(measured: Measured, sizes: List[int]) -> List[Goal]:
    echo, sync = measured.echo(), measured.sync()
    limit = sync["p50"] + 6 * echo["p50"] if echo and sync else 0.0
    size_limit = len(TEXT) + 200
    traced = [Figure(f"{n:,}", measured.value(f"trace:{room(n)}", "trace:commit", "file_bytes"), size_limit) for n in sizes]
    return [
        Goal("Enter until it shows as saved", f"a sync and 6x the echo floor ({limit:.2f} ms)", unit("ms", 2),
             values(measured, sizes, "commit", "ack_ms", limit)),
        Goal("Enter until it shows as saved, 100,000 : 100", "1.2", times,
             bounded(between(measured, "commit", "ack_ms"), 1.2)),
        Goal("Enter: calls besides one write and one fdatasync", "none", unit("calls"),
             [Figure(f"{n:,}", calls_of(measured, n), 0) for n in sizes]),
        Goal("Enter: bytes to the disk", "the text and 200", unit("bytes"), traced),
    ]


def resting(measured: Measured, sizes: List[int]) -> List[Goal]:
    return [
        Goal("idle, wake-ups a second", "1", unit("", 2), values(measured, sizes, "idle", "wakeups_per_s", 1)),
        Goal("idle, bytes a second", "20", unit("", 1), values(measured, sizes, "idle", "bytes_per_s", 20)),
    ]


def leaving(measured: Measured, sizes: List[int]) -> List[Goal]:
    floor = measured.of("floor:frame", "exit", "exit_ms")
    untouched = [(how, f"warroom {how}") for how in LEAVING]
    changed = [(f"{n:,}", room(n)) for n in sizes]

    def ratios(rooms: List[Tuple[str, str]]) -> List[Figure]:
        return [Figure(at, measured.ratio(name, "exit", "exit_ms", floor), 2) for at, name in rooms]

    left = [Figure(at, measured.value(name, "exit", "not_restored", "max"), 0) for at, name in untouched + changed]
    return [
        Goal("leaving, nothing changed", "2x the frame floor", times, ratios(untouched)),
        Goal("leaving with Ctrl-Q after changes", "2x the frame floor", times, ratios(changed)),
        Goal("modes the terminal is not given back with", "none", unit(""), left),
    ]


def calls(measured: Measured, sizes: List[int], binary: int) -> List[Goal]:
    """What scripts wait for."""
    echo = measured.of("echo", "oneshot", "total_ms")
    piped, longest = measured.value("say from a pipe", "oneshot", "total_ms"), max(sizes)
    rate = STORM / piped * 1e3 if piped else None
    say = [Figure(f"{n:,}", measured.ratio(f"say {n:,}", "oneshot", "total_ms", echo), 3) for n in sizes if n]
    grown = measured.ratio("say 100,000", "oneshot", "total_ms", measured.of("say 100", "oneshot", "total_ms"))
    export = [(f"export {form} {longest:,}", limit) for form, limit in (("md", 200), ("html", 500))]
    return [
        Goal("`say` of one line, the whole process", "3x `echo >> file` with a sync", times, say),
        Goal("`say` of one line, 100,000 : 100", "1.5", times, [Figure("", grown, 1.5)]),
        Goal("`say` from a pipe, changes a second", "50,000 at least", unit(""), [Figure("", rate, 50_000)], least=True),
        *[Goal(name, f"{limit} ms", unit("ms"), [Figure("", measured.value(name, "oneshot", "total_ms"), limit)])
          for name, limit in export],
        Goal("the program, stripped", "12 MB", unit("MB", 1), [Figure("", binary / MB, 12)]),
    ]


def all_goals(measured: Measured, sizes: List[int], binary: int) -> List[Goal]:
    return [*opening(measured, sizes), *letter(measured, sizes), *moving(measured, sizes), *saving(measured, sizes),
            *resting(measured, sizes), *leaving(measured, sizes), *calls(measured, sizes, binary)]
