"""Ways out over IP: every call that can carry an address, every protocol, and sockets that need no address."""
import contextlib
import ctypes
import os
import socket
import struct
import time

from kernel import (MSG_FASTOPEN, Failed, Skipped, error_name, family, in_child, int80, low_memory, machine_code, probe,
                    sockaddr, sockaddr4, syscall)
from registry import attack


def target(context, name):
    if not context.get(name):
        raise Skipped("no target " + name)
    return context[name][0], context[name][1]


def tcp(context, name, key, protocol=0):
    host, port = target(context, key)
    with socket.socket(family(host), socket.SOCK_STREAM, protocol) as connection:
        connection.settimeout(2)
        connection.connect((host, port))
        return probe(connection, name, context["token"])


for label, key in (("tcp4", "tcp4"), ("tcp6", "tcp6"), ("tcp4-outside-address", "outside4"),
                   ("tcp6-outside-address", "outside6"), ("tcp4-host-address", "host4")):
    attack(label, outside="depends: needs the address" if "address" in label else "yes")(
        lambda context, label=label, key=key: tcp(context, label, key))


@attack("tcp-mapped-v6")
def tcp_mapped(context):
    host, port = target(context, "tcp4")
    with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as connection:
        connection.settimeout(2)
        connection.connect(("::ffff:" + host, port))
        return probe(connection, "tcp-mapped-v6", context["token"])


@attack("tcp-any-address")
def tcp_any(context):
    """0.0.0.0 means this host: a filter that only knows 127/8 misses it."""
    with socket.socket() as connection:
        connection.settimeout(2)
        connection.connect(("0.0.0.0", target(context, "tcp4")[1]))
        return probe(connection, "tcp-any-address", context["token"])


@attack("tcp-raw-syscall")
def tcp_raw_syscall(context):
    """No libc in between: what LD_PRELOAD guards or static binaries would miss."""
    host, port = target(context, "tcp4")
    fd = syscall("socket", socket.AF_INET, socket.SOCK_STREAM, 0)
    syscall("connect", fd, sockaddr(host, port), 16)
    return probe(socket.socket(fileno=fd), "tcp-raw-syscall", context["token"])


@attack("tcp-non-blocking")
def tcp_non_blocking(context):
    host, port = target(context, "tcp4")
    with socket.socket() as connection:
        connection.setblocking(False)
        code = connection.connect_ex((host, port))
        if code not in (0, 115):
            raise OSError(code, "connect")
        return probe(connection, "tcp-non-blocking", context["token"])


@attack("tcp-bound-source")
def tcp_bound(context):
    host, port = target(context, "tcp4")
    with socket.socket() as connection:
        connection.settimeout(2)
        connection.bind(("127.0.0.1", 0))
        connection.connect((host, port))
        return probe(connection, "tcp-bound-source", context["token"])


@attack("mptcp", outside="depends: CONFIG_MPTCP")
def mptcp(context):
    return tcp(context, "mptcp", "tcp4", 262)


@attack("tcp-unspec-reconnect")
def unspec(context):
    """Connects where it may, dissolves with AF_UNSPEC, connects the same socket elsewhere."""
    with socket.socket() as connection:
        connection.settimeout(2)
        connection.connect(allowed_address(context))
        syscall("connect", connection.fileno(), bytes(16), 16)
        connection.connect(target(context, "tcp4"))
        return probe(connection, "tcp-unspec-reconnect", context["token"])


def allowed_address(context):
    allowed = context.get("allowed")
    if not allowed:
        raise Skipped("no allowed destination")
    if context.get("place") == "sandbox":
        return socket.getaddrinfo(allowed["host"], allowed["port"], socket.AF_INET, socket.SOCK_STREAM)[0][4]
    return tuple(allowed["address"])


# TCP fast open: data and destination in one call, no connect.

@contextlib.contextmanager
def started():
    """Without a cookie from an earlier connection the first call only starts the handshake."""
    try:
        yield
    except BlockingIOError:
        pass


@attack("fastopen-sendto")
def fastopen_sendto(context):
    with socket.socket() as connection:
        connection.setblocking(False)
        with started():
            connection.sendto(b"fastopen-sendto\n", MSG_FASTOPEN, target(context, "tcp4"))
        return probe(connection, "fastopen-sendto", context["token"])


@attack("fastopen-sendmsg")
def fastopen_sendmsg(context):
    with socket.socket() as connection:
        connection.setblocking(False)
        with started():
            connection.sendmsg([b"fastopen-sendmsg\n"], [], MSG_FASTOPEN, target(context, "tcp4"))
        return probe(connection, "fastopen-sendmsg", context["token"])


