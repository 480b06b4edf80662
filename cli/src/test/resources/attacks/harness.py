#!/usr/bin/python3
"""Sets up the outside that attacks.py aims at, runs a command in it, and judges what arrived.

    python3 harness.py [--namespaces all|net|none] [--place throwaway|sandbox] [--stdin null|dir|tty|udp|tcp] -- COMMAND

In COMMAND {context}, {charter}, {workspace}, {attacks} stand for paths. The command's JSON lines come out again, with
"worked" set to true where a listener, a signal record or a file outside shows the attack's effect ("judged": true);
last a line {"summary": ...}. The exit status is 1 when an attack is not as registry.py expects it for this place.

--namespaces all makes pid, mount, network, ipc and uts namespaces, so that a bare run can harm nobody: its pid 1, its
loopback and its "everybody" are the harness's own. --namespaces net only makes the network one, where documentation
addresses are local. Both work for an ordinary user too.
"""
import argparse
import ctypes
import fcntl
import hashlib
import json
import os
import pty
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import threading
import time
import uuid

import granted

HERE = os.path.dirname(os.path.abspath(__file__))
LIBC = ctypes.CDLL(None, use_errno=True)
OUTSIDE4, OUTSIDE6 = "203.0.113.9", "2001:db8::9"
PROCESSES, TMP_MIB = 400, 64

VICTIM = """
import os, signal, sys, time
def note(number, frame): os.write(1, b"%d\\n" % number)
for number in range(1, 65):
    try: signal.signal(number, note)
    except (OSError, ValueError): pass
os.write(1, b"ready\\n")
while os.getppid() == int(sys.argv[2]): time.sleep(0.2)
"""

# The victim's record of a signal names the attack. 35 and up: processes.SIGNALS.
BY_SIGNAL = {35: "signal-kill", 36: "signal-tgkill", 37: "signal-tkill", 38: "signal-rt-sigqueueinfo",
             39: "signal-pidfd-send-signal", 40: "signal-fcntl-owner", 28: "signal-everybody"}


class Hits:
    """What arrived outside, by the attack's name. Thread-safe."""

    def __init__(self):
        self.lock, self.names = threading.Lock(), {}

    def add(self, name):
        with self.lock:
            self.names[name] = self.names.get(name, 0) + 1


def enter_namespaces(kind):
    if kind == "none" or os.environ.get("PAWL_HARNESS_INSIDE"):
        return
    flags = ["--net"] + (["--pid", "--mount", "--ipc", "--uts", "--fork", "--kill-child", "--mount-proc"]
                         if kind == "all" else [])
    if os.getuid():
        flags = ["--user", "--map-current-user", "--keep-caps"] + flags
    os.environ["PAWL_HARNESS_INSIDE"] = "1"
    os.execvp("unshare", ["unshare"] + flags + [sys.executable, os.path.abspath(__file__)] + sys.argv[1:])


def addresses():
    for command in (["link", "set", "lo", "up"], ["addr", "add", OUTSIDE4 + "/32", "dev", "lo"],
                    ["-6", "addr", "add", OUTSIDE6 + "/128", "dev", "lo", "nodad"]):
        subprocess.run(["ip"] + command, check=True)
    if os.path.exists("/proc/sys/kernel/ns_last_pid"):
        try:  # a victim's number that no sandbox reaches by counting up
            with open("/proc/sys/kernel/ns_last_pid", "w") as last:
                last.write("23000")
        except OSError:
            pass


def serve_stream(server, token, hits, label):
    def one(connection):
        with connection:
            try:
                connection.settimeout(2)
                line = connection.recv(200)
                name = line.split(b"\n")[0].decode(errors="replace") if line else "unnamed on " + label
                hits.add(name)
                connection.sendall(token.encode())
            except OSError:
                hits.add("unnamed on " + label)

    def loop():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()
    server.listen(512)
    threading.Thread(target=loop, daemon=True).start()


