"""A person at a terminal: runs a command on a new pseudo terminal, types, and looks at what comes back.

    terminal.py COMMAND...     (an interactive bash, held)

Every step has a deadline. Prints "ok STEP" or "NOT STEP: why" for each; the exit status is the number of the latter.
"""
import fcntl, os, pty, select, signal, struct, sys, termios, time

wrong = 0
seen = b""


def size(fd, rows, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def read_until(text, seconds=30):
    """Everything up to and with the text; raises TimeoutError with what came instead."""
    global seen
    until = time.monotonic() + seconds
    while text not in seen:
        left = until - time.monotonic()
        if left <= 0 or not select.select([master], [], [], left)[0]:
            raise TimeoutError("no %r but %r" % (text, seen[-600:]))
        try:
            data = os.read(master, 65536)
        except OSError:
            data = b""
        if not data:
            raise TimeoutError("the end, no %r but %r" % (text, seen[-600:]))
        seen += data
    head, _, seen = seen.partition(text)
    return head + text


def type_line(text):
    os.write(master, text.encode() + b"\n")


def step(name, action):
    global wrong
    try:
        action()
        print("ok " + name, flush=True)
    except (TimeoutError, AssertionError, OSError) as failure:
        wrong += 1
        print("NOT %s: %s" % (name, failure), flush=True)


PROMPT = b"held> "
master, slave = pty.openpty()
size(slave, 33, 99)
before = termios.tcgetattr(slave)
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2):
        os.dup2(slave, fd)
    os.closerange(3, 100)
    os.execvp(sys.argv[1], sys.argv[1:])
try:
    def prompt():
        head = read_until(PROMPT, 60)
        for complaint in (b"job control", b"cannot set terminal", b"Inappropriate"):
            assert complaint not in head, head
    step("prompt, without a word about job control", prompt)

    def name():
        type_line("tty; echo code=$?")
        head = read_until(b"code=0")
        assert b"/dev/pts/" in head or b"/dev/tty" in head or b"/dev/console" in head, head
        read_until(PROMPT)
    step("tty names a terminal", name)

    def first_size():
        type_line("stty size; echo do''ne")
        head = read_until(b"done\r\n")
        assert b"33 99" in head, head
        read_until(PROMPT)
    step("window size arrives", first_size)

    def next_size():
        size(master, 44, 111)
        os.kill(pid, signal.SIGWINCH)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            type_line("stty size; echo x''y")
            head = read_until(b"xy\r\n")
            read_until(PROMPT)
            if b"44 111" in head:
                return
        raise TimeoutError("still %r" % head)
    step("window size changes arrive", next_size)

    def interrupt():
        type_line("echo go''ing; sleep 300")
        read_until(b"going\r\n")
        time.sleep(0.5)
        began = time.monotonic()
        os.write(master, b"\x03")
        read_until(PROMPT)
        assert time.monotonic() - began < 10
        type_line("echo code=$?.")
        read_until(b"code=130.")
        read_until(PROMPT)
    step("Ctrl-C ends sleep, not Pawl", interrupt)

    def suspend():
        type_line("echo go''ing; sleep 300")
        read_until(b"going\r\n")
        time.sleep(0.5)
        os.write(master, b"\x1a")
        read_until(b"Stopped")
        read_until(PROMPT)
        type_line("kill %1; wait; echo wai''ted")
        read_until(b"waited")
        read_until(PROMPT)
    step("Ctrl-Z stops a job", suspend)

    def raw():
        type_line("stty raw -echo; stty sane; echo r''aw")
        read_until(b"raw")
        read_until(PROMPT)
    step("modes can be changed inside", raw)

    def end():
        os.write(master, b"\x04")
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if select.select([master], [], [], 0.05)[0]:
                try:
                    os.read(master, 65536)
                except OSError:
                    pass
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                assert os.WEXITSTATUS(status) == 0, status
                return
        raise TimeoutError("still there")
    step("Ctrl-D ends", end)

    def modes():
        after = termios.tcgetattr(slave)
        assert after == before, "%r is not %r" % (after, before)
    step("modes as before", modes)
finally:
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass
sys.exit(wrong)
