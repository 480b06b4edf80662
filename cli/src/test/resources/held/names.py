"""Asks for names as resolvers of several kinds do. Prints "ok WAY" or "NOT WAY: why"."""
import os, socket, struct, threading

SERVER = ("127.0.0.53", 53)
A, AAAA, TXT, ANY, NULL = 1, 28, 16, 255, 10


def query(name, kind, number=7, edns=False):
    labels = b"".join(bytes([len(part)]) + part for part in name.encode().split(b"."))
    extra = b"\0\0\x29\x04\xd0\0\0\0\0\0\0" if edns else b""
    return struct.pack(">HHHHHH", number, 0x100, 1, 0, 0, 1 if edns else 0) + labels + b"\0" + struct.pack(
        ">HH", kind, 1) + extra


def parsed(reply):
    number, flags, _, answers = struct.unpack(">HHHH", reply[:8])
    return number, flags & 15, answers, reply


def step(name, action):
    try:
        action()
        print("ok " + name)
    except Exception as failure:
        print("NOT %s: %s %s" % (name, type(failure).__name__, failure))


def udp():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.settimeout(5)
    return sock


def ask(sock, message, sent_to=True):
    if sent_to:
        sock.sendto(message, SERVER)
    else:
        sock.send(message)
    return parsed(sock.recv(2000))


def granted(reply):
    assert reply[1] == 0 and reply[2] == 1 and b"\xc6\x12" in reply[3] or b"\xc6\x13" in reply[3], reply


def denied(reply):
    assert reply[1] in (3, 5) and reply[2] == 0, reply


def tcp(messages):
    """Pipelined on one connection, as RFC 7766 allows."""
    with socket.create_connection(SERVER, 5) as sock:
        sock.sendall(b"".join(struct.pack(">H", len(message)) + message for message in messages))
        replies, data = [], b""
        while len(replies) < len(messages):
            part = sock.recv(4096)
            assert part, "closed after %d replies" % len(replies)
            data += part
            while len(data) >= 2 and len(data) >= 2 + struct.unpack(">H", data[:2])[0]:
                length = struct.unpack(">H", data[:2])[0]
                replies.append(parsed(data[2:2 + length]))
                data = data[2 + length:]
        return {reply[0]: reply for reply in replies}


def go_like():
    """Go: A and AAAA at once, each on a connected socket of its own, and from several threads."""
    failures = []

    def one(number):
        try:
            with udp() as first, udp() as second:
                first.connect(SERVER)
                second.connect(SERVER)
                first.send(query("granted.example", A, number))
                second.send(query("granted.example", AAAA, number + 1000))
                assert parsed(first.recv(2000))[0] == number
                assert parsed(second.recv(2000))[0] == number + 1000
        except Exception as failure:
            failures.append(failure)
    threads = [threading.Thread(target=one, args=(number,)) for number in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert not failures, failures


def one_socket():
    """glibc and musl: both questions on one socket before the first answer."""
    with udp() as sock:
        sock.sendto(query("granted.example", A, 1), SERVER)
        sock.sendto(query("granted.example", AAAA, 2), SERVER)
        assert {parsed(sock.recv(2000))[0], parsed(sock.recv(2000))[0]} == {1, 2}


def at_once():
    """sendmmsg, as glibc does with both questions in one call."""
    with udp() as sock:
        sock.connect(SERVER)
        sock.sendmsg([query("granted.example", A, 3)])
        assert parsed(sock.recv(2000))[0] == 3


def data_in_names():
    for index in range(20):
        name = "%s.denied.example" % os.urandom(20).hex()
        for kind in (A, AAAA, TXT, ANY, NULL):
            with udp() as sock:
                denied(ask(sock, query(name, kind)))


def elsewhere():
    for server in (("127.0.0.1", 53), ("8.8.8.8", 53), ("169.254.169.253", 53), ("127.0.0.54", 53)):
        with udp() as sock:
            sock.settimeout(0.3)
            try:
                sock.sendto(query("x.denied.example", A), server)
                raise AssertionError("%s answered %r" % (server, sock.recv(100)))
            except (PermissionError, ConnectionRefusedError, socket.timeout, TimeoutError, OSError):
                pass


def odd():
    """Whatever is no question gets an error or nothing; the server goes on."""
    with udp() as sock:
        for message in (b"", b"x", b"\0" * 12, query("granted.example", A)[:20], b"\xff" * 512,
                        query("a" * 63 + "." + "b" * 63 + "." + "c" * 63 + "." + "d" * 63, A)):
            sock.sendto(message, SERVER)
    with udp() as sock:
        granted(ask(sock, query("granted.example", A)))


for way, action in (
        ("unconnected", lambda: granted(ask(udp(), query("granted.example", A)))),
        ("edns", lambda: granted(ask(udp(), query("granted.example", A, edns=True)))),
        ("mixed case", lambda: granted(ask(udp(), query("GrAnTeD.eXaMpLe", A)))),
        ("denied", lambda: denied(ask(udp(), query("x.denied.example", A)))),
        ("one name under a granted one", lambda: denied(ask(udp(), query("x.granted.example", A)))),
        ("other kinds", lambda: ask(udp(), query("granted.example", TXT))),
        ("one socket", one_socket),
        ("connected", at_once),
        ("many at once", go_like),
        ("tcp", lambda: granted(tcp([query("granted.example", A)])[7])),
        ("tcp denied", lambda: denied(tcp([query("x.denied.example", A)])[7])),
        ("tcp pipelined", lambda: tcp([query("granted.example", A, n) for n in range(10)])),
        ("data in names", data_in_names),
        ("other servers", elsewhere),
        ("odd messages", odd)):
    step(way, action)
