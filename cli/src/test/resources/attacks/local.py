"""Unix sockets, inherited descriptors and shared memory: ways to a process of the host that need no IP."""
import array
import ctypes
import hashlib
import os
import socket
import stat

from kernel import LIBC, Failed, Skipped, need, probe, sockaddr_unix, syscall
from network import UDP, sendmmsg
from registry import attack

# Descriptors this process was born with, looked at before anything else is opened.
BORN_WITH = {}
for entry in os.listdir("/proc/self/fd"):
    try:
        BORN_WITH[int(entry)] = os.readlink("/proc/self/fd/" + entry)
    except OSError:
        pass


def is_secret(context, data):
    return hashlib.sha256(data).hexdigest() == context.get("secret_sha256")


def stream(context, name, connect):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        connect(connection)
        return probe(connection, name, context["token"])


attack("unix-stream")(lambda context: stream(
    context, "unix-stream", lambda s: s.connect(need(context, "unix_stream"))))
attack("unix-abstract")(lambda context: stream(
    context, "unix-abstract", lambda s: s.connect("\0" + need(context, "abstract"))))


@attack("unix-stream-symlink")
def unix_symlink(context):
    link = os.path.join(context["workspace"], "link-%d" % os.getpid())
    os.symlink(need(context, "unix_stream"), link)
    try:
        return stream(context, "unix-stream-symlink", lambda s: s.connect(link))
    finally:
        os.unlink(link)


@attack("unix-stream-hard-link")
def unix_hard_link(context):
    link = os.path.join(context["workspace"], "hard-%d" % os.getpid())
    os.link(need(context, "unix_stream"), link)
    try:
        return stream(context, "unix-stream-hard-link", lambda s: s.connect(link))
    finally:
        os.unlink(link)


@attack("unix-stream-relative")
def unix_relative(context):
    path = need(context, "unix_stream")
    os.chdir(os.path.dirname(path))
    return stream(context, "unix-stream-relative", lambda s: s.connect(os.path.basename(path)))


@attack("unix-stream-through-fd")
def unix_fd(context):
    path = need(context, "unix_stream")
    directory = os.open(os.path.dirname(path), os.O_PATH)
    return stream(context, "unix-stream-through-fd",
                  lambda s: s.connect("/proc/self/fd/%d/%s" % (directory, os.path.basename(path))))


@attack("unix-stream-magic-link")
def unix_magic_link(context):
    """An O_PATH descriptor of the socket itself, named through /proc/self/fd."""
    fd = os.open(need(context, "unix_stream"), os.O_PATH)
    return stream(context, "unix-stream-magic-link", lambda s: s.connect("/proc/self/fd/%d" % fd))


@attack("unix-stream-other-thread-root")
def unix_task_root(context):
    return stream(context, "unix-stream-other-thread-root",
                  lambda s: s.connect("/proc/thread-self/root" + need(context, "unix_stream")))


@attack("unix-stream-moved")
def unix_moved(context):
    """The host's socket under a new name: whoever judges by path alone is fooled."""
    path = need(context, "unix_stream")
    moved = path + ".moved"
    os.rename(path, moved)
    try:
        return stream(context, "unix-stream-moved", lambda s: s.connect(moved))
    finally:
        os.rename(moved, path)


@attack("unix-stream-padded")
def unix_padded(context):
    """The full 110 bytes of the structure, with bytes behind the path's end."""
    path = need(context, "unix_stream")
    address = sockaddr_unix(path).ljust(110, b"x")
    return stream(context, "unix-stream-padded", lambda s: syscall("connect", s.fileno(), address, 110))


@attack("unix-seqpacket")
def unix_seqpacket(context):
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.settimeout(2)
        connection.connect(need(context, "unix_seqpacket"))
        return probe(connection, "unix-seqpacket", context["token"])