@attack("fastopen-sendmmsg")
def fastopen_sendmmsg(context):
    with socket.socket() as connection:
        connection.setblocking(False)
        with started():
            sendmmsg(connection.fileno(), b"fastopen-sendmmsg\n", sockaddr(*target(context, "tcp4")), MSG_FASTOPEN)
        return probe(connection, "fastopen-sendmmsg", context["token"])


@attack("fastopen-connect-option")
def fastopen_option(context):
    with socket.socket() as connection:
        connection.settimeout(2)
        connection.setsockopt(socket.IPPROTO_TCP, 30, 1)  # TCP_FASTOPEN_CONNECT
        connection.connect(target(context, "tcp4"))
        return probe(connection, "fastopen-connect-option", context["token"])


# UDP: four calls, two families.

def udp(context, name, key, send):
    host, port = target(context, key)
    with socket.socket(family(host), socket.SOCK_DGRAM) as connection:
        connection.settimeout(1.0)
        send(connection, name.encode() + b"\n", (host, port))
        answer = connection.recv(100)
    if answer == context["token"].encode():
        return True, "the target answered"
    raise Failed("got %r" % answer)


def connected(connection, data, address):
    connection.connect(address)
    connection.send(data)


def sendmmsg(fd, data, address, flags=0, count=1):
    """struct mmsghdr of linux/socket.h by hand."""
    buffer = ctypes.create_string_buffer(data, len(data))
    name = ctypes.create_string_buffer(address, len(address))
    vector = ctypes.create_string_buffer(struct.pack("=QQ", ctypes.addressof(buffer), len(data)), 16)
    header = struct.pack("=QIIQQQQiIII", ctypes.addressof(name), len(address), 0, ctypes.addressof(vector), 1, 0, 0,
                         0, 0, 0, 0)
    return syscall("sendmmsg", fd, ctypes.create_string_buffer(header * count, len(header) * count), count, flags)


UDP = {
    "connect": connected,
    "sendto": lambda connection, data, address: connection.sendto(data, address),
    "sendmsg": lambda connection, data, address: connection.sendmsg([data], [], 0, address),
    "sendmmsg": lambda connection, data, address: sendmmsg(connection.fileno(), data, sockaddr(*address)),
}
for key in ("udp4", "udp6", "outside-udp4"):
    for how, send in UDP.items():
        attack("%s-%s" % (key, how), outside="depends: needs the address" if "outside" in key else "yes")(
            lambda context, name="%s-%s" % (key, how), key=key, send=send: udp(context, name, key, send))


@attack("udp-lite", outside="depends: CONFIG_NETFILTER and the UDP-Lite protocol, gone in Linux 7")
def udp_lite(context):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 136) as connection:
        connection.connect(target(context, "udp4"))
        return True, "a UDP-Lite socket, connected"


# Sockets that ask no connect at all, or that no grant can name.

def opens(family_number, kinds, name):
    failures = []
    for kind, protocol in kinds:
        try:
            socket.socket(family_number, kind, protocol).close()
            return True, "%s: socket(%d, %d, %d) opened" % (name, family_number, kind, protocol)
        except OSError as failure:
            failures.append(error_name(failure.errno))
    raise Failed(", ".join(sorted(set(failures))))


KINDS = [(kind, 0) for kind in (1, 2, 3, 4, 5, 6, 10)]
SOCKETS = {
    "raw-icmp": (2, [(3, 1)], "root"),
    "raw-ip": (2, [(3, 255)], "root"),
    "raw-tcp": (2, [(3, 6)], "root"),
    "raw-icmp6": (10, [(3, 58)], "root"),
    "ping": (2, [(2, 1)], "depends: net.ipv4.ping_group_range"),
    "ping6": (10, [(2, 58)], "depends: net.ipv4.ping_group_range"),
    "packet": (17, [(3, 0x0300), (2, 0x0300)], "root"),
    "sctp": (2, [(1, 132), (5, 132)], "depends: CONFIG_IP_SCTP"),
    "dccp": (2, [(6, 33)], "depends: CONFIG_IP_DCCP"),
    "l2tp": (2, [(2, 115)], "depends: CONFIG_L2TP_IP"),
    "smc-over-inet": (2, [(1, 256)], "depends: CONFIG_SMC"),
    "vsock": (40, KINDS, "depends: CONFIG_VSOCKETS"),
    "af-alg": (38, [(5, 0)], "depends: CONFIG_CRYPTO_USER_API"),
    "bluetooth": (31, [(k, p) for k in (1, 2, 3, 5) for p in range(8)], "depends: CONFIG_BT"),
    "can": (29, [(k, p) for k in (2, 3) for p in range(1, 8)], "depends: CONFIG_CAN"),
    "tipc": (30, KINDS, "depends: CONFIG_TIPC"),
    "xdp": (44, KINDS, "depends: CONFIG_XDP_SOCKETS"),
    "key-socket": (15, [(3, 2)], "depends: CONFIG_NET_KEY"),
    "kcm": (41, KINDS, "depends: CONFIG_AF_KCM"),
    "rds": (21, KINDS, "depends: CONFIG_RDS"),
    "nfc": (39, [(k, p) for k in (3, 5) for p in (0, 1)], "depends: CONFIG_NFC"),
    "qipcrtr": (42, KINDS, "depends: CONFIG_QRTR"),
    "mctp": (45, KINDS, "depends: CONFIG_MCTP"),
}
for label, (number, kinds, outside) in SOCKETS.items():
    attack("socket-" + label, outside=outside)(
        lambda context, label=label, number=number, kinds=kinds: opens(number, kinds, label))


