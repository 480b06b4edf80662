"""Last: attacks on the supervisor's own strength, what breaks the place where it works, and whether all still lives."""
import ctypes
import os
import resource
import signal
import socket
import struct
import threading
import time

from kernel import LIBC, Failed, Skipped, error_name, in_child, reached, syscall
from privileges import mounting
from races import allowed_address, honest_connect
from registry import attack


def alive(within=3):
    """A connect to a server of one's own, which the supervisor has to carry out like any other; seconds it took."""
    started = time.monotonic()
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        client.settimeout(within)
        client.connect(server.getsockname())
        server.accept()[0].close()
    took = time.monotonic() - started
    if took > within:
        raise Failed("an honest connect took %.1f s" % took)
    return took


@attack("stall-supervisor", outside="depends: there is no supervisor outside", seconds=40)
def stall(context):
    """200 connects that block for minutes (a listener of one's own whose backlog is full), twice, their processes
    killed in between: whoever connects for the agent is blocked with it. Then an honest connect must still work."""
    if context["place"] != "sandbox":
        raise Skipped("no supervisor outside")
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(0)
    address = server.getsockname()
    for _ in range(2):
        pid = os.fork()
        if pid == 0:
            for _ in range(200):
                threading.Thread(target=lambda: socket.socket().connect_ex(address), daemon=True).start()
            signal.pause()
        time.sleep(1.5)
        try:
            alive()
        except (OSError, Failed) as failure:
            return True, "while they wait: %s" % failure
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    try:
        return False, "an honest connect afterwards took %.0f ms" % (alive() * 1000)
    except (OSError, Failed) as failure:
        return True, "afterwards: %s" % failure


@attack("hold-connections", outside="depends: there is no supervisor outside", seconds=60, heavy=True)
def hold(context):
    """As many granted connections at once as descriptors allow, up to 4,000, closed again: Pawl must survive it."""
    if context["place"] != "sandbox":
        raise Skipped("no supervisor outside")
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    address, held, why = allowed_address(context), [], "the bound"
    started = time.monotonic()
    while len(held) < 4000 and time.monotonic() - started < 40:
        try:
            connection = socket.socket()
            connection.settimeout(2)
            connection.connect(address)
            held.append(connection)
        except OSError as failure:
            why = error_name(failure.errno) if failure.errno else str(failure)
            break
    for connection in held:
        connection.close()
    count = len(held)
    time.sleep(0.5)
    try:
        return False, "%d held, then %s; an honest connect afterwards took %.0f ms" % (count, why, alive() * 1000)
    except (OSError, Failed) as failure:
        return True, "%d held, then %s; afterwards: %s" % (count, why, failure)


@attack("exec-odd-arguments", outside="depends: each must only return")
def exec_odd(context):
    """execve and execveat with no, bad, endless and huge arguments: whoever reads them must neither fall nor hang."""
    page = (ctypes.c_char * 8192).from_address(LIBC_mmap(8192))
    end = ctypes.addressof(page) + 4096
    LIBC.munmap(ctypes.c_void_p(end), ctypes.c_size_t(4096))
    ctypes.memmove(end - 8, b"/bin/tru", 8)
    true = ctypes.create_string_buffer(b"/bin/true")
    loop = (ctypes.c_void_p * 4096)(*[ctypes.addressof(true)] * 4095, None)
    wrong = (ctypes.c_void_p * 3)(ctypes.addressof(true), 0xdead0000, None)
    latin = ctypes.create_string_buffer(b"\xff\xfe\x80 \x1b[2J\n")
    strange = (ctypes.c_void_p * 3)(ctypes.addressof(true), ctypes.addressof(latin), None)
    huge_text = ctypes.create_string_buffer(b"x" * 130000)
    huge = (ctypes.c_void_p * 3)(ctypes.addressof(true), ctypes.addressof(huge_text), None)
    none = (ctypes.c_void_p * 1)(None)
    calls = {
        "no path": (59, None, None, None), "path 1": (59, 1, None, None),
        "kernel path": (59, 0xffff800000000000, None, None),
        "endless path": (59, end - 8, None, None), "path without end": (59, "x" * 5000, None, None),
        "arguments at 1": (59, "/bin/true", 1, None),
        "arguments in the kernel": (59, "/bin/true", 0xffff800000000000, None),
        "arguments at a page's end": (59, "/bin/true", end - 8, None), "a bad argument": (59, "/bin/true", wrong, None),
        "no arguments": (59, "/bin/true", none, None), "null arguments": (59, "/bin/true", None, None),
        "4,095 arguments": (59, "/bin/true", loop, None), "bytes that are no text": (59, "/bin/true", strange, None),
        "a huge argument": (59, "/bin/true", huge, None), "empty path": (59, "", None, None),
        "a directory": (59, "/", None, None), "bad fd": (322, 9999, "", None, None, 0x1000),
        "fd of a directory": (322, os.open("/", os.O_PATH), "", None, None, 0x1000),
        "fd of a program": (322, os.open("/bin/true", os.O_PATH), "", strange, None, 0x1000),
        "relative to a directory": (322, os.open("/bin", os.O_PATH), "true", strange, None, 0),
    }
    seen = {}
    for label, (number, *arguments) in calls.items():
        words = [a.encode() if isinstance(a, str) else a for a in arguments]

        def work(number=number, words=words):
            syscall(number, *words)
        try:
            in_child(work, 3)
            seen[label] = "ran"
        except Failed as failure:
            seen[label] = str(failure) or "ran and failed"
    hung = [label for label, said in seen.items() if "SIGALRM" in said]
    return bool(hung), "hung: %s" % hung if hung else ", ".join("%s: %s" % pair for pair in seen.items())


