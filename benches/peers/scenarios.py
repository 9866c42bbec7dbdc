"""What is played: the same work for warroom and for its peers, as scenarios of ttybench.

Every room gets one scenario for each size: open, a while without input, letters, Downs that scroll, two hundred Downs at once, some
changes saved, leave.  A pager has no letters and nothing to save, and nothing to do in an empty file, which has no Downs.
What the steps mean stands at the top of ttybench.py.
"""
import os
import shlex
import shutil
from dataclasses import dataclass
from typing import Any, Dict, List

Scenario = Dict[str, Any]
Step = Dict[str, Any]

SCREEN = 40
"""Rows."""
SIZES = (0, 100, 10_000, 100_000)
LETTERS = list("db is slow")
JOURNAL_ALONE = "warroom, the longest, only its journal"
LEAVING = ("Ctrl-Q", "TERM", "HUP", "INT")
TEXT = "entry @N@ db failover done ok."
LINE = "db failover done ok, errors go down"
"""What is said by one call of a program."""
STORM = 10_000
"""Changes that come from outside at once."""
FIRST_LINE = r"2024-1\d-\d\d \d\d:\d\d:\d\d \w+ "
"""A line of what was made for the peers: their first screen."""


@dataclass(frozen=True)
class Amounts:
    """How much of each a round has."""

    letters: int
    downs: int
    commits: int
    idle: float
    """Seconds."""


OWN = Amounts(letters=50, downs=50, commits=15, idle=3.0)
PEERS_OWN = Amounts(letters=25, downs=25, commits=5, idle=1.0)
HELD = 200


@dataclass(frozen=True)
class Peer:
    """A program that people use for the same: what it is called, how it comes, and its keys."""

    name: str
    program: str
    package: str
    """How to install it, for whoever wants it measured."""
    command: List[str]
    top: str
    """Goes to the first line."""
    leave: str
    empty: str = ""
    """What its screen shows of an empty file."""
    write: str = ""
    """Goes behind the last line and begins a new one; nothing where the program only reads."""
    written: str = ""
    """Ends what `write` began."""
    submit: str = ""
    ack: str = ""

    def installed(self) -> bool:
        return shutil.which(self.program) is not None


VI = {"empty": "^~", "top": "gg", "leave": ":q!<Enter>", "write": "Go", "written": "<Esc>",
      "submit": ":w<Enter>", "ack": "written"}
PEERS = (
    Peer("vim", "vim", "apt-get install vim", ["vim", "timeline.txt"], **VI),
    Peer("nvim", "nvim", "apt-get install neovim", ["nvim", "timeline.txt"], **VI),
    # ^C tells the position, in the place of what the last ^O said.
    Peer("nano", "nano", "apt-get install nano", ["nano", "timeline.txt"], empty="GNU nano", top="<A-\\>", leave="<C-x>",
         write="<A-/>", written="<Enter><C-c>", submit="<C-o><Enter>", ack=r"Wrote \d+ line"),
    Peer("less", "less", "apt-get install less", ["less", "timeline.txt"], top="g", leave="q"),
    Peer("lnav", "lnav", "apt-get install lnav", ["lnav", "timeline.txt"], top="g", leave="q"),
)
JRNL = Peer("jrnl", "jrnl", "pipx install jrnl", ["jrnl"], top="", leave="")
"""Has no room: only what one call costs is measured."""

JRNL_MOST = 10_000
"""Entries up to which it is asked: with ten times as many a call took 25 s."""


def journal_of(data: str, size: int) -> str:
    return os.path.join(data, f"journal-{size}.jsonl")


def lines_of(data: str, size: int) -> str:
    return os.path.join(data, f"timeline-{size}.txt")


def storm_of(data: str) -> str:
    return os.path.join(data, "storm.txt")


def incident_of(data: str, size: int) -> str:
    return os.path.join(data, f"incident-{size}")


def setup_of(data: str, size: int) -> str:
    """The folder of the incident as warroom itself left it."""
    return f"cp -r {shlex.quote(incident_of(data, size))} inc"