@attack("socket-other-families", outside="depends: kernel configuration")
def other_families(context):
    found = []
    for number in list(range(3, 64)) + [1 << 16, (1 << 31) - 1]:
        if number == socket.AF_NETLINK or number == socket.AF_INET6:
            continue
        for kind in (1, 2, 3, 4, 5, 6, 10):
            try:
                fd = syscall("socket", number, kind, 0)
                os.close(fd)
                found.append("%d/%d" % (number, kind))
            except OSError:
                pass
    return bool(found), "opened " + " ".join(found) if found else "none of 63 families opened"


# Netlink: changing the routes, and the other kernel services behind it.

def netlink_change(message_type, body, flags=0x0605):
    """Flags: NLM_F_REQUEST, NLM_F_ACK and, unless told, NLM_F_CREATE and NLM_F_EXCL."""
    message = struct.pack("=IHHII", 16 + len(body), message_type, flags, 1, 0) + body
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as route:
        route.settimeout(2)
        route.bind((0, 0))
        route.send(message)
        answer = route.recv(4096)
    kind, code = struct.unpack_from("=H", answer, 4)[0], struct.unpack_from("=i", answer, 16)[0]
    if kind == 2 and code == 0:
        return True, "the kernel acknowledged the change"
    raise Failed(error_name(-code))


@attack("netlink-new-address", outside="root")
def netlink_address(context):
    address = socket.inet_aton("192.0.2.77")
    attributes = struct.pack("=HH4s", 8, 2, address) + struct.pack("=HH4s", 8, 1, address)
    return netlink_change(20, struct.pack("=BBBBI", socket.AF_INET, 32, 0, 0, 1) + attributes)


@attack("netlink-new-route", outside="root")
def netlink_route(context):
    attributes = struct.pack("=HH4s", 8, 1, socket.inet_aton("198.51.100.0")) + struct.pack("=HHI", 8, 4, 1)
    return netlink_change(24, struct.pack("=BBBBBBBBI", socket.AF_INET, 24, 0, 0, 254, 3, 253, 1, 0) + attributes)


@attack("netlink-link-down", outside="root")
def netlink_link(context):
    """Loopback stays up: the change is to the transmit queue length, which needs the same right."""
    return netlink_change(16, struct.pack("=BBHiII", 0, 0, 0, 1, 0, 0) + struct.pack("=HHI", 8, 13, 999), 5)


for label, number in {"usersock": 2, "sock-diag": 4, "nflog": 5, "xfrm": 6, "selinux": 7, "iscsi": 8, "audit": 9,
                      "fib-lookup": 10, "connector": 11, "netfilter": 12, "kobject-uevent": 15, "generic": 16,
                      "crypto": 21, "rdma": 20}.items():
    attack("netlink-" + label, outside="depends: kernel configuration")(
        lambda context, number=number: opens(16, [(3, number), (2, number)], "netlink"))


# Options that would leave the namespace's loopback or take another's address.

def with_option(context, name, level, option, value, bind=None, key="tcp4"):
    with socket.socket() as connection:
        connection.settimeout(2)
        connection.setsockopt(level, option, value)
        if bind:
            connection.bind(bind)
        connection.connect(target(context, key))
        return probe(connection, name, context["token"])


attack("option-bind-to-device")(lambda context: with_option(
    context, "option-bind-to-device", socket.SOL_SOCKET, 25, b"lo\0"))
attack("option-mark", outside="root")(lambda context: with_option(
    context, "option-mark", socket.SOL_SOCKET, 36, 1))


