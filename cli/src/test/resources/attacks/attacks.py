#!/usr/bin/python3
"""Tries every way out of a sandbox, one JSON line each: {"attack", "worked", "detail"}.

    python3 attacks.py [--programs] --context FILE.json [--only NAME[,NAME]] [--heavy]
    python3 attacks.py [--programs] --list

Run it bare to see that the attacks are real, and under `pawl run` to see that they fail. The context file names the
targets that harness.py sets up outside. --programs takes the list for a charter that names its programs. Each attack
runs in a child of its own with a time limit: one that hangs is reported as {"hung": true}, one that crashes as the
signal that killed it. What an attack did to the outside and cannot see itself, the harness judges.
"""
import argparse
import importlib
import json
import os
import select
import signal
import sys
import time

from kernel import Failed, Skipped, error_name
from registry import ATTACKS, EXPECT_INSIDE, EXPECT_OUTSIDE


LISTS = {
    # local first: it looks at the inherited descriptors
    "everything": ["local", "network", "races", "processes", "privileges", "files", "aftermath"],
    "programs": ["programs", "escapes", "program_races"],
}


def run_one(name, context):
    """Forks, waits at most the attack's seconds, and says what came of it."""
    function, seconds, _ = ATTACKS[name]
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        try:
            worked, detail = function(context)
            record = {"worked": bool(worked), "detail": str(detail)}
        except Skipped as reason:
            record = {"worked": False, "skipped": True, "detail": str(reason)}
        except Failed as reason:
            record = {"worked": False, "detail": str(reason)}
        except OSError as failure:
            text = error_name(failure.errno) if failure.errno else str(failure)
            record = {"worked": False, "detail": text}
        except BaseException as failure:  # noqa: a broken attack must not end the list
            record = {"worked": False, "broken": True, "detail": "%s: %s" % (type(failure).__name__, failure)}
        try:
            os.write(writer, json.dumps(record).encode()[:60000])
        finally:
            os._exit(0)
    os.close(writer)
    data, until = b"", time.monotonic() + seconds
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([reader], [], [], left)[0]:
            break
        part = os.read(reader, 65536)
        if not part:
            break
        data += part
        try:
            json.loads(data)
            break
        except ValueError:
            continue
    os.close(reader)
    return finish(pid, data)


def finish(pid, data):
    if data:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return json.loads(data)
    done, status = os.waitpid(pid, os.WNOHANG)
    for _ in range(100):
        if done:
            break
        time.sleep(0.002)
        done, status = os.waitpid(pid, os.WNOHANG)
    if done and os.WIFSIGNALED(status):
        return {"worked": False, "detail": "killed by " + signal.Signals(os.WTERMSIG(status)).name}
    if done:
        return {"worked": False, "broken": True, "detail": "ended without a word"}
    os.kill(pid, signal.SIGKILL)
    for _ in range(1000):
        if os.waitpid(pid, os.WNOHANG)[0]:
            return {"worked": False, "hung": True, "detail": "hung"}
        time.sleep(0.002)
    return {"worked": False, "hung": True, "detail": "hung, and SIGKILL did not end it"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--context")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--heavy", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--programs", action="store_true")
    options = parser.parse_args()
    for module in LISTS["programs" if options.programs else "everything"]:
        importlib.import_module(module)
    if options.list:
        for name, (_, seconds, heavy) in ATTACKS.items():
            print(json.dumps({"attack": name, "outside": EXPECT_OUTSIDE[name], "inside": EXPECT_INSIDE[name],
                              "seconds": seconds, "heavy": heavy}))
        return
    with open(options.context) as file:
        context = json.load(file)
    if not context.get("supervisor"):
        try:
            with open(options.context + ".supervisor") as file:
                context["supervisor"] = int(file.read())
        except (OSError, ValueError):
            pass
    chosen = [name for names in options.only for name in names.split(",")]
    for name in chosen:
        if name not in ATTACKS:
            sys.exit("no attack named " + name)
    for name, (_, _, heavy) in ATTACKS.items():
        if name in chosen or not chosen and (options.heavy or not heavy):
            started = time.monotonic()
            record = run_one(name, context)
            record = dict({"attack": name}, **record)
            record["milliseconds"] = round((time.monotonic() - started) * 1000)
            print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
