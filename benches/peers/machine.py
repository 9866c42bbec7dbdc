"""The machine in words, as far as its figures depend on it: no names of hosts, of people or of who runs it."""
import os
import platform
import re
from typing import List, Tuple


def read(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as handle:
            return handle.read()
    except OSError:
        return ""


def processor() -> str:
    match = re.search(r"^(?:model name|Model|Hardware)\s*:\s*(.+)$", read("/proc/cpuinfo"), re.M)
    return match.group(1).strip() if match else platform.machine()


def memory() -> str:
    match = re.search(r"^MemTotal:\s+(\d+)", read("/proc/meminfo"), re.M)
    return f"{int(match.group(1)) / 2**20:.0f} GiB of memory" if match else "memory unknown"


def mount_of(folder: str) -> Tuple[str, str]:
    """Device (major:minor) and kind of the file system that a folder lies on."""
    best = ("", "", "")
    for line in read("/proc/self/mountinfo").splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split()
        inside = os.path.realpath(folder) + "/"
        if inside.startswith(fields[4].rstrip("/") + "/") and len(fields[4]) >= len(best[0]):
            best = (fields[4], fields[2], right.split()[0])
    return best[1], best[2]


def disk(folder: str) -> str:
    """The file system, and the kind of disk below it where the kernel tells."""
    device, kind = mount_of(folder)
    block = os.path.realpath(f"/sys/dev/block/{device}")
    turns = read(f"{block}/queue/rotational") or read(f"{os.path.dirname(block)}/queue/rotational")
    name = os.path.basename(block)
    if name.startswith("nvme"):
        on = "an NVMe disk"
    elif name.startswith(("vd", "xvd")):
        on = "a virtual disk"
    else:
        on = {"0": "a solid-state disk", "1": "a turning disk"}.get(turns.strip(), "")
    return f"{kind} on {on}" if on else kind or "file system unknown"


def kernel() -> str:
    match = re.match(r"\d+\.\d+(?:\.\d+)?", platform.release())
    return f"{platform.system()} {match.group(0) if match else ''}".strip()


def words(folder: str) -> str:
    """One sentence; `folder` is where the measured programs write."""
    cores = os.cpu_count() or 1
    parts: List[str] = [processor(), f"{cores} core{'s' if cores > 1 else ''}", memory(), disk(folder), kernel()]
    return ", ".join(parts)


def share(before: Tuple[int, int], after: Tuple[int, int]) -> float:
    """The share of the time between two calls of `stolen` that others took, of 1."""
    return (after[0] - before[0]) / max(1, after[1] - before[1])


def stolen() -> Tuple[int, int]:
    """Ticks that others took from this machine since it runs, and all ticks."""
    ticks = [int(tick) for tick in read("/proc/stat").split("\n")[0].split()[1:9]]
    return (ticks[7], sum(ticks)) if len(ticks) == 8 else (0, 1)
