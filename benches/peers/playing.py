"""Plays scenarios in turn, round by round, and keeps what was measured of each."""
import gc
import os
import random
import sys
import time
from types import SimpleNamespace
from typing import Any, Dict, List, Optional

import ttybench
from scenarios import Scenario

SYNCS = 30
"""Appends in each round, for their floor."""


class Run(ttybench.Run):
    """Also knows @NEXT@, the number of a repetition from 1: what a room counts after it."""

    def regex(self, pattern: str) -> Any:
        self.table["NEXT"] = self.table.get("N", 0) + 1
        return super().regex(pattern)


def unnoticed(result: Dict[str, Any]) -> List[str]:
    """What makes figures worthless and ends no run: keys that nothing answered, calls that failed."""
    found = [f"{name}: {metrics['silent_keys']} keys without an answer"
             for name, metrics in result.items() if metrics.get("silent_keys")]
    status = result.get("oneshot", {}).get("status")
    return found + ([f"ended with exit code {status}"] if status else [])


class Measured:
    """All that was measured, by scenario, measure and metric."""

    def __init__(self) -> None:
        self.runs: Dict[str, List[Any]] = {}
        self.collected: Dict[str, Any] = {}
        self.problems: List[str] = []
        self.rounds = 0

    def add(self, scenario: Scenario, run: Run) -> None:
        self.runs.setdefault(scenario["name"], []).append(run)
        for problem in [*run.problems, *unnoticed(run.result)]:
            line = f"{scenario['name']}: {problem.partition('; screen:')[0]}"
            if line not in self.problems:
                self.problems.append(line)

    def close(self) -> None:
        """Sums up; nothing may be added after that."""
        self.collected = {name: ttybench.collect(runs) for name, runs in self.runs.items()}

    def of(self, name: str, measure: str, metric: str) -> Optional[Dict[str, Any]]:
        found: Optional[Dict[str, Any]] = self.collected.get(name, {}).get(measure, {}).get(metric)
        return found

    def value(self, name: str, measure: str, metric: str, place: str = "p50") -> Optional[float]:
        found = self.of(name, measure, metric)
        return None if found is None else float(found[place])

    def ratio(self, name: str, measure: str, metric: str, to: Optional[Dict[str, Any]]) -> Optional[float]:
        """The median, divided by the median of the other."""
        own = self.value(name, measure, metric)
        return own / to["p50"] if own is not None and to and to["p50"] else None

    def echo(self) -> Optional[Dict[str, Any]]:
        return self.of("floor:echo", "keys", "first_ms")

    def frame(self) -> Optional[Dict[str, Any]]:
        return self.of("floor:frame", "startup", "first_paint_ms")

    def sync(self) -> Optional[Dict[str, Any]]:
        return self.of("floor:sync", "append", "ms")

    def not_restored(self, name: str) -> List[str]:
        """What a terminal was not given back with."""
        return sorted({mode for run in self.runs.get(name, []) for mode in run.snapshots.get("not_restored", [])})


def sync_floor(folder: str) -> SimpleNamespace:
    """What has to be paid for each change: 200 bytes appended, with fdatasync; after a pause, as people make them."""
    path, taken = os.path.join(folder, "floor"), []
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.fsync(file)
        for _ in range(SYNCS):
            time.sleep(random.uniform(0.02, 0.04))
            began = time.perf_counter()
            os.write(file, b"x" * 199 + b"\n")
            os.fdatasync(file)
            taken.append((time.perf_counter() - began) * 1e3)
    finally:
        os.close(file)
        os.unlink(path)
    return SimpleNamespace(result={"append": {"ms": taken}}, problems=[], snapshots={})


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def play(scenario: Scenario, into: Measured, trace_log: Optional[str] = None) -> None:
    """Once. A program that is not there is a problem of this scenario, and no more."""
    into.add(scenario, Run(scenario, {}, trace_log=trace_log))
    gc.collect()


def rounds(playing: List[Scenario], count: int, until: float, scratch: str, into: Measured) -> None:
    """Plays all in turn, every second round from behind; none begins that would end after `until` (a monotonic time)."""
    gc.disable()
    took = 0.0
    for turn in range(count):
        began = time.monotonic()
        if turn and began + took > until:
            say(f"time is up after {turn} of {count} rounds")
            break
        into.runs.setdefault("floor:sync", []).append(sync_floor(scratch))
        for scenario in playing if turn % 2 == 0 else reversed(playing):
            play(scenario, into)
        into.rounds = turn + 1
        took = time.monotonic() - began
        say(f"round {turn + 1} of {count}: {took:.0f} s")


def trace(playing: List[Scenario], scratch: str, into: Measured) -> None:
    """Once under strace, for what is written and synced; its times are not looked at."""
    for scenario in playing:
        name = f"trace:{scenario['name']}"
        play({**scenario, "name": name}, into, os.path.join(scratch, "trace"))
