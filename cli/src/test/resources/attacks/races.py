"""Connects that lie, change their mind while they are being judged, or are no connects at all."""
import ctypes
import fcntl
import os
import select
import socket
import struct
import threading
import time

from kernel import LIBC, Failed, error_name, in_child, probe, sockaddr, sockaddr4, sockaddr_unix, syscall
from network import allowed_address, target
from registry import attack

ITERATIONS = 10000
LONGEST = 25  # seconds one race may take


def token_within(connection, name, token, wait):
    """Like probe, but for the many connects of a race: no answer is no error."""
    try:
        connection.settimeout(wait)
        connection.sendall(name.encode() + b"\n")
        return connection.recv(len(token)) == token.encode()
    except OSError:
        return False


def race(context, name, attempt, disturb):
    """attempt(i) -> connection or None on this thread, disturb(i) without pause on another."""
    stop = threading.Event()

    def run():
        turn = 0
        while not stop.is_set():
            disturb(turn)
            turn += 1

    other = threading.Thread(target=run, daemon=True)
    other.start()
    started, won, connected, turn = time.monotonic(), 0, 0, 0
    try:
        for turn in range(1, context.get("iterations", ITERATIONS) + 1):
            connection = attempt(turn)
            if connection is not None:
                connected += 1
                won += token_within(connection, name, context["token"], 0.3)
                connection.close()
            if time.monotonic() - started > LONGEST or won > 50:
                break
    finally:
        stop.set()
        other.join(2)
    detail = "%d of %d iterations reached the target, %d connected, %.1f s" % (
        won, turn, connected, time.monotonic() - started)
    return won > 0, detail


@attack("race-rewrite-address", seconds=40)
def rewrite(context):
    """The sockaddr in memory flips between a granted and a forbidden destination during the notification."""
    good, bad = sockaddr4(*allowed_address(context)), sockaddr4(*target(context, "tcp4"))
    memory = ctypes.create_string_buffer(good, 16)

    def attempt(turn):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("=ii", 1, 0))
        if LIBC.connect(connection.fileno(), memory, 16) == 0:
            return connection
        connection.close()
        return None

    return race(context, "race-rewrite-address", attempt,
                lambda turn: ctypes.memmove(memory, bad if turn & 1 else good, 16))


@attack("race-rewrite-family", seconds=40)
def rewrite_family(context):
    """AF_UNSPEC while it is judged, AF_INET when the kernel reads it again."""
    good, bad = bytes(16), sockaddr4(*target(context, "tcp4"))
    memory = ctypes.create_string_buffer(good, 16)

    def attempt(turn):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("=ii", 1, 0))
        if LIBC.connect(connection.fileno(), memory, 16) == 0:
            try:
                connection.getpeername()
                return connection
            except OSError:
                pass
        connection.close()
        return None

    return race(context, "race-rewrite-family", attempt,
                lambda turn: ctypes.memmove(memory, bad if turn & 1 else good, 16))


@attack("race-swap-fd", seconds=40)
def swap_fd(context):
    """Close and reopen of the number during the notification: the judged socket is not the connected one."""
    good, bad = sockaddr4(*allowed_address(context)), sockaddr4(*target(context, "tcp4"))
    spare = socket.socket()
    number = fcntl.fcntl(spare.fileno(), fcntl.F_DUPFD, 500)  # out of reach of the sockets made meanwhile
    flip = [socket.socket(), socket.socket()]

    def attempt(turn):
        fresh = socket.socket()
        fresh.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("=ii", 1, 0))
        flip[turn & 1].close()
        flip[turn & 1] = fresh
        os.dup2(fresh.fileno(), number)
        address = bad if turn % 3 == 0 else good
        return fresh if LIBC.connect(number, address, 16) == 0 and peer(fresh) else None

    def disturb(turn):
        if turn % 4 == 0:
            try:
                os.close(number)
            except OSError:
                pass
        try:
            os.dup2(flip[turn & 1].fileno(), number)
        except OSError:
            pass

    return race(context, "race-swap-fd", attempt, disturb)


def peer(connection):
    try:
        connection.getpeername()
        return True
    except OSError:
        return False


