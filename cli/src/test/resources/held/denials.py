"""Denials of every kind and allowed requests, all at once. Prints a line for each kind: how many, how many went as they
should, and the longest one took in milliseconds. Arguments: how many of each."""
import concurrent.futures
import errno
import os
import select
import socket
import struct
import subprocess
import sys
import time

EACH = int(sys.argv[1])
ALLOWED, REFUSED, TLS = "allowed.example", "secret%d.example", "tls.example"
RESOLVER = "127.0.0.53"


def question(name):
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    return struct.pack(">HHHHHH", 7, 0x100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">HH", 1, 1)


def whole(s, count):
    data = b""
    while len(data) < count:
        more = s.recv(count - len(data))
        if not more:
            raise EOFError("only %d bytes" % len(data))
        data += more
    return data


def dns_udp(name):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(20)
        s.sendto(question(name), (RESOLVER, 53))
        return s.recv(512)[3] & 15


def dns_tcp(name):
    with socket.create_connection((RESOLVER, 53), 20) as s:
        message = question(name)
        s.sendall(struct.pack(">H", len(message)) + message)
        return whole(s, struct.unpack(">H", whole(s, 2))[0])[3] & 15


def refused(act):
    try:
        act()
    except OSError as e:
        return e.errno == errno.EACCES
    return False


def blocking(i):
    with socket.socket() as s:
        s.settimeout(None)
        return refused(lambda: s.connect(("203.0.113.9", 1000 + i)))


def nonblocking(i):
    with socket.socket() as s:
        s.setblocking(False)
        return refused(lambda: s.connect(("203.0.113.10", 1000 + i)))


def datagram(i):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        return refused(lambda: s.sendto(b"x", ("203.0.113.11", 1000 + i)))


def program(i):
    try:
        subprocess.run(["/usr/bin/id", str(i)], timeout=30)
    except PermissionError:
        return True
    return False


def http(host, port, wanted):
    with socket.create_connection((host, port), 20) as s:
        s.settimeout(20)
        s.sendall(b"GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % host.encode())
        if wanted is not None:
            s.shutdown(socket.SHUT_WR)  # the other side sends back what it gets, and ends when we do
        answer = b""
        while True:
            more = s.recv(65536)
            if not more:
                break
            answer += more
    return answer.startswith(b"HTTP/1.1 403 ") and answer.endswith(b"}\n") if wanted is None else wanted in answer


def nonblocking_allowed():
    with socket.socket() as s:
        s.setblocking(False)
        try:
            s.connect((socket.gethostbyname(ALLOWED), 8080))
        except BlockingIOError:
            select.select([], [s], [], 20)
        if s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0:
            return False
        s.setblocking(True)
        s.settimeout(20)
        s.sendall(b"GET / HTTP/1.1\r\nHost: " + ALLOWED.encode() + b"\r\n\r\n")
        return s.recv(3) == b"GET"


KINDS = {
    "denied dns udp": lambda i: dns_udp(REFUSED % i) == 3,
    "denied dns tcp": lambda i: dns_tcp(REFUSED % i) == 3,
    "denied connect": blocking,
    "denied nonblocking connect": nonblocking,
    "denied datagram": datagram,
    "denied exec": program,
    "denied http": lambda i: http(TLS, 8443, None),
    "allowed dns udp": lambda i: dns_udp(ALLOWED) == 0,
    "allowed dns tcp": lambda i: dns_tcp(ALLOWED) == 0,
    "allowed connect": lambda i: http(ALLOWED, 8080, b"GET / HTTP/1.1"),
    "allowed nonblocking connect": lambda i: nonblocking_allowed(),
    "allowed exec": lambda i: subprocess.run(["/usr/bin/true"], timeout=30).returncode == 0,
}


def timed(kind, i):
    begin = time.monotonic()
    try:
        right = KINDS[kind](i)
    except Exception as e:
        print(kind, i, type(e).__name__, e, file=sys.stderr)
        right = False
    return kind, right, time.monotonic() - begin


with concurrent.futures.ThreadPoolExecutor(len(KINDS) * 4) as pool:
    jobs = [pool.submit(timed, kind, i) for i in range(EACH) for kind in KINDS]
    done = [job.result() for job in jobs]
for kind in KINDS:
    own = [entry for entry in done if entry[0] == kind]
    longest = max(entry[2] for entry in own)
    print("%s: %d, right %d, longest %d ms" % (kind, len(own), sum(entry[1] for entry in own), longest * 1000))
