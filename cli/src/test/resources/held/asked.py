"""Acts that a person is asked about; says what came of them."""
import ctypes
import glob
import os
import socket
import subprocess
import sys
import threading
import time


def get(host, port="80", timeout=None):
    try:
        # Without a timeout the socket blocks, with one it does not.
        with socket.create_connection((host, int(port)), timeout=timeout) as s:
            s.settimeout(timeout)
            s.sendall(b"GET / HTTP/1.0\r\nHost: " + host.encode() + b"\r\n\r\n")
            answer = b""
            while part := s.recv(4096):
                answer += part
        print(answer.split()[1].decode(), answer.splitlines()[-1].decode(), flush=True)
    except OSError as e:
        print(type(e).__name__, e, flush=True)


def wait_for(path):
    for _ in range(1200):
        if os.path.exists(path):
            return
        time.sleep(0.05)


def retry(host):
    get(host, timeout=1)
    print("gave up", flush=True)
    wait_for("go")
    get(host, timeout=20)


def run(*argv):
    try:
        done = subprocess.run(argv, capture_output=True, text=True)
        print(done.stdout, "exit", done.returncode, flush=True)
    except OSError as e:
        print(type(e).__name__, e, flush=True)


def rewrite(what):
    """One thread calls execve and waits; another changes what it points to."""
    libc = ctypes.CDLL(None, use_errno=True)
    argument = ctypes.create_string_buffer(b"-u", 16)
    variable = ctypes.create_string_buffer(b"X=GOOD", 16)
    argv = (ctypes.c_char_p * 3)(b"env", ctypes.addressof(argument), None)
    ctypes.cast(argv, ctypes.POINTER(ctypes.c_void_p))[1] = ctypes.addressof(argument)
    envp = (ctypes.c_char_p * 2)(None, None)
    ctypes.cast(envp, ctypes.POINTER(ctypes.c_void_p))[0] = ctypes.addressof(variable)

    def change():
        wait_for("change")
        if what == "arguments":
            argument.value = b"EVIL=1"
        else:
            variable.value = b"X=EVIL"
        print("rewritten", flush=True)

    if what == "environment":
        argument.value = b"-0"
    threading.Thread(target=change, daemon=True).start()
    libc.execve(b"/usr/bin/env", argv, envp)
    print("errno", ctypes.get_errno(), flush=True)


def self(host, home):
    """Asks, and tries to answer by the run's own sockets."""
    threading.Thread(target=get, args=(host,), daemon=True).start()
    wait_for("question")
    question = open("question").read()
    order = '{"do":"approve","question":"%s","scope":"run","actor":"root"}\n' % question
    places = glob.glob(home + "/runs/*/control.sock") + glob.glob("/tmp/pawl-approvals-*/*")
    places += [home + "/runs/x/control.sock", "/run/pawl/control.sock", "\0pawl/approvals"]
    for place in places:
        try:
            s = socket.socket(socket.AF_UNIX)
            s.connect(place)
            s.sendall(order.encode())
            print("REACHED", place, s.recv(1000), flush=True)
        except OSError:
            pass
    print("answered nothing", flush=True)
    time.sleep(60)


globals()[sys.argv[1]](*sys.argv[2:])
