"""A person at a terminal who answers a question of her agent's, by a script of steps.

    person.py STEPS COMMAND...

Runs COMMAND on a new pseudo terminal of 40 rows and 100 columns. STEPS are separated by "|": "wait TEXT" reads until the
terminal was sent TEXT, "id" remembers the question's first letters, "type TEXT" types (@ stands for those letters, \\n
is Enter, \\e Esc), "pause SECONDS", "size ROWS COLUMNS", "note FILE" makes a file, "until FILE" waits for one, "hang"
closes the terminal, "end" waits for the end, "same FILE" wants all that was sent but Pawl's own to be that file's content.
Prints "ok" or what did not come.
"""
import fcntl, os, pty, re, select, signal, struct, subprocess, sys, termios, time

steps = sys.argv[1].split("|")
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
before = termios.tcgetattr(slave)
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2):
        os.dup2(slave, fd)
    os.closerange(3, 100)
    os.environ["TERM"] = "xterm-256color"
    os.execvp(sys.argv[2], sys.argv[2:])
seen = b""
at = 0
letters = b""
status = None


def some(seconds):
    global seen
    if select.select([master], [], [], seconds)[0]:
        try:
            data = os.read(master, 65536)
        except OSError:
            return False
        seen += data
        return bool(data)
    return True


def until(what, condition, seconds=40):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit("NOT %s; the last of it: %r" % (what, seen[-3000:]))
        if not some(0.05):
            time.sleep(0.01)


def arrived(text):
    global at
    found = seen.find(text, at)
    if found < 0:
        return False
    at = found + len(text)
    return True


def ended():
    global status
    done, code = os.waitpid(pid, os.WNOHANG)
    if done:
        status = os.waitstatus_to_exitcode(code)
    return status is not None


for step in steps:
    word, _, rest = step.strip().partition(" ")
    if word == "wait":
        text = rest.encode().decode("unicode_escape").encode()
        until(step, lambda: arrived(text))
    elif word == "id":
        found = re.compile(rb"question ([0-9a-f]{4})[0-9a-f]+-\d+")
        until(step, lambda: found.search(seen))
        letters = found.findall(seen)[-1]
    elif word == "type":
        keys = rest.replace("\\n", "\r").replace("\\e", "\x1b").replace("\\c", "\x03").encode()
        os.write(master, keys.replace(b"@", letters))
    elif word == "pause":
        end = time.monotonic() + float(rest)
        while time.monotonic() < end:
            some(0.02)
    elif word == "size":
        rows, columns = map(int, rest.split())
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    elif word == "note":
        open(rest, "w").close()
    elif word == "until":
        until(step, lambda: os.path.exists(rest))
    elif word == "hang":
        os.close(slave)
        os.close(master)
        print("ok")
        sys.exit(0)
    elif word == "same":
        asked = rb"(\x1b7|\x1b\[\?1049h)\x1b\[\?2026l.*?\x1b\[<u[^<]*?(\x1b8|\x1b\[\?1049l)\x1b\[\?2026l"
        rest_of_it = re.sub(asked, b"", seen, flags=re.S)
        wanted = open(rest, "rb").read()
        if not rest_of_it.startswith(wanted):
            i = len(os.path.commonprefix([wanted, rest_of_it]))
            sys.exit("NOT the same from %d on: %r, not %r" % (i, rest_of_it[i:i + 80], wanted[i:i + 80]))
    elif word == "end":
        until(step, ended)
        some(0.05)
        after = termios.tcgetattr(slave)
        if after != before:
            sys.exit("NOT the modes of before")
        print("ok %d" % status)