@attack("race-swap-fd-unix", seconds=40)
def swap_fd_unix(context):
    """The number is a TCP socket when judged and a unix socket when used, the address that of the host's socket."""
    path = context.get("unix_stream")
    if not path:
        raise Failed("no unix target")
    host, port = target(context, "tcp4")
    inet, bad = sockaddr4(host, port), sockaddr_unix(path)
    size = max(len(bad), 16)
    memory = ctypes.create_string_buffer(inet.ljust(size, b"\0"), size)
    number = fcntl.fcntl(0, fcntl.F_DUPFD, 500)
    current = {}

    def attempt(turn):
        current["inet"], current["unix"] = socket.socket(), socket.socket(socket.AF_UNIX)
        os.dup2(current["unix"].fileno(), number)
        local = current["unix"]
        if LIBC.connect(number, memory, len(bad)) == 0 and peer(local):
            return local
        return None

    def disturb(turn):
        ctypes.memmove(memory, bad if turn & 1 else inet, 16 if turn & 1 == 0 else len(bad))
        holder = current.get("unix" if turn & 1 else "inet")
        if holder is not None:
            try:
                os.dup2(holder.fileno(), number)
            except OSError:
                pass

    return race(context, "race-swap-fd-unix", attempt, disturb)


@attack("race-unix-symlink", seconds=40)
def unix_symlink(context):
    """A name that means the agent's own socket while it is judged and the host's when it is used."""
    path = context.get("unix_stream")
    if not path:
        raise Failed("no unix target")
    base = os.path.join(context["workspace"], "race-%d" % os.getpid())
    own, name = base + ".own", base + ".name"
    server = socket.socket(socket.AF_UNIX)
    server.bind(own)
    server.listen(64)

    def answer():
        while True:
            try:
                server.accept()[0].close()
            except OSError:
                return
    threading.Thread(target=answer, daemon=True).start()
    os.symlink(own, name)

    def attempt(turn):
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(name)
            return connection
        except OSError:
            connection.close()
            return None

    def disturb(turn):
        temporary = name + "-next"
        try:
            os.symlink(path if turn & 1 else own, temporary)
            os.rename(temporary, name)
        except OSError:
            pass

    try:
        return race(context, "race-unix-symlink", attempt, disturb)
    finally:
        server.close()
        for left in (own, name, name + "-next"):
            if os.path.lexists(left):
                os.unlink(left)


@attack("race-unix-datagram", seconds=40)
def unix_datagram(context):
    """The destination of sendto flips between an own and the host's datagram socket; the harness sees what arrives."""
    path = context.get("unix_dgram")
    if not path:
        raise Failed("no unix target")
    own = os.path.join(context["workspace"], "r%d" % os.getpid())
    server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    server.bind(own)
    server.setblocking(False)
    size = max(len(own), len(path)) + 3
    good, bad = sockaddr_unix(own).ljust(size, b"\0"), sockaddr_unix(path).ljust(size, b"\0")
    memory = ctypes.create_string_buffer(good, size)
    stop = threading.Event()

    def disturb():
        turn = 0
        while not stop.is_set():
            ctypes.memmove(memory, bad if turn & 1 else good, size)
            turn += 1
    other = threading.Thread(target=disturb, daemon=True)
    other.start()
    client = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    client.settimeout(0.05)
    sent, turn, started = 0, 0, time.monotonic()
    for turn in range(context.get("iterations", ITERATIONS)):
        sent += LIBC.sendto(client.fileno(), b"race-unix-datagram\n", 19, 0x40, memory, size) > 0
        if time.monotonic() - started > LONGEST:
            break
        try:
            while True:
                server.recv(100)
        except OSError:
            pass
    stop.set()
    other.join(2)
    os.unlink(own)
    return False, "%d of %d sent; the harness judges" % (sent, turn + 1)


