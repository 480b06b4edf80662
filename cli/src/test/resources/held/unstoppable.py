"""Does what an agent can to outlive a stop: ignores every signal, double-forks, leaves its session, has children.

    unstoppable.py CHILDREN MARK      (the mark stands in every process's arguments)
"""
import os, signal, sys, time

children = int(sys.argv[1])


def ignore():
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass


ignore()
up, note = os.pipe()
for index in range(children):
    if os.fork() == 0:
        if index % 2:
            os.setsid()
        if index % 3 == 0 and os.fork():
            os._exit(0)
        os.write(note, b".")
        while True:
            time.sleep(1000)
seen = 0
while seen < children:
    seen += len(os.read(up, 4096))
print("up %d" % seen, flush=True)
while True:
    time.sleep(1000)