def datagram(context, name, send):
    """The host's socket cannot answer an unbound sender: the harness tells what arrived."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.settimeout(2)
        send(sender, name.encode() + b"\n", need(context, "unix_dgram"))
    return False, "sent; the harness judges"


def connected(sender, data, path):
    sender.connect(path)
    sender.send(data)


attack("unix-datagram-connect")(lambda context: datagram(context, "unix-datagram-connect", connected))
attack("unix-datagram-sendto")(lambda context: datagram(
    context, "unix-datagram-sendto", lambda s, data, path: s.sendto(data, path)))
attack("unix-datagram-sendmsg")(lambda context: datagram(
    context, "unix-datagram-sendmsg", lambda s, data, path: s.sendmsg([data], [], 0, path)))
attack("unix-datagram-sendmmsg")(lambda context: datagram(
    context, "unix-datagram-sendmmsg", lambda s, data, path: sendmmsg(s.fileno(), data, sockaddr_unix(path))))
attack("unix-datagram-pass-fd")(lambda context: datagram(
    context, "unix-datagram-pass-fd",
    lambda s, data, path: s.sendmsg([data], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0]))], 0, path)))


@attack("unix-datagram-second-message")
def second_message(context):
    """sendmmsg whose first message has no address, or an own one, and whose second names the host's socket."""
    path = need(context, "unix_dgram")
    import struct
    data = ctypes.create_string_buffer(b"unix-datagram-second-message\n", 29)
    vector = ctypes.create_string_buffer(struct.pack("=QQ", ctypes.addressof(data), 29), 16)
    own = os.path.join(context["workspace"], "m%d" % os.getpid())
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver, \
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        receiver.bind(own)
        try:
            names = [ctypes.create_string_buffer(sockaddr_unix(name)) for name in (own, path)]
            headers = b"".join(
                struct.pack("=QIIQQQQiIII", ctypes.addressof(name), len(name.raw) - 1, 0, ctypes.addressof(vector), 1,
                            0, 0, 0, 0, 0, 0) for name in names)
            count = syscall("sendmmsg", sender.fileno(), ctypes.create_string_buffer(headers, len(headers)), 2, 0)
        finally:
            os.unlink(own)
    return False, "%d sent; the harness judges" % count


def own_path(context):
    return os.path.join(context["workspace"], "own-%d" % os.getpid())


@attack("honest-unix-stream", inside="works")
def honest_unix(context):
    """Sockets of the agent's own: in the workspace, in /tmp, by a relative path, abstract, and a pair."""
    base = own_path(context)
    os.chdir("/tmp")
    relative = "own-%d" % os.getpid()
    for name, called in ((base, base), ("\0" + base, "\0" + base), ("/tmp/" + relative, relative)):
        with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
            server.bind(name)
            server.listen(1)
            client.settimeout(2)
            try:
                client.connect(called)
                server.accept()[0].sendall(b"x")
                if client.recv(1) != b"x":
                    raise Failed("no byte")
            except OSError as failure:
                raise Failed("%r: %s" % (called, failure))
            finally:
                if not name.startswith("\0"):
                    os.unlink(name)
    one, two = socket.socketpair()
    one.sendall(b"x")
    return two.recv(1) == b"x", "workspace, abstract, relative, pair"


@attack("honest-unix-pass-fd", inside="works")
def honest_pass(context):
    """Servers hand work to their children this way."""
    one, two = socket.socketpair()
    reader, writer = os.pipe()
    one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [writer]))])
    _, control, _, _ = two.recvmsg(1, 100)
    os.write(array.array("i", control[0][2][:4])[0], b"y")
    return os.read(reader, 1) == b"y", "a pipe's end, through a pair"


@attack("honest-unix-datagram", inside="any: a sandbox may refuse the datagram kind, and should say so")
def honest_datagram(context):
    base = own_path(context)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server, \
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
        server.bind(base)
        try:
            server.settimeout(2)
            client.sendto(b"x", base)
            return server.recv(1) == b"x", "by path"
        finally:
            os.unlink(base)