def serve_datagrams(server, token, hits):
    def loop():
        while True:
            try:
                data, sender = server.recvfrom(2000)
            except OSError:
                return
            hits.add(data.split(b"\n")[0].decode(errors="replace"))
            if sender:
                try:
                    server.sendto(token.encode(), sender)
                except OSError:
                    pass
    threading.Thread(target=loop, daemon=True).start()


def knock(port, token, hits, stop):
    """Tries to come in from outside for as long as the command runs."""
    while not stop.wait(0.05):
        for host in ("127.0.0.1", OUTSIDE4):
            try:
                with socket.create_connection((host, port), 0.5) as connection:
                    connection.settimeout(1)
                    if connection.getsockname() == connection.getpeername():
                        continue  # a connection to itself, when the kernel chose this very port
                    name = connection.recv(100).split(b"\n")[0].decode(errors="replace")
                    connection.sendall(token.encode())
                    hits.add(name)
            except OSError:
                pass


def bound(kind, family, address):
    server = socket.socket(family, kind)
    server.bind(address)
    return server


def drop_capabilities():
    """For an ordinary user: the harness may set up its namespace, the command has only what the user has."""
    if os.getuid():
        LIBC.prctl(47, 4, 0, 0, 0)


class Targets:
    def __init__(self, options):
        self.options, self.hits, self.stop, self.keep = options, Hits(), threading.Event(), []
        self.base = os.path.realpath(tempfile.mkdtemp(prefix="pawl-attack-"))
        self.workspace = os.path.join(self.base, "parent", "workspace")
        os.makedirs(self.workspace)
        os.chmod(self.base, 0o755)
        self.attacks = os.path.join(self.workspace, "attacks")
        shutil.copytree(HERE, self.attacks, ignore=shutil.ignore_patterns("__pycache__"))
        self.token = "pawl-token-" + uuid.uuid4().hex
        self.allowed_token = "pawl-token-" + uuid.uuid4().hex
        self.context = {"place": options.place, "stdin": options.stdin, "token": self.token,
                        "workspace": self.workspace,
                        "iterations": options.iterations, "connects": options.connects,
                        "limits": {"processes": PROCESSES, "tmp": TMP_MIB << 20}}
        self.network()
        self.local()
        self.secrets()
        self.processes()
        self.files()

    def network(self):
        inside = self.options.namespaces != "none"
        for key, family, kind, host in (
                ("tcp4", socket.AF_INET, 1, "127.0.0.1"), ("tcp6", socket.AF_INET6, 1, "::1"),
                ("udp4", socket.AF_INET, 2, "127.0.0.1"), ("udp6", socket.AF_INET6, 2, "::1"),
                ("outside4", socket.AF_INET, 1, OUTSIDE4), ("outside6", socket.AF_INET6, 1, OUTSIDE6),
                ("outside-udp4", socket.AF_INET, 2, OUTSIDE4)):
            if not inside and "outside" in key:
                continue
            server = bound(kind, family, (host, 0))
            self.keep.append(server)
            self.context[key] = [host, server.getsockname()[1]]
            if kind == 1:
                serve_stream(server, self.token, self.hits, key)
            else:
                serve_datagrams(server, self.token, self.hits)
        allowed = bound(1, socket.AF_INET, ("127.0.0.1", 0))
        serve_stream(allowed, self.allowed_token, Hits(), "allowed")
        self.keep.append(allowed)
        port = allowed.getsockname()[1]
        self.context["allowed"] = {"host": "allowed.example", "port": 8080, "address": ["127.0.0.1", port],
                                   "token": self.allowed_token}
        free = bound(1, socket.AF_INET, ("127.0.0.1", 0))
        self.context["knock"] = free.getsockname()[1]
        free.close()
        threading.Thread(target=knock, args=(self.context["knock"], self.token, self.hits, self.stop),
                         daemon=True).start()

    def local(self):
        for key, kind in (("unix_stream", 1), ("unix_seqpacket", 5), ("unix_dgram", 2)):
            path = os.path.join(self.workspace, key)
            server = bound(kind, socket.AF_UNIX, path)
            os.chmod(path, 0o777)
            self.keep.append(server)
            self.context[key] = path
            if kind == 2:
                serve_datagrams(server, self.token, self.hits)
            else:
                serve_stream(server, self.token, self.hits, key)
        name = "pawl-attack-" + uuid.uuid4().hex
        server = bound(1, socket.AF_UNIX, "\0" + name)
        self.keep.append(server)
        serve_stream(server, self.token, self.hits, "abstract")
        self.context["abstract"] = name

    def secrets(self):
        secret = ("pawl-secret-" + uuid.uuid4().hex).encode()
        outside = os.path.join(self.base, "outside")
        os.mkdir(outside)
        path = os.path.join(outside, "secret")
        home = os.path.join(os.path.expanduser("~"), ".pawl-attack-secret-" + uuid.uuid4().hex)
        for name in (path, home):
            try:
                with open(name, "wb") as file:
                    file.write(secret)
                os.chmod(name, 0o600)
            except OSError:
                home = None
        self.context.update(secret=path, home_secret=home, secret_length=len(secret),
                            secret_sha256=hashlib.sha256(secret).hexdigest())
        self.secret_fd = os.open(path, os.O_RDONLY)
        key = int.from_bytes(os.urandom(3), "big") + 1
        identifier = LIBC.shmget(key, 4096, 0o1000 | 0o666)
        if identifier >= 0:
            LIBC.shmat.restype = ctypes.c_void_p
            ctypes.memmove(LIBC.shmat(identifier, None, 0), secret, len(secret))
            self.shared_memory = identifier
            self.context["sysv_key"] = key
        self.queue_name = "pawl-attack-" + uuid.uuid4().hex
        self.queue = LIBC.syscall(240, self.queue_name.encode(), os.O_RDONLY | os.O_CREAT | os.O_NONBLOCK, 0o666, None)
        if self.queue >= 0:
            self.context["mqueue"] = self.queue_name

    def victim(self, mark, group=None):
        process = subprocess.Popen([sys.executable, "-c", VICTIM, mark, str(os.getpid())], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, env=dict(os.environ, PAWL_ATTACK_MARK="1"),
                                   pass_fds=(self.secret_fd,),
                                   preexec_fn=lambda: (drop_capabilities(), os.setpgid(0, 0)))
        process.stdout.readline()
        os.set_blocking(process.stdout.fileno(), False)
        return process

    def processes(self):
        mark = "pawl-victim-" + uuid.uuid4().hex
        self.first, self.second = self.victim(mark), self.victim(mark + "-group")
        # The secret is open in the victim too, for /proc/PID/fd.
        self.context.update(victim=self.first.pid, victim_mark=mark, survivor_mark="pawl-survivor-" + uuid.uuid4().hex)
        if self.options.place != "sandbox":
            self.context["supervisor"] = self.second.pid

    def files(self):
        mark = "pawl-plant-" + uuid.uuid4().hex
        self.context["plants"] = {
            "write-usr": "/usr/" + mark, "write-etc": "/etc/" + mark, "write-cron": "/etc/cron.d/" + mark,
            "write-tmp": "/tmp/" + mark, "write-shm": "/dev/shm/" + mark, "write-var-tmp": "/var/tmp/" + mark,
            "write-home": os.path.join(os.path.expanduser("~"), mark),
            "rename-workspace-parent": os.path.join(os.path.dirname(self.workspace), mark + "-renamed"),
            "write-above-workspace": os.path.join(os.path.dirname(self.workspace), mark)}
        home = os.environ.get("PAWL_HOME") or os.path.join(self.base, "pawl-home")
        os.makedirs(home, exist_ok=True)
        self.context["pawl_home"] = home
        self.charter = os.path.join(self.workspace, "pawl.yaml")
        self.context["charter"] = self.charter
        with open(self.charter, "w") as file:
            file.write(CHARTER.format(workspace=self.workspace, port=self.context["allowed"]["address"][1],
                                      processes=PROCESSES, tmp=TMP_MIB))
            if self.options.programs:
                file.write(granted.grants(self.base, self.workspace, self.context))
        self.charter_before = open(self.charter).read()
        self.path = os.path.join(self.workspace, "context.json")
        with open(self.path, "w") as file:
            json.dump(self.context, file)

    def judge(self):
        """Adds what only the outside can see."""
        time.sleep(0.3)  # what was sent last is still on its way to the threads
        for process, names in ((self.first, BY_SIGNAL), (self.second, {23: "signal-own-group"})):
            data = b""
            try:
                data = process.stdout.read() or b""
            except OSError:
                pass
            for number in data.split():
                if number.isdigit() and int(number) in names:
                    self.hits.add(names[int(number)])
            if process.poll() is not None:
                self.hits.add("killed the victim %d" % process.pid)
        if self.second.poll() is None and os.getpriority(os.PRIO_PROCESS, self.second.pid) != os.getpriority(
                os.PRIO_PROCESS, 0):
            self.hits.add("priority-of-own-group")
        for name, path in self.context["plants"].items():
            if os.path.lexists(path):
                self.hits.add(name)
                os.unlink(path)
        buffer = ctypes.create_string_buffer(8192)
        while self.queue >= 0 and LIBC.syscall(243, self.queue, buffer, 8192, None, None) > 0:
            self.hits.add(buffer.value.split(b"\n")[0].decode(errors="replace"))
        for pid in [int(name) for name in os.listdir("/proc") if name.isdigit()]:
            try:
                with open("/proc/%d/cmdline" % pid, "rb") as line:
                    if self.context["survivor_mark"].encode() in line.read():
                        self.hits.add("survive")
                        os.kill(pid, signal.SIGKILL)
            except OSError:
                pass

    def close(self):
        self.stop.set()
        for process in (self.first, self.second):
            process.kill()
            process.wait()
        if self.queue >= 0:
            LIBC.syscall(241, self.queue_name.encode())
        if "sysv_key" in self.context:
            LIBC.shmctl(self.shared_memory, 0, None)
        if self.context["home_secret"]:
            os.unlink(self.context["home_secret"])
        shutil.rmtree(self.base, ignore_errors=True)