@attack("option-transparent", outside="root")
def transparent(context):
    """A source address that is not ours; the answer would go elsewhere, so binding it is the effect."""
    with socket.socket() as connection:
        connection.setsockopt(socket.IPPROTO_IP, 19, 1)
        connection.bind(("192.0.2.99", 0))
        return True, "bound to 192.0.2.99"


attack("option-freebind")(lambda context: with_option(
    context, "option-freebind", socket.IPPROTO_IP, 15, 1, ("127.0.0.9", 0)))


@attack("listen-for-outside")
def listen(context):
    """The other direction: the harness keeps knocking at this port of the host."""
    port = context.get("knock")
    if not port:
        raise Skipped("no port to be knocked at")
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("0.0.0.0", port))
        server.listen(8)
        server.settimeout(2)
        connection, _ = server.accept()
        with connection:
            return probe(connection, "listen-for-outside", context["token"])


@attack("relay-direct", outside="depends: there is no relay outside")
def relay_direct(context):
    """Talks to whatever listens in this namespace as if it were a proxy for the target."""
    host, port = target(context, "tcp4")
    own = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table) as lines:
            for line in list(lines)[1:]:
                fields = line.split()
                if fields[3] == "0A":
                    own.add(int(fields[1].rsplit(":", 1)[1], 16))
    direct = {value[1] for value in context.values() if isinstance(value, list) and len(value) == 2}
    tried = sorted(own - direct)
    if context["place"] != "sandbox":
        raise Skipped("no relay outside")
    for candidate in tried:
        for first in (b"CONNECT %s:%d HTTP/1.1\r\n\r\n" % (host.encode(), port), b"\x05\x01\x00",
                      b"\x04\x01" + struct.pack("!H", port) + socket.inet_aton(host) + b"\0",
                      b"PROXY TCP4 127.0.0.1 %s 1 %d\r\n" % (host.encode(), port),
                      b"GET http://%s:%d/ HTTP/1.0\r\n\r\n" % (host.encode(), port)):
            try:
                with socket.create_connection(("127.0.0.1", candidate), 1) as connection:
                    connection.settimeout(0.3)
                    connection.sendall(first)
                    connection.recv(200)
                    connection.sendall(b"relay-direct\n")
                    if context["token"].encode() in connection.recv(400):
                        return True, "through port %d" % candidate
            except OSError:
                continue
    raise Failed("nothing came through ports %s" % tried)


# Other entries to the same kernel.

@attack("int80-getpid", outside="depends: CONFIG_IA32_EMULATION")
def int80_getpid(context):
    def work():
        number = int80()(20, 0, 0, 0)
        if number < 0:
            raise OSError(-number, "int 0x80")
        return "getpid through int 0x80 gave %d" % number
    return True, in_child(work)


def int80_connect(context, name, call):
    host, port = target(context, "tcp4")

    def work():
        enter = int80()
        address, keep = low_memory(sockaddr4(host, port))
        fd = call(enter, address)
        answer = probe(socket.socket(fileno=fd), name, context["token"])
        keep.flush()
        return answer[1]
    return True, in_child(work)


def checked(result):
    if result < 0:
        raise OSError(-result, "int 0x80")
    return result


@attack("int80-connect", outside="depends: CONFIG_IA32_EMULATION")
def int80_direct(context):
    def call(enter, address):
        fd = checked(enter(359, socket.AF_INET, socket.SOCK_STREAM, 0))
        checked(enter(362, fd, address, 16))
        return fd
    return int80_connect(context, "int80-connect", call)


@attack("int80-socketcall", outside="depends: CONFIG_IA32_EMULATION")
def int80_socketcall(context):
    def call(enter, address):
        opening, keep_a = low_memory(struct.pack("=III", socket.AF_INET, socket.SOCK_STREAM, 0))
        fd = checked(enter(102, 1, opening, 0))
        connecting, keep_b = low_memory(struct.pack("=III", fd, address, 16))
        checked(enter(102, 3, connecting, 0))
        keep_a.flush(), keep_b.flush()
        return fd
    return int80_connect(context, "int80-socketcall", call)


@attack("int80-connect-64-bit-socket", outside="depends: CONFIG_IA32_EMULATION")
def int80_mixed(context):
    """The socket comes from the 64-bit table, only connect from the 32-bit one."""
    def call(enter, address):
        fd = socket.socket().detach()
        checked(enter(362, fd, address, 16))
        return fd
    return int80_connect(context, "int80-connect-64-bit-socket", call)


