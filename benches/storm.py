#!/usr/bin/env python3
"""How long a key takes while alerts rain: a room on a pseudo-terminal, `warroom listen` on the same incident, 10,000 alerts in
a minute posted to it as Alertmanager does, and a person who types all the while.

    cargo build --release && python3 benches/storm.py target/release/warroom

A key counts from its writing to the cursor that has moved on by it. At the end each alert has to be on the timeline once.
"""
import argparse
import fcntl
import http.client
import json
import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import tempfile
import termios
import threading
import time

ROWS, COLUMNS = 40, 120
START = 1_754_000_000


def alerts(numbers, distinct):
    """A call of Alertmanager's with these alerts: each of `distinct` ones fires again and again."""
    def one(nth):
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(START + nth))
        labels = {"alertname": f"Alert{nth % distinct}", "severity": "warning", "instance": f"node-{nth % 40}"}
        return {"status": "firing", "labels": labels, "annotations": {"summary": "the queue is longer than it may be"},
                "startsAt": at, "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "http://prometheus.example/graph",
                "fingerprint": f"{nth % distinct:016x}"}
    return json.dumps({"version": "4", "groupKey": "{}", "status": "firing", "receiver": "warroom", "groupLabels": {},
                       "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://alertmanager.example",
                       "truncatedAlerts": 0, "alerts": [one(nth) for nth in numbers]})


def rain(port, args, answers):
    """Posts all alerts, evenly over the time, and counts the answers."""
    calls = args.alerts // args.batch
    begin = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for call in range(calls):
        time.sleep(max(0.0, begin + args.seconds * call / calls - time.monotonic()))
        body = alerts(range(call * args.batch, (call + 1) * args.batch), args.distinct)
        connection.request("POST", "/", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        answers[answer.status] = answers.get(answer.status, 0) + 1


def room(binary, incident, env):
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(binary, [binary, "open", incident], env)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    drain(terminal, 1.0)
    return pid, terminal


def drain(terminal, silence):
    while select.select([terminal], [], [], silence)[0]:
        os.read(terminal, 65536)


def typed(terminal, stop):
    """Types line after line; the seconds that each key took."""
    taken, word = [], b"what a person says while alerts rain "
    while not stop():
        column = 3
        for key in word:
            seen, begin = b"", time.monotonic()
            os.write(terminal, bytes([key]))
            column += 1
            moved = re.compile(rb"\x1b\[\d+;%dH" % column)
            while not moved.search(seen) and select.select([terminal], [], [], 5)[0]:
                seen += os.read(terminal, 65536)
            taken.append(time.monotonic() - begin)
            until = time.monotonic() + 0.06
            while (left := until - time.monotonic()) > 0 and select.select([terminal], [], [], left)[0]:
                os.read(terminal, 65536)
        os.write(terminal, b"\r")
        drain(terminal, 0.05)
    return taken


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--alerts", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--batch", type=int, default=10, help="alerts in a call")
    parser.add_argument("--distinct", type=int, default=2_000, help="different alerts; each fires again and again")
    args = parser.parse_args()
    binary = os.path.abspath(args.binary)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        env = {"HOME": home, "PATH": os.environ["PATH"], "TERM": "xterm-256color", "WARROOM_NAME": "alice"}
        run = lambda *words: subprocess.check_output([binary, *words], env=env, text=True).strip()
        incident = run("new", "A storm of alerts", "--detach")
        listener = subprocess.Popen([binary, "listen", "-i", incident, "--bind", f"127.0.0.1:{port}"], env=env,
                                    stderr=subprocess.DEVNULL)
        pid, terminal = room(binary, incident, env)
        answers = {}
        raining = threading.Thread(target=rain, args=(port, args, answers))
        raining.start()
        taken = sorted(typed(terminal, lambda: not raining.is_alive()))
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
        listener.terminate()
        listener.wait()
        timeline = json.loads(run("show", "--json"))["timeline"]
    told = [entry["machine"]["alert"] for entry in timeline if "machine" in entry]
    fired = sum(len(alert["fired"]) for alert in told)
    of = lambda share: taken[min(int(len(taken) * share), len(taken) - 1)] * 1000
    print(f"{len(taken)} keys: p50 {of(.5):.2f} ms, p99 {of(.99):.2f} ms, longest {of(1):.2f} ms")
    print(f"{fired} of {args.alerts} alerts on the timeline in {len(told)} entries; answers {answers}; "
          f"{len(timeline) - len(told)} lines of the person")


main()
