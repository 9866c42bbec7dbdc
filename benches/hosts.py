#!/usr/bin/env python3
"""How long it takes until a line that is sent in a room on one host stands on the screen of another.

    benches/hosts.py PATH_OF_WARROOM [--lines 200]

Starts a nats-server of its own on this machine, shares an incident, joins it in another home, and types into both rooms at
once (80x24, real pseudo-terminals), a line each and then the next as soon as both show both. Prints the median, 99 of 100
and the longest, in milliseconds from `Enter`. Needs nats-server; python3's standard library only.
"""
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "faults"))
from term import App  # noqa: E402


def free_port():
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        return own.getsockname()[1]


def host(root, name):
    home = os.path.join(root, name)
    os.mkdir(home)
    return {**os.environ, "HOME": home, "WARROOM_NAME": name, "NO_COLOR": "1", "TZ": "UTC"}


def until(rooms, shown):
    """Reads both screens until it is so; a minute is as good as never."""
    end = time.monotonic() + 60
    while not shown():
        if time.monotonic() > end:
            raise SystemExit("not shown:\n" + "\n".join(room.screen.text() for room in rooms))
        for room in rooms:
            room.pump(0.0005)


def measure(binary, lines, root):
    port = free_port()
    server = subprocess.Popen(["nats-server", "-js", "-sd", os.path.join(root, "js"), "-a", "127.0.0.1", "-p", str(port)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        homes = [host(root, name) for name in ("ann", "bob")]
        subprocess.run([binary, "new", "Checkout is slow", "--detach"], env=homes[0], check=True, capture_output=True)
        shared = None
        while shared is None:
            said = subprocess.run([binary, "share", "--nats", "nats://127.0.0.1:%d" % port], env=homes[0], capture_output=True)
            shared = re.search(rb"warroom join (\S+)", said.stdout)
        joins = [[binary, "open"], [binary, "join", shared.group(1).decode()]]
        rooms = [App(command, env=env, cwd=env["HOME"], rows=24, cols=80) for command, env in zip(joins, homes)]
        until(rooms, lambda: all("shared" in room.screen.text() and "saved" in room.screen.text() for room in rooms))
        took = []
        for number in range(lines):
            texts = ["%s%05dE" % (name, number) for name in "AB"]
            for room, text in zip(rooms, texts):
                room.send(text)
            until(rooms, lambda: all(text in room.screen.text() for room, text in zip(rooms, texts)))
            sent = time.monotonic()
            for room in rooms:
                room.send("\r")
            waited = {0: texts[1], 1: texts[0]}
            while waited:
                for at in list(waited):
                    rooms[at].pump(0.0005)
                    if waited[at] in rooms[at].screen.text():
                        took.append(time.monotonic() - sent)
                        del waited[at]
        for room in rooms:
            room.send("\x11")
            room.close()
        return sorted(took)
    finally:
        server.kill()


def main():
    binary = os.path.abspath(sys.argv[1])
    lines = int(sys.argv[sys.argv.index("--lines") + 1]) if "--lines" in sys.argv else 200
    root = tempfile.mkdtemp(prefix="warroom-hosts-")
    try:
        took = measure(binary, lines, root)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    at = [took[len(took) // 2], took[len(took) * 99 // 100], took[-1]]
    print("%d lines: median %.1f ms, 99 of 100 within %.1f ms, longest %.1f ms" % (len(took), *(1000 * one for one in at)))


if __name__ == "__main__":
    main()