@attack("honest-datagram-pair", inside="any: a sandbox may refuse the datagram kind, and should say so")
def honest_pair(context):
    one, two = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.send(b"x")
    return two.recv(1) == b"x", "a pair"


@attack("inherited-fds")
def inherited(context):
    """Every descriptor above 2 at start, but for what the interpreter opened: the script and the list itself."""
    here = os.path.dirname(os.path.abspath(__file__))
    found = {number: name for number, name in BORN_WITH.items()
             if number > 2 and not name.startswith(here) and "/proc/" not in name and "attacks" not in name}
    for number in found:
        try:
            if is_secret(context, os.pread(number, 100, 0)):
                return True, "read the secret from inherited fd %d" % number
        except OSError:
            pass
    return bool(found), "fds %s" % found if found else "only stdio"


@attack("stdio-directory")
def stdio_directory(context):
    """A directory on stdin is a door: openat(0, "..") ignores the mount namespace.

    Python itself refuses to start so: sh -c 'python3 attacks.py ... 9<&0 0</dev/null' moves it aside."""
    path = need(context, "secret")
    for number in sorted(BORN_WITH):
        if not os.path.exists("/proc/self/fd/%d" % number) or not stat.S_ISDIR(os.fstat(number).st_mode):
            continue
        for name in (os.path.basename(path), "../" * 30 + path):
            try:
                fd = os.open(name, os.O_RDONLY, dir_fd=number)
            except OSError:
                continue
            if is_secret(context, os.read(fd, 100)):
                return True, "read the secret through fd %d" % number
        return False, "fd %d is a directory, but the secret was not there" % number
    if context.get("stdin") == "dir":
        raise Failed("the directory did not come through: fds %s" % BORN_WITH)
    raise Skipped("no directory on stdio")


@attack("stdio-socket", outside="depends: needs a socket on stdio")
def stdio_socket(context):
    """A socket of the host's network on stdio: the agent's namespace does not hold it, so it must not be redirected."""
    for number in (0, 1, 2):
        if not stat.S_ISSOCK(os.fstat(number).st_mode):
            continue
        with socket.socket(fileno=os.dup(number)) as connection:
            connection.settimeout(1.5)
            if connection.family == socket.AF_UNIX:
                continue
            if connection.type == socket.SOCK_DGRAM:
                for how, send in UDP.items():
                    try:
                        send(connection, b"stdio-socket\n", tuple(need(context, "udp4")))
                        if connection.recv(100) == context["token"].encode():
                            return True, "a UDP socket on stdio, by " + how
                    except OSError:
                        continue
                raise Failed("a UDP socket came through, but reached nobody")
            syscall("connect", connection.fileno(), bytes(16), 16)
            connection.connect(tuple(need(context, "tcp4")))
            return probe(connection, "stdio-socket", context["token"])
    if context.get("stdin") in ("udp", "tcp"):
        raise Failed("the socket did not come through: fds %s" % BORN_WITH)
    raise Skipped("no socket on stdio")


@attack("sysv-shared-memory")
def sysv(context):
    identifier = LIBC.shmget(need(context, "sysv_key"), 0, 0)
    if identifier < 0:
        raise OSError(ctypes.get_errno(), "shmget")
    LIBC.shmat.restype = ctypes.c_void_p
    address = LIBC.shmat(identifier, None, 0o10000)
    if address in (None, ctypes.c_void_p(-1).value):
        raise OSError(ctypes.get_errno(), "shmat")
    return is_secret(context, ctypes.string_at(address, context["secret_length"])), "attached"


@attack("posix-message-queue", outside="depends: CONFIG_POSIX_MQUEUE")
def message_queue(context):
    fd = syscall(240, need(context, "mqueue").encode(), os.O_WRONLY, 0, None)
    syscall(242, fd, b"posix-message-queue\n", 20, 0, None)
    return False, "sent; the harness judges"