def moves(top: str, amounts: Amounts, lead: int) -> List[Step]:
    """Downs, one by one and held, both from the top; `lead` Downs before them bring the cursor to where each scrolls."""
    return [
        {"send": top}, {"quiet": 100}, {"send": "<Down>" * lead}, {"quiet": 100},
        {"measure": "keys", "name": "down", "keys": ["<Down>"], "count": amounts.downs},
        {"send": top}, {"quiet": 100},
        {"measure": "flood", "name": "hold", "keys": ["<Down>"], "count": HELD},
    ]


def letters(count: int, name: str = "letter", **more: Any) -> Step:
    return {"measure": "keys", "name": name, "keys": LETTERS, "count": count, **more}


def room(binary: str, data: str, size: int) -> Scenario:
    """warroom on an incident of this size, without steps."""
    return {
        "name": f"warroom {size:,}",
        "command": [binary, "open", "@DIR@/inc"],
        "setup": setup_of(data, size),
        "env": {"TZ": "UTC"},
        "first_paint": r"saved \d+",
    }


def commits(count: int) -> Step:
    return {"measure": "commit", "prepare": TEXT, "submit": "<Enter>", "file": "@DIR@/inc/journal.jsonl",
            "needle": TEXT, "ack": r"saved @NEXT@\b", "count": count}


def first_opening(binary: str, data: str, size: int) -> Scenario:
    """Opens what so far is only a journal, and leaves: after that there is all that a folder of warroom has."""
    folder = shlex.quote(incident_of(data, size))
    return {**room(binary, data, size), "command": [binary, "open", incident_of(data, size)],
            "setup": f"mkdir {folder} && cp {shlex.quote(journal_of(data, size))} {folder}/journal.jsonl",
            "steps": [{"measure": "exit", "keys": "<C-q>"}]}


def journal_alone(binary: str, data: str, size: int) -> Scenario:
    """What opening costs without the state beside the journal."""
    return {**room(binary, data, size), "name": JOURNAL_ALONE, "steps": [{"measure": "exit", "signal": "TERM"}],
            "setup": f"mkdir inc && cp {shlex.quote(journal_of(data, size))} inc/journal.jsonl"}


def warroom(binary: str, data: str, size: int) -> Scenario:
    steps: List[Step] = [{"measure": "idle", "seconds": OWN.idle}, letters(OWN.letters), {"send": "<C-c>"}, {"quiet": 50}]
    if size:
        steps += [{"send": "<Tab>"}, {"quiet": 50}, *moves("<Home>", OWN, SCREEN), {"send": "<Esc>"}, {"quiet": 100}]
    steps += [commits(OWN.commits), {"measure": "exit", "keys": "<C-q>"}]
    return {**room(binary, data, size), "steps": steps}


def peer_commits(peer: Peer, count: int) -> Step:
    return {"measure": "commit", "prepare": peer.write + TEXT + peer.written, "submit": peer.submit,
            "file": "@DIR@/timeline.txt", "needle": TEXT, "ack": peer.ack, "count": count}


def peer_room(peer: Peer, data: str, size: int) -> Scenario:
    """A peer on the same entries as lines, without steps."""
    return {
        "name": f"{peer.name} {size:,}",
        "command": peer.command,
        "setup": f"cp {shlex.quote(lines_of(data, size))} timeline.txt",
        "env": {"TZ": "UTC"},
        "first_paint": FIRST_LINE if size else peer.empty,
    }


def beside(peer: Peer, data: str, size: int) -> Scenario:
    """The same work for a peer, as far as it does that."""
    amounts = PEERS_OWN
    steps: List[Step] = [{"measure": "idle", "seconds": amounts.idle}]
    if peer.write:
        steps += [{"send": peer.write}, {"quiet": 50}, letters(amounts.letters), {"send": peer.written}, {"quiet": 50}]
    if size:
        # A pager has no cursor: it scrolls from the first.
        steps += moves(peer.top, amounts, SCREEN if peer.write else 0)
    if peer.write:
        steps.append(peer_commits(peer, amounts.commits))
    steps.append({"measure": "exit", "keys": peer.leave})
    return {**peer_room(peer, data, size), "steps": steps}


def leaving(binary: str, data: str, how: str) -> Scenario:
    """A room that is left as it was found, by its key or by a signal."""
    step = {"keys": "<C-q>"} if how == LEAVING[0] else {"signal": how}
    return {**room(binary, data, 100), "name": f"warroom {how}", "steps": [{"measure": "exit", **step}]}