CHARTER = """agent: attacker
owner:
  name: harness
purpose: try every way out
workspace: {workspace}
network:
  allow:
    - host: allowed.example
      port: 8080
      protocol: tcp
  route:
    - host: allowed.example
      to: 127.0.0.1:{port}
budget:
  processes: {processes}
  tmp: {tmp}MiB
"""


def standard_input(kind, targets):
    """(fd for the command, fd the harness looks at afterwards or None)"""
    if kind == "dir":
        return os.open(os.path.dirname(targets.context["secret"]), os.O_RDONLY), None
    if kind == "tty":
        master, slave = pty.openpty()
        return slave, master
    if kind == "udp":
        return bound(2, socket.AF_INET, ("127.0.0.1", 0)).detach(), None
    if kind == "tcp":
        return socket.create_connection(tuple(targets.context["allowed"]["address"])).detach(), None
    return os.open("/dev/null", os.O_RDONLY), None


def run(targets, command):
    places = {"{context}": targets.path, "{charter}": targets.charter, "{workspace}": targets.workspace,
              "{attacks}": os.path.join(targets.attacks, "attacks.py")}
    words = []
    for word in command:
        for name, value in places.items():
            word = word.replace(name, value)
        words.append(word)
    kind = targets.options.stdin
    given, master = standard_input(kind, targets)

    def prepare():
        drop_capabilities()
        if kind == "tty":
            os.setsid()
            fcntl.ioctl(given, termios.TIOCSCTTY, 0)
        else:
            os.setpgid(0, targets.second.pid)
    environment = dict(os.environ, PAWL_ATTACK_MARK="1")
    environment.pop("PAWL_HARNESS_INSIDE", None)
    environment.setdefault("PAWL_HOME", targets.context["pawl_home"])
    process = subprocess.Popen(words, stdin=given, stdout=subprocess.PIPE, cwd=targets.workspace, env=environment,
                               pass_fds=(targets.secret_fd,), preexec_fn=prepare)
    with open(targets.path + ".supervisor", "w") as file:
        file.write(str(process.pid))
    records, until, rest = [], time.monotonic() + targets.options.seconds, b""
    while True:
        left = until - time.monotonic()
        if left <= 0:
            process.kill()
            records.append({"attack": "whole-run", "worked": False, "hung": True, "detail": "longer than the limit"})
            break
        if not select.select([process.stdout], [], [], left)[0]:
            continue
        data = os.read(process.stdout.fileno(), 65536)
        if not data:
            break
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            try:
                record = json.loads(line)
                records.append(record)
                sys.stderr.write("." if not record.get("worked") else "W")
            except ValueError:
                sys.stderr.write(line.decode(errors="replace") + "\n")
    sys.stderr.write("\n")
    code = process.wait()
    if master is not None:
        os.set_blocking(given, False)
        attributes = termios.tcgetattr(given)
        attributes[3] &= ~termios.ICANON
        termios.tcsetattr(given, termios.TCSANOW, attributes)
        try:
            if b"pawl-tiocsti" in os.read(given, 4096):
                targets.hits.add("terminal-input")
        except OSError:
            pass
    return records, code


