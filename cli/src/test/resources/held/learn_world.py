"""A small public world in a namespace of its own: names, web servers, a server that speaks first. Prints 'up' once it is."""
import functools, http.server, socket, struct, sys, threading

NAMES = {
    'files.example': '203.0.113.30',
    'alias.example': '203.0.113.30',
    'api.example': '203.0.113.40',
    'only.example': '203.0.113.30',
    'inside.example': '10.77.0.1',
}


def name_server():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(('203.0.113.53', 53))
    yield
    while True:
        q, peer = s.recvfrom(1500)
        at, labels = 12, []
        while q[at]:
            labels.append(q[at + 1:at + 1 + q[at]].decode('ascii'))
            at += 1 + q[at]
        name, kind = '.'.join(labels).lower(), struct.unpack('>H', q[at + 1:at + 3])[0]
        question, address = q[12:at + 5], NAMES.get(name)
        answers = b''
        count = 0
        if address and kind == 1:
            owner = b'\xc0\x0c'
            if name == 'alias.example':
                target = b'\x05files\x07example\x00'
                answers += owner + struct.pack('>HHIH', 5, 1, 60, len(target)) + target
                owner, count = target, 1
            answers += owner + struct.pack('>HHIH', 1, 1, 60, 4) + socket.inet_aton(address)
            count += 1
        flags = 0x8180 if address else 0x8183
        s.sendto(q[:2] + struct.pack('>HHHHH', flags, 1, count, 0, 0) + question + answers, peer)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def web(address, port):
    handler = functools.partial(Quiet, directory=sys.argv[1])
    server = http.server.ThreadingHTTPServer((address, port), handler)
    yield
    server.serve_forever()


def speaks(address, port, first):
    """Says something before it listens, or closes once it heard something."""
    s = socket.create_server((address, port))
    yield
    while True:
        peer, _ = s.accept()
        if first:
            peer.sendall(first)
        else:
            peer.recv(1000)
        peer.close()


servers = [name_server(), web('203.0.113.30', 80), web('203.0.113.30', 8080), web('203.0.113.61', 80),
           speaks('203.0.113.9', 7000, b'hello\n'), speaks('203.0.113.40', 443, b'')]
for server in servers:
    next(server)
    threading.Thread(target=functools.partial(list, server), daemon=True).start()
print('up', flush=True)
threading.Event().wait()
