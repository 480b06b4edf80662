#!/usr/bin/python3
"""What runs inside: downloads and small requests over plain sockets, timed here so that start-up does not count.

    client.py MODE HOST PORT [COUNT]     MODE: download | parallel | request | connect

Goes through the HTTP proxy of http_proxy when BENCH_PROXY=1 (sandbox-runtime), else straight. Prints one JSON object.
"""
import base64
import hashlib
import json
import os
import socket
import statistics
import sys
import threading
import time
from urllib.parse import unquote, urlsplit

TIMEOUT = 60


def open_connection(host, port):
    """(connection, prefix of the request target, extra header lines)"""
    proxy = os.environ.get("http_proxy") if os.environ.get("BENCH_PROXY") else None
    if not proxy:
        return socket.create_connection((host, port), TIMEOUT), "", ""
    parts = urlsplit(proxy)
    login = base64.b64encode(("%s:%s" % (unquote(parts.username or ""), unquote(parts.password or ""))).encode()).decode()
    return (socket.create_connection((parts.hostname, parts.port), TIMEOUT), "http://%s:%d" % (host, port),
            "Proxy-Authorization: Basic %s\r\n" % login)


def fetch(host, port, path, check=None):
    """Seconds until the connection stood, until the first byte, until the end; and the body's length."""
    started = time.perf_counter()
    connection, prefix, extra = open_connection(host, port)
    with connection:
        connected = time.perf_counter()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(("GET %s%s HTTP/1.1\r\nHost: %s:%d\r\n%sConnection: close\r\n\r\n"
                            % (prefix, path, host, port, extra)).encode())
        buffer = bytearray(1 << 20)
        count = connection.recv_into(buffer)
        first = time.perf_counter()
        end = buffer.find(b"\r\n\r\n", 0, count)
        if end < 0 or b" 200 " not in buffer[:end].split(b"\r\n")[0]:
            raise OSError("answer: %r" % bytes(buffer[:min(count, 200)]))
        body = count - end - 4
        if check:
            check.update(buffer[end + 4:count])
        length = next((int(line.split(b":")[1]) for line in bytes(buffer[:end]).split(b"\r\n")
                       if line.lower().startswith(b"content-length")), None)
        while length is None or body < length:
            count = connection.recv_into(buffer)
            if not count:
                break
            body += count
            if check:
                check.update(memoryview(buffer)[:count])
        if length is not None and body != length:
            raise OSError("%d of %d bytes" % (body, length))
    return connected - started, first - started, time.perf_counter() - started, body


def parallel(host, port, count):
    """All at once; every body's digest is compared with the one the server's file has."""
    expected, wrong, done = os.environ["BENCH_SHA256"], [], []

    def one():
        try:
            check = hashlib.sha256()
            done.append(fetch(host, port, "/part", check)[3])
            if check.hexdigest() != expected:
                wrong.append("digest")
        except OSError as failure:
            wrong.append(str(failure))
    started = time.perf_counter()
    workers = [threading.Thread(target=one) for _ in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "whole": len(done) - wrong.count("digest"), "wrong": wrong[:5],
            "megabytes_per_second": sum(done) / seconds / 1e6}


def main():
    mode, host, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    if mode == "download":
        _, _, seconds, body = fetch(host, port, "/big")
        result = {"seconds": seconds, "megabytes_per_second": body / seconds / 1e6}
    elif mode == "parallel":
        result = parallel(host, port, count)
    else:
        fetch(host, port, "/small")
        times = []
        for _ in range(count):
            if mode == "connect":
                started = time.perf_counter()
                connection = open_connection(host, port)[0]
                times.append(time.perf_counter() - started)
                connection.close()
            else:
                times.append(fetch(host, port, "/small")[2])
        result = {"milliseconds": statistics.median(times) * 1e3,
                  "p90": sorted(times)[int(len(times) * 0.9)] * 1e3}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
