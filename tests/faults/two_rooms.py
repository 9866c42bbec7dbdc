#!/usr/bin/env python3
"""Two rooms on one incident, typed into at full speed, killed again and again.

    two_rooms.py --bin PATH [--rounds 200] [--rate 25] [--seed N] [--quick] [--presence REGEX] [--keep DIR]

Opens one incident in two terminals (80x24), types numbered entries into each at
--rate a second, and notes for each whether its own room showed it as saved
(`saved N` counts what this room was told since it was opened).  At random
moments one of the two is ended with SIGKILL, in turn, sometimes both, sometimes
while it is still starting; it is opened again, and typing goes on in the other
all the while.  After every ten rounds, and at the end, `warroom show --json` has
to tell:

* what was shown as saved is there exactly once;
* what was typed and not shown as saved is there at most once;
* nothing is there that was never typed;
* the entries of each room stand in the order in which they were typed;

and each room has to show the newest entry of the other.  How long that takes,
from the moment the one room shows an entry as saved until the other shows it
(or a later one of that room), is measured while both are open.  With --presence
each room also has to show REGEX, in which {name} stands for whoever has the
other room open.

The last line is the summary; the exit code is 1 where anything of the above did
not hold.  --keep DIR copies the incident there then.  Needs python3 (standard
library only).
"""
import argparse
import collections
import json
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from term import App  # noqa: E402

SAVED = re.compile(r"\bsaved (\d+)\b")
TROUBLE = re.compile(r"NOT SAVED[^·]*|read-only[^·]*")
TOKEN = re.compile(r"\b([AB])(\d{6})E\b")
QUIT = "\x11"
PAUSE_AFTER = 10        # rounds
PATIENCE = 10.0         # seconds until something that has to happen counts as not happening
WORDS = "db pool is idle again after #deploy says @maria since gäste 日本 retry".split()


class Entry:
    """One line that was typed."""

    def __init__(self, room, number):
        self.room, self.number = room, number
        self.text = "%s%06dE" % (room.name, number)
        self.shown = None       # when its room showed it as saved


class Room:
    """One of the two, over all its openings."""

    def __init__(self, name, person, rig):
        self.name, self.person, self.rig = name, person, rig
        self.other = None
        self.app = None
        self.typed = []         # every entry, over all openings
        self.open_at = 0        # how many of them were typed before this opening
        self.saved = 0          # of this opening
        self.seen = 0           # the newest of the other's entries on this screen
        self.awaited = collections.deque()   # entries of the other that are to appear here
        self.ready = False
        self.due = 0.0
        self.busy = 0.0         # seconds in which it was typed into
        self.since = 0.0
        self.troubles = collections.Counter()

    def open(self):
        env = dict(self.rig.env, WARROOM_NAME=self.person)
        self.app = App([self.rig.bin, "open", self.rig.dir], env=env, cwd=self.rig.root, rows=24, cols=80)
        self.open_at, self.saved, self.seen, self.ready = len(self.typed), 0, 0, False
        self.awaited.clear()

    def end_typing(self, now):
        if self.ready:
            self.busy += now - self.since
            self.since = now

    def type_when_due(self, now):
        """Types the next entry when its time has come; one that came late does not delay those behind it."""
        if self.ready and now >= self.due:
            self.type()
            self.due = max(self.due + 1 / self.rig.rate, now - 0.25)

    def type(self):
        """Types the next entry."""
        entry = Entry(self, len(self.typed) + 1)
        self.typed.append(entry)
        more = self.rig.random.choices(WORDS, k=self.rig.random.randrange(6))
        self.app.send(" ".join([entry.text] + more) + "\r")

    def unsaved(self):
        return len(self.typed) - self.open_at - self.saved

    def pump(self):
        """Reads what there is of the screen."""
        if self.app.pump(0):
            while self.app.pump(0):
                pass
            self.look(time.monotonic())

    def look(self, now):
        """Takes note of what the screen shows."""
        text = self.app.screen.text()
        saved = SAVED.search(text)
        trouble = TROUBLE.search(text)
        if trouble:
            self.troubles[trouble.group().strip()] += 1
        if not saved:
            return
        if not self.ready:
            self.ready, self.due, self.since = True, now, now
        for _ in range(self.saved, int(saved.group(1))):
            at = self.open_at + self.saved
            if at >= len(self.typed):
                self.rig.wrong("room %s counts %s saved, and %d were typed"
                               % (self.name, saved.group(1), len(self.typed) - self.open_at))
                break
            entry = self.typed[at]
            entry.shown = now
            self.saved += 1
            if self.other.ready and self.other.seen < entry.number:
                self.other.awaited.append(entry)
            elif self.other.ready:
                self.rig.delays.append(0.0)
        numbers = [int(n) for name, n in TOKEN.findall(text) if name == self.other.name]
        self.seen = max([self.seen] + numbers)
        while self.awaited and self.awaited[0].number <= self.seen:
            self.rig.delays.append(now - self.awaited.popleft().shown)

    def keeps_up(self):
        """All that was typed here since it was opened is saved, and the other's newest is on the screen."""
        return self.ready and not self.unsaved() and self.seen >= len(self.other.typed)

    def kill(self):
        """Ends it as the kernel does; what it had shown by then was shown."""
        self.app.kill(signal.SIGKILL)
        if self.app.wait_exit(PATIENCE) is None:
            self.rig.wrong("room %s does not die" % self.name)
        now = time.monotonic()
        if self.app.how_ended() != "signal 9":
            self.rig.wrong("room %s ended by itself: %s\n%s"
                           % (self.name, self.app.how_ended(), self.app.screen.text()))
        self.end_typing(now)
        self.look(now)
        self.ready = False
        self.awaited.clear()
        self.app.close()
        self.app = None
        self.rig.kills += 1