def under_load(binary: str, data: str, longest: int) -> List[Scenario]:
    """Letters while ten thousand changes come from outside, and while the state of the longest incident is written.

    The next letter goes out after 3 ms of silence, so that many fall into what is short.
    """
    say = f"{shlex.quote(binary)} say -i inc < {shlex.quote(storm_of(data))}"
    storm = {**room(binary, data, 100), "name": "warroom storm", "steps": [
        {"check": f"({say}) > /dev/null 2>&1 &"}, letters(100, quiet_ms=3),
        {"send": "<C-c>"}, {"quiet": 300}, {"measure": "exit", "keys": "<C-q>"}]}
    snapshot = {**room(binary, data, longest), "name": "warroom snapshot", "steps": [
        {"send": LINE}, {"quiet": 50}, {"send": "<Enter>", "quiet_ms": 1}, letters(100, quiet_ms=3),
        {"send": "<C-c>"}, {"quiet": 300}, {"measure": "exit", "keys": "<C-q>"}]}
    return [storm, snapshot]


def call(name: str, command: Any, setup: str) -> Scenario:
    """A program that ends by itself; half a minute is its limit."""
    return {"name": name, "command": command, "setup": setup, "env": {"TZ": "UTC"},
            "steps": [{"measure": "oneshot", "timeout": 30}]}


def calls(binary: str, data: str, sizes: List[int]) -> List[Scenario]:
    """What scripts run: one line said, as often as it is said from a shell."""
    found = [call("echo", f"echo '{LINE}' >> line.txt && sync -d line.txt", "true")]
    found += [call(f"say {size:,}", [binary, "say", "-i", "@DIR@/inc", LINE], setup_of(data, size)) for size in sizes if size]
    return found


def jrnl_calls(data: str, sizes: List[int]) -> List[Scenario]:
    return [call(f"jrnl {size:,}", ["jrnl", "--config-file", "jrnl.yaml", LINE], jrnl_setup(data, size))
            for size in sizes if 0 < size <= JRNL_MOST]


def long_calls(binary: str, data: str, size: int) -> List[Scenario]:
    """What takes long: ten thousand lines from a pipe, and the reports of the longest incident."""
    program, lines = shlex.quote(binary), shlex.quote(storm_of(data))
    export = f"exec {program} export -i inc"
    return [
        call("say from a pipe", f"cat {lines} | {program} say -i inc", setup_of(data, 100)),
        call(f"export md {size:,}", f"{export} > report.md", setup_of(data, size)),
        call(f"export html {size:,}", f"{export} --format html > report.html", setup_of(data, size)),
    ]


def jrnl_setup(data: str, size: int) -> str:
    """A journal of jrnl with the same entries; its settings are brought up to its version before it is measured."""
    settings = ["version: v4.0", "default_hour: 9", "default_minute: 0", "editor: ''", "encrypt: false", "highlight: false",
                "indent_character: '|'", "linewrap: 79", "tagsymbols: '#@'", "template: false", "timeformat: '%F %T'",
                "colors: {body: none, date: none, tags: none, title: none}",
                "journals: {default: {journal: jrnl.txt}}"]
    written = " ".join(shlex.quote(line) for line in settings)
    return (f"printf '%s\\n' {written} > jrnl.yaml; "
            f"sed -E 's/^(\\S+ \\S+) (.*)$/[\\1] \\2\\n/' {shlex.quote(lines_of(data, size))} > jrnl.txt; "
            "timeout 60 jrnl --config-file jrnl.yaml --list > /dev/null < /dev/null 2>&1")


def traced(binary: str, data: str, sizes: List[int], peers: List[Peer]) -> List[Scenario]:
    """Only what is saved: for one more round under strace."""
    found = [{**room(binary, data, size), "steps": [commits(10), {"measure": "exit", "keys": "<C-q>"}]} for size in sizes]
    for peer in peers:
        if peer.write:
            found += [{**peer_room(peer, data, size),
                       "steps": [peer_commits(peer, 3), {"measure": "exit", "keys": peer.leave}]} for size in sizes]
    return found
