"""An agent on a terminal, where it draws without a pause and is asked about.

    drawing.py SCREEN(alternate|main|none) PROGRAM [ignore-hup]

Writes numbered lines from a thread all the time, while another starts PROGRAM, which has to be asked for. `outcome` says
what became of it. When there is a file `quit`, prints "<END>". `written` holds every byte it wrote, `sizes` the window
sizes it was told, `got` what it read.
"""
import fcntl, os, signal, struct, subprocess, sys, termios, threading, time, tty

screen, program = sys.argv[1:3]
if "ignore-hup" in sys.argv:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
lock = threading.Lock()
copy = open("written", "wb", buffering=0)
sizes = open("sizes", "w", buffering=1)


def write(data):
    with lock:
        copy.write(data)
        while data:
            data = data[os.write(1, data):]


def size(*_):
    rows, columns, _, _ = struct.unpack("HHHH", fcntl.ioctl(1, termios.TIOCGWINSZ, bytes(8)))
    sizes.write("%d %d\n" % (rows, columns))


def read():
    got = open("got", "wb", buffering=0)
    while True:
        try:
            data = os.read(0, 4096)
        except OSError:
            return
        if not data:
            return
        got.write(data)


done = threading.Event()


def draw():
    i = 0
    while not done.is_set():
        try:
            write(b"\x1b[%d;1H\x1b[3%dm%d:%s\x1b[0m\xe2\x94\x80" % (2 + i % 20, i % 8, i, b"x" * (i % 60)))
        except OSError:
            return
        i += 1
        if i % 50 == 0:
            done.wait(0.02)


size()
signal.signal(signal.SIGWINCH, size)
if screen != "none":
    tty.setraw(0)
    write(b"\x1b[?1h\x1b[?1002h\x1b[?1006h\x1b[?2004h\x1b[?25l")
if screen == "alternate":
    write(b"\x1b[?1049h")


def ask():
    try:
        outcome = "started %d" % subprocess.run([program, "--version"], stdout=subprocess.DEVNULL).returncode
    except OSError as refused:
        outcome = "refused %d" % refused.errno
    with open("outcome.new", "w") as file:
        file.write(outcome)
    os.rename("outcome.new", "outcome")


asking = threading.Thread(target=ask)
threading.Thread(target=read, daemon=True).start()
drawing = threading.Thread(target=draw)
if screen != "none":
    drawing.start()
write(b"<ASKING>")
asking.start()
while asking.is_alive() or not os.path.exists("quit"):
    time.sleep(0.02)
done.set()
if screen != "none":
    drawing.join()
try:
    write(b"<END>")
except OSError:
    pass