class Rig:
    """The incident, both rooms, and what was found wrong."""

    def __init__(self, args, root):
        self.bin, self.rate, self.presence, self.root = args.bin, args.rate, args.presence, root
        self.random = random.Random(args.seed)
        self.dir = os.path.join(root, "incident")
        self.env = {"HOME": root, "WARROOM_DATA_DIR": os.path.join(root, "data"), "NO_COLOR": "1", "TZ": "UTC",
                    "XDG_STATE_HOME": os.path.join(root, "state"), "XDG_CONFIG_HOME": os.path.join(root, "config")}
        self.delays = []        # seconds, in a room that is typed into
        self.quiet = []         # the same, in one that is not
        self.problems = []
        self.lost, self.doubled, self.disordered, self.foreign = set(), set(), set(), set()
        self.there = 0          # entries on disk
        self.kills = 0
        self.run("new", "two rooms", "--tz", "UTC", "--dir", self.dir, "--detach")
        self.rooms = [Room("A", "ann", self), Room("B", "bob", self)]
        for room, other in zip(self.rooms, reversed(self.rooms)):
            room.other = other

    def wrong(self, what):
        self.problems.append(what)
        print("WRONG: " + what, flush=True)

    def run(self, *args):
        done = subprocess.run((self.bin,) + args, env={**os.environ, **self.env, "WARROOM_NAME": "carol"},
                              cwd=self.root, capture_output=True, timeout=120)
        if done.returncode != 0:
            raise SystemExit("warroom %s failed: %s" % (" ".join(args), done.stderr.decode("utf-8", "replace")))
        return done.stdout

    def go_on(self, until, typing=True, enough=lambda: False):
        """Types and watches until then, or until it is enough; whether it was."""
        while not enough():
            now = time.monotonic()
            if now >= until:
                return False
            if typing:
                for room in self.rooms:
                    room.type_when_due(now)
            wake = min([until] + [room.due for room in self.rooms if typing and room.ready])
            there = [room for room in self.rooms if room.app]
            fds = [fd for room in there for fd in (room.app.fd, room.app.ctl)]
            select.select(fds, [], [], max(0.0, min(wake - time.monotonic(), 0.05)))
            for room in there:
                room.pump()
                if room.app.status is not None:
                    raise SystemExit("WRONG: room %s ended by itself: %s\n%s"
                                     % (room.name, room.app.how_ended(), room.app.screen.text()))
        return True

    def pause(self):
        """Both type one last entry each, and wait until all is saved and seen; then what is on disk is checked."""
        for room in self.rooms:
            room.end_typing(time.monotonic())
        ready = self.go_on(time.monotonic() + PATIENCE, False, lambda: all(room.ready for room in self.rooms))
        busy, self.delays = self.delays, self.quiet
        for room in self.rooms if ready else ():
            room.type()
            soon = time.monotonic() + PATIENCE
            self.go_on(soon, False, lambda: not room.unsaved() and room.other.seen == len(room.typed))
        self.delays = busy
        for room in self.rooms:
            if not room.keeps_up():
                self.wrong("room %s: %d not shown as saved, and it shows up to %d of the other's %d\n%s"
                           % (room.name, room.unsaved(), room.seen, len(room.other.typed), room.app.screen.text()))
        if self.presence:
            self.see_each_other()
        self.check(self.dir)
        now = time.monotonic()
        for room in self.rooms:
            room.due = room.since = now

    def see_each_other(self):
        for room in self.rooms:
            there = re.compile(self.presence.replace("{name}", room.other.person))
            soon = time.monotonic() + PATIENCE
            if not self.go_on(soon, False, lambda: there.search(room.app.screen.text())):
                self.wrong("room %s does not say that %s has it open\n%s"
                           % (room.name, room.other.person, room.app.screen.text()))

    def check(self, folder):
        """What is on disk against what was typed and shown."""
        incident = json.loads(self.run("show", "--json", "-i", folder))
        count, last = collections.Counter(), {"A": 0, "B": 0}
        typed = {e.text: e for room in self.rooms for e in room.typed}
        for told in incident["timeline"]:
            token = told["text"].split(" ")[0]
            entry = typed.get(token)
            if entry is None or told["by"] != entry.room.person:
                self.note(self.foreign, told["text"], "was never typed")
                continue
            count[token] += 1
            if count[token] > 1:
                self.note(self.doubled, token, "is there twice")
            elif entry.number < last[entry.room.name]:
                self.note(self.disordered, token, "stands behind %06d" % last[entry.room.name])
            last[entry.room.name] = max(last[entry.room.name], entry.number)
        for token, entry in typed.items():
            if entry.shown and not count[token]:
                self.note(self.lost, token, "was shown as saved and is not there")
        self.there = sum(count.values())

    def note(self, kind, token, what):
        if token not in kind:
            kind.add(token)
            self.wrong("%s %s" % (token, what))

    def leave(self):
        """Both leave in order; the journal alone then has to tell the same."""
        for room in self.rooms:
            room.app.send(QUIT)
            if room.app.wait_exit(PATIENCE) is None or room.app.how_ended() != "exit 0":
                self.wrong("room %s left with %s" % (room.name, room.app.how_ended()))
            room.app.close()
        self.check(self.dir)
        bare = os.path.join(self.root, "bare")
        os.mkdir(bare, 0o700)
        shutil.copy(os.path.join(self.dir, "journal.jsonl"), bare)
        self.check(bare)

    def round(self, n):
        """One kill in the middle of typing."""
        victims = [self.rooms[n % 2]] if self.random.random() > 0.15 else list(self.rooms)
        self.go_on(time.monotonic() + self.random.uniform(0.05, 1.2))
        self.random.shuffle(victims)
        for room in victims:
            room.kill()
        for room in victims:
            room.open()
            if self.random.random() < 0.1:      # once more, while it is starting
                self.go_on(time.monotonic() + self.random.uniform(0, 0.15))
                room.kill()
                room.open()

    def summary(self, seconds):
        typed = [entry for room in self.rooms for entry in room.typed]
        pace = sum(len(room.typed) / room.busy for room in self.rooms if room.busy)
        return ("typed %d at %.0f a second, shown as saved %d, on disk %d, lost %d, doubled %d, out of order %d, "
                "never typed %d; kills %d, %.0f s; the other's entries seen after %s; by a room at rest after %s"
                % (len(typed), pace, sum(1 for e in typed if e.shown), self.there, len(self.lost),
                   len(self.doubled), len(self.disordered), len(self.foreign), self.kills, seconds,
                   spread(self.delays), spread(self.quiet)))