@attack("connect-lengths-and-families", outside="depends: most are refused everywhere; each must return")
def odd(context):
    """Wrong lengths, families and pointers: each must return, and none may reach the target."""
    host, port = target(context, "tcp4")
    good = sockaddr(host, port)
    seen, reached_it = {}, []

    def call(label, fd, address, length):
        ctypes.set_errno(0)
        code = LIBC.connect(fd, address, ctypes.c_uint(length & 0xffffffff))
        seen[label] = "ok" if code == 0 else error_name(ctypes.get_errno())
        return code

    for length in (0, 1, 2, 3, 7, 8, 15, 17, 27, 28, 110, 111, 128, 129, 256, 4096, -1, 1 << 31, (1 << 31) - 1):
        with socket.socket() as connection:
            connection.setblocking(False)
            memory = ctypes.create_string_buffer(good, 4096)
            call("length %d" % length, connection.fileno(), memory, length)
    for number in (0, 1, 3, 10, 16, 17, 40, 255, 0x7fff, 0xffff):
        with socket.socket() as connection:
            connection.setblocking(False)
            call("family %d" % number, connection.fileno(), struct.pack("=H", number) + good[2:] + bytes(112), 128)
    for kind in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
        for pointer in (None, 1, 0xdeadbeef000, 0xffff800000000000, (1 << 64) - 8):
            with socket.socket(kind) as connection:
                connection.setblocking(False)
                call("pointer %s on family %d" % (pointer and hex(pointer), kind), connection.fileno(),
                     ctypes.c_void_p(pointer), 16)
    with socket.socket(socket.AF_UNIX) as connection:
        call("unix path without end", connection.fileno(), struct.pack("=H", 1) + b"x" * 108, 110)
        call("unix empty", connection.fileno(), struct.pack("=H", 1), 2)
        call("unix abstract empty", connection.fileno(), struct.pack("=H", 1) + b"\0", 3)
        call("inet address on unix socket", connection.fileno(), good, 16)
    with socket.socket() as connection, open("/dev/null") as file:
        connection.bind(("127.0.0.1", 0))
        connection.listen(1)
        call("listening socket", connection.fileno(), good, 16)
        call("not a socket", file.fileno(), good, 16)
        call("closed fd", 999, good, 16)
        call("negative fd", -1, good, 16)
        call("fd with high bits", connection.fileno() | (1 << 31), good, 16)
    page = len(good)
    import mmap
    pages = mmap.mmap(-1, 8192)
    start = ctypes.addressof(ctypes.c_char.from_buffer(pages))
    LIBC.munmap(ctypes.c_void_p(start + 4096), 4096)
    ctypes.memmove(start + 4096 - 8, good, min(8, page))
    with socket.socket() as connection:
        connection.setblocking(False)
        call("address across an unmapped page", connection.fileno(), ctypes.c_void_p(start + 4096 - 8), 16)
    if context["place"] == "sandbox":
        for label in ("length 16", "length 17", "length 128"):
            if seen.get(label) == "ok":
                reached_it.append(label)
    return bool(reached_it), ", ".join("%s %s" % pair for pair in sorted(seen.items()))


@attack("connect-from-threads")
def threads(context):
    """Twenty threads at once, as programs with a network thread do."""
    host, port = target(context, "tcp4")
    results = []

    def work():
        with socket.socket() as connection:
            code = connection.connect_ex((host, port))
            results.append(code == 0 and token_within(connection, "connect-from-threads", context["token"], 2))
    workers = [threading.Thread(target=work) for _ in range(20)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(4)
    return any(results), "%d of %d reached the target" % (sum(results), len(results))


@attack("connect-non-dumpable")
def non_dumpable(context):
    def work():
        LIBC.prctl(4, 0, 0, 0, 0)
        with socket.socket() as connection:
            connection.settimeout(2)
            connection.connect(target(context, "tcp4"))
            return probe(connection, "connect-non-dumpable", context["token"])[1]
    return True, in_child(work)


# Controls: without them a sandbox that breaks everything would look perfect.

def honest_connect(context, name, prepare=lambda: None):
    prepare()
    with socket.socket() as connection:
        connection.settimeout(3)
        connection.connect(allowed_address(context))
        return probe(connection, name, context["allowed"]["token"], 3)


attack("honest-connect", inside="works")(lambda context: honest_connect(context, "honest-connect"))


@attack("honest-connect-non-dumpable", inside="works")
def honest_non_dumpable(context):
    return True, in_child(lambda: honest_connect(context, "honest", lambda: LIBC.prctl(4, 0, 0, 0, 0))[1])


@attack("honest-connect-from-thread", inside="works")
def honest_thread(context):
    result = []

    def work():
        try:
            result.append(honest_connect(context, "honest"))
        except OSError as failure:
            result.append((False, error_name(failure.errno)))
    worker = threading.Thread(target=work)
    worker.start()
    worker.join(4)
    return result[0] if result else (False, "no answer")


@attack("honest-connect-non-blocking", inside="works")
def honest_non_blocking(context):
    with socket.socket() as connection:
        connection.setblocking(False)
        code = connection.connect_ex(allowed_address(context))
        if code not in (0, 115):
            raise OSError(code, "connect")
        if code:
            select.select([], [connection], [], 3)
            code = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if code:
                raise OSError(code, "connect")
        return probe(connection, "honest", context["allowed"]["token"], 3)


@attack("honest-loopback-inside", inside="works")
def honest_loopback(context):
    """A server of the agent's own, on its own loopback, IPv4 and IPv6."""
    for kind, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.socket(kind) as server, socket.socket(kind) as client:
            server.bind((host, 0))
            server.listen(1)
            server.settimeout(2)
            client.settimeout(2)
            client.connect(server.getsockname()[:2])
            accepted = server.accept()[0]
            accepted.sendall(b"x")
            if client.recv(1) != b"x":
                raise Failed("no byte over " + host)
            accepted.close()
    return True, "both families"


@attack("honest-udp-inside", inside="works")
def honest_udp(context):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server, \
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        server.bind(("127.0.0.1", 0))
        server.settimeout(2)
        client.sendto(b"x", server.getsockname())
        return server.recv(1) == b"x", "one datagram to itself"