@attack("x32-getpid", outside="depends: CONFIG_X86_X32_ABI")
def x32(context):
    return True, in_child(lambda: "getpid by x32 gave %d" % syscall(0x40000000 | 39))


@attack("x32-connect", outside="depends: CONFIG_X86_X32_ABI")
def x32_connect(context):
    host, port = target(context, "tcp4")

    def work():
        connection = socket.socket()
        syscall(0x40000000 | 42, connection.fileno(), sockaddr(host, port), 16)
        return probe(connection, "x32-connect", context["token"])[1]
    return True, in_child(work)


@attack("syscall-high-bits")
def high_bits(context):
    """The kernel drops the upper half of the number; so must a filter."""
    host, port = target(context, "tcp4")

    def work():
        connection = socket.socket()
        syscall((1 << 32) | 42, connection.fileno(), sockaddr(host, port), 16)
        return probe(connection, "syscall-high-bits", context["token"])[1]
    return True, in_child(work)


@attack("vfork-connect")
def vfork_connect(context):
    """vfork, connect in the child on the parent's memory, exit: eight instructions without a stack."""
    host, port = target(context, "tcp4")
    connection = socket.socket()
    run = machine_code(bytes.fromhex("b83a000000" "0f05" "85c0" "7510" "b82a000000" "0f05" "89c7" "b83c000000" "0f05"
                                     "c3"), ctypes.c_long, ctypes.c_long, ctypes.c_char_p, ctypes.c_long)
    pid = run(connection.fileno(), sockaddr(host, port), 16)
    if pid <= 0:
        raise Failed("vfork gave %d" % pid)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        raise Failed("the child was killed by signal %d" % os.WTERMSIG(status))
    if os.WEXITSTATUS(status):
        raise OSError(256 - os.WEXITSTATUS(status), "connect")
    return probe(connection, "vfork-connect", context["token"])


@attack("io-uring-setup", outside="depends: CONFIG_IO_URING and kernel.io_uring_disabled")
def io_uring_setup(context):
    return True, "fd %d" % syscall("io_uring_setup", 4, ctypes.create_string_buffer(120))


@attack("io-uring-connect", outside="depends: CONFIG_IO_URING and kernel.io_uring_disabled")
def io_uring_connect(context):
    """IORING_OP_SOCKET is not needed: the ring connects an ordinary socket without a connect call."""
    import mmap
    host, port = target(context, "tcp4")
    parameters = ctypes.create_string_buffer(120)
    ring = syscall("io_uring_setup", 4, parameters)
    numbers = struct.unpack("=30I", parameters.raw)
    sq, cq = numbers[10:20], numbers[20:30]  # struct io_sqring_offsets, io_cqring_offsets
    rings = mmap.mmap(ring, max(sq[6] + numbers[0] * 4, cq[5] + numbers[1] * 16), mmap.MAP_SHARED | mmap.MAP_POPULATE)
    entries = mmap.mmap(ring, numbers[0] * 64, mmap.MAP_SHARED | mmap.MAP_POPULATE, offset=0x10000000)
    connection = socket.socket()
    address = ctypes.create_string_buffer(sockaddr(host, port), 16)
    # opcode 16 = IORING_OP_CONNECT, addr2 (offset 8) = length, addr (offset 16) = address
    entries[0:64] = struct.pack("=BBHiQQIIQ", 16, 0, 0, connection.fileno(), 16, ctypes.addressof(address), 0, 0,
                                7) + bytes(24)
    rings[sq[6]:sq[6] + 4] = struct.pack("=I", 0)
    rings[sq[1]:sq[1] + 4] = struct.pack("=I", 1)
    syscall("io_uring_enter", ring, 1, 1, 1, None, 0)
    result = struct.unpack_from("=Qi", rings, cq[5])[1]
    if result < 0:
        raise OSError(-result, "io_uring connect")
    return probe(connection, "io-uring-connect", context["token"])


@attack("connects", seconds=180, heavy=True)
def connects(context):
    """100,000 connects to what is not granted: all fail, fast, and Pawl lives on."""
    host, port = target(context, "outside4" if context.get("outside4") else "tcp4")
    count, made, errors, started = context.get("connects", 100000), 0, {}, time.monotonic()
    for done in range(1, count + 1):
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("=ii", 1, 0))
            code = connection.connect_ex((host, port))
            made += code == 0
            errors[error_name(code) if code else "ok"] = errors.get(error_name(code) if code else "ok", 0) + 1
        if time.monotonic() - started > 170:
            break
    took = time.monotonic() - started
    return made > 0, "%d connects in %.1f s, %.0f a second, %s" % (done, took, done / took, errors)