def spread(delays):
    """What half of them kept within, 99 of 100, and all."""
    delays = sorted(delays) or [0.0]
    at = [1000 * delays[min(len(delays) - 1, int(len(delays) * part))] for part in (0.5, 0.99, 1)]
    return "p50 %.0f, p99 %.0f, max %.0f ms" % tuple(at)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, type=os.path.abspath)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--rate", type=float, default=25, help="entries a second in each room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="ten rounds")
    parser.add_argument("--presence", metavar="REGEX", help="what tells that {name} has the incident open too")
    parser.add_argument("--keep", metavar="DIR", help="where the incident is copied when something is wrong")
    args = parser.parse_args()
    for name in [name for name in os.environ if name.startswith("WARROOM_")]:
        del os.environ[name]
    root = tempfile.mkdtemp(prefix="two-rooms-")
    rig = Rig(args, root)
    begin = time.monotonic()
    try:
        for room in rig.rooms:
            room.open()
        for n in range(10 if args.quick else args.rounds):
            rig.round(n)
            if (n + 1) % PAUSE_AFTER == 0:
                rig.pause()
        rig.pause()
        rig.leave()
    finally:
        for room in rig.rooms:
            if room.app:
                room.app.close()
        if args.keep and (rig.problems or sys.exc_info()[0]):
            shutil.copytree(rig.dir, args.keep, dirs_exist_ok=True)
        shutil.rmtree(root, ignore_errors=True)
    for room in rig.rooms:
        for words, times in room.troubles.most_common():
            print("room %s showed %r on %d screens" % (room.name, words, times))
    print(rig.summary(time.monotonic() - begin))
    return 1 if rig.problems else 0


if __name__ == "__main__":
    sys.exit(main())