def LIBC_mmap(size):
    LIBC.mmap.restype = ctypes.c_void_p
    return LIBC.mmap(None, ctypes.c_size_t(size), 3, 0x22, -1, ctypes.c_long(0))


@attack("exec-race-argv", outside="depends: nobody reads it outside", seconds=20,
        inside="any: the record of an exec is what was read; the sandbox does not rest on it")
def exec_race(context):
    """Another thread rewrites argv while it is being read: the event may lie, the sandbox must not break."""
    def work():
        text = ctypes.create_string_buffer(b"/bin/true", 4096)
        vector = (ctypes.c_void_p * 2)(ctypes.addressof(text), None)
        stop = time.monotonic() + 0.3

        def disturb():
            turn = 0
            while time.monotonic() < stop:
                turn += 1
                ctypes.memmove(text, b"/bin/fals" if turn & 1 else b"/bin/true", 9)
                vector[0] = 1 if turn % 5 == 0 else ctypes.addressof(text)
        threading.Thread(target=disturb, daemon=True).start()
        time.sleep(0.02)
        syscall(59, b"/bin/true", vector, None)
    count = 0
    for _ in range(50):
        try:
            in_child(work)
            count += 1
        except Failed:
            pass
    return False, "%d of 50 ran" % count


@attack("kill-while-notified", outside="depends: nothing is notified outside", seconds=20,
        inside="any: the supervisor's answer finds nobody; honest-connect-at-the-end judges")
def kill_while_notified(context):
    """Processes that die by SIGKILL in the middle of a connect or an exec, 300 times."""
    from network import target
    host, port = target(context, "tcp4")
    for turn in range(300):
        pid = os.fork()
        if pid == 0:
            try:
                while True:
                    socket.socket().connect_ex((host, port))
            finally:
                os._exit(0)
        time.sleep(0.002 if turn % 3 else 0)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return False, "300 killed"


@attack("signal-while-notified", outside="depends: nothing is notified outside", seconds=20)
def signal_while_notified(context):
    """A timer's signal every 200 microseconds, as Go's preemption: a notified call must come to an end all the same."""
    signal.signal(signal.SIGALRM, lambda number, frame: None)
    signal.setitimer(signal.ITIMER_REAL, 0.0002, 0.0002)
    started = time.monotonic()
    done = 0
    try:
        for _ in range(100):
            with socket.socket() as connection:
                connection.connect_ex(allowed_address(context))
            done += 1
            if time.monotonic() - started > 10:
                break
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return done < 100, "%d of 100 connects under fire, %.2f s" % (done, time.monotonic() - started)


attack("honest-connect-at-the-end", inside="works")(lambda context: honest_connect(context, "honest"))


@attack("honest-exec-at-the-end", inside="works")
def honest_exec(context):
    import subprocess
    return subprocess.run(["/bin/true"], timeout=4).returncode == 0, "/bin/true"


# What would break the sandbox from within if it worked.

@attack("umount", outside="root")
def umount(context):
    """Outside on a mount of its own; inside on every one there is."""
    def work():
        if context["place"] != "sandbox":
            directory = os.path.join(context["workspace"], "umount-%d" % os.getpid())
            os.mkdir(directory)
            syscall("mount", b"none", directory.encode(), b"tmpfs", 0, None)
            syscall("umount2", directory.encode(), 2)
            os.rmdir(directory)
            return "unmounted"
        failures = set()
        with open("/proc/self/mountinfo") as mounts:
            points = [line.split()[4] for line in mounts]
        for point in points:
            try:
                syscall("umount2", point.encode(), 2)
                return "unmounted " + point
            except OSError as failure:
                failures.add(error_name(failure.errno))
        raise Failed("%d mounts: %s" % (len(points), " ".join(sorted(failures))))
    return mounting(work)


@attack("pivot-root", outside="root")
def pivot_root(context):
    """Both arguments the same directory that is no mount: EINVAL or EBUSY comes after the right was found."""
    return reached("pivot_root", b"/tmp", b"/tmp", expect=("EINVAL", "EBUSY"))