def verdict(record, place, expected):
    """None when the attack went as it must, else one word."""
    if record.get("hung"):
        return "HUNG"
    if record.get("broken"):
        return "BROKEN SCRIPT"
    outside, inside = expected.get(record["attack"], ("yes", "denied"))
    if place == "sandbox":
        if inside == "denied" and record["worked"]:
            return "ESCAPED"
        if inside == "works" and not record["worked"]:
            return "BROKEN INSIDE"
        return None
    must = outside == "yes" or outside == "root" and os.getuid() == 0
    return "NOT SHOWN" if must and not record["worked"] and not record.get("skipped") else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--namespaces", choices=["all", "net", "none"], default="all")
    parser.add_argument("--place", choices=["throwaway", "sandbox"], default="throwaway")
    parser.add_argument("--stdin", choices=["null", "dir", "tty", "udp", "tcp"], default="null")
    parser.add_argument("--iterations", type=int, default=10000)
    parser.add_argument("--connects", type=int, default=100000)
    parser.add_argument("--seconds", type=int, default=900)
    parser.add_argument("--programs", action="store_true", help="a charter that names its programs, and their list")
    parser.add_argument("--format", choices=["json", "tabs"], default="json",
                        help="tabs: attack, problem or -, worked or held, detail")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if options.place == "throwaway" and options.namespaces != "all":
        parser.error("a bare run needs its own namespaces")
    enter_namespaces(options.namespaces)
    if options.namespaces != "none":
        addresses()
    sys.path.insert(0, HERE)
    which = ["--programs"] if options.programs else []
    listed = subprocess.run([sys.executable, os.path.join(HERE, "attacks.py"), "--list"] + which, capture_output=True,
                            check=True)
    expected = {entry["attack"]: (entry["outside"], entry["inside"])
                for entry in map(json.loads, listed.stdout.splitlines())}
    targets = Targets(options)
    try:
        command = options.command[1:] if options.command[:1] == ["--"] else options.command
        records, code = run(targets, command)
        targets.judge()
    finally:
        targets.close()
    seen = {record["attack"] for record in records}
    for record in records:
        if targets.hits.names.get(record["attack"]) and not record["worked"]:
            record.update(worked=True, judged=True)
    for name, count in targets.hits.names.items():
        if name not in seen and options.place == "sandbox":
            records.append({"attack": name, "worked": True, "judged": True, "detail": "%d times, seen outside" % count})
    wrong = 0
    for record in records:
        problem = verdict(record, options.place, expected)
        if problem:
            wrong += 1
            record["problem"] = problem
        if options.format == "tabs":
            print("\t".join([record["attack"], record.get("problem", "-"), "worked" if record["worked"] else "held",
                             " ".join(record["detail"].split())]))
        else:
            print(json.dumps(record))
    if options.format == "json":
        print(json.dumps({"summary": {"attacks": len(records), "worked": sum(r["worked"] for r in records),
                                      "wrong": wrong, "exit": code}}), flush=True)
    sys.exit(1 if wrong or not records else 0)


if __name__ == "__main__":
    main()
