"""The three ways to run a command that are compared: bare, Pawl and sandbox-runtime; and nginx as the far side."""
import hashlib
import json
import os
import pwd
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RUNTIME = "@anthropic-ai/sandbox-runtime@0.0.83"
HOST, HOST_PORT = "bench.example", 8080


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx:
    """Serves /big, /part and /small from files with sendfile, on loopback; `more` goes into its http section."""

    def __init__(self, base, megabytes, more=""):
        self.port, www = free_port(), os.path.join(base, "www")
        os.makedirs(www)
        block = os.urandom(1 << 20)
        with open(os.path.join(www, "big"), "wb") as file:
            for _ in range(megabytes):
                file.write(block)
        part = os.urandom(4 << 20)
        self.digest = hashlib.sha256(part).hexdigest()
        for name, data in (("part", part), ("small", os.urandom(1000))):
            with open(os.path.join(www, name), "wb") as file:
                file.write(data)
        for directory, _, names in os.walk(base):
            os.chmod(directory, 0o755)
        configuration = os.path.join(base, "nginx.conf")
        with open(configuration, "w") as file:
            file.write("""daemon off; worker_processes 2; pid {base}/nginx.pid; error_log {base}/error.log; {user}
events {{ worker_connections 4096; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_timeout 60;
  client_body_temp_path {base}/t1; proxy_temp_path {base}/t2; fastcgi_temp_path {base}/t3;
  uwsgi_temp_path {base}/t4; scgi_temp_path {base}/t5;
  server {{ listen 127.0.0.1:{port} backlog=4096; root {base}/www; default_type application/octet-stream;
    keepalive_requests 100000000; }} {more} }}
""".format(base=base, port=self.port, more=more, user="user root;" if os.getuid() == 0 else ""))
        self.process = subprocess.Popen(["nginx", "-p", base, "-c", configuration, "-e", base + "/error.log"])
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise OSError("nginx did not start")

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)


class Bare:
    name = "bare"

    def __init__(self, base, port):
        self.host, self.port, self.workspace = "127.0.0.1", port, os.path.join(base, "bare")
        os.makedirs(self.workspace)

    def command(self, words):
        return words

    def environment(self):
        return dict(os.environ)

    def run(self, words, extra=None, check=True):
        done = subprocess.run(self.command(words), cwd=self.workspace, env=dict(self.environment(), **(extra or {})),
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
        if check and done.returncode:
            raise OSError("%s: status %d: %s" % (self.name, done.returncode, done.stderr.decode(errors="replace")[-600:]))
        return done

    def client(self, mode, count=1, extra=None):
        """Runs client.py inside; its environment values go through env(1), which every sandbox passes on."""
        pairs = ["%s=%s" % pair for pair in (extra or {}).items()]
        script = os.path.join(self.workspace, "client.py")
        if not os.path.exists(script):
            shutil.copy(os.path.join(ROOT, "bench", "client.py"), script)
        words = ["/usr/bin/env"] + pairs + ["/usr/bin/python3", script, mode, self.host, str(self.port), str(count)]
        return json.loads(self.run(words).stdout.splitlines()[-1])

    def close(self):
        """Nothing to end."""


class Runtime(Bare):
    """sandbox-runtime from npm, its network open for the one address, all else as it comes."""
    name = "srt"

    def __init__(self, base, port, folder):
        self.host, self.port, self.workspace = "127.0.0.1", port, os.path.join(base, "srt")
        os.makedirs(self.workspace)
        self.program = os.path.join(folder, "node_modules", ".bin", "srt")
        if not os.path.exists(self.program):
            subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", folder, RUNTIME], check=True,
                           stdout=subprocess.DEVNULL)
        if not shutil.which("rg") or not shutil.which("socat"):
            raise OSError("sandbox-runtime needs ripgrep (rg) and socat")
        self.settings = os.path.join(base, "srt.json")
        with open(self.settings, "w") as file:
            json.dump({"network": {"allowedDomains": ["127.0.0.1:%d" % port], "deniedDomains": []},
                       "filesystem": {"denyRead": [], "allowWrite": [self.workspace], "denyWrite": []}}, file)

    def command(self, words):
        return [self.program, "--settings", self.settings, "-c", shlex.join(words)]

    def client(self, mode, count=1, extra=None):
        return super().client(mode, count, dict(extra or {}, BENCH_PROXY="1"))


class Pawl(Bare):
    """Pawl: cold, or with its server up."""

    def __init__(self, base, port, name, server):
        self.name, self.host, self.port = name, HOST, HOST_PORT
        self.workspace = os.path.join(base, name.replace(" ", "-"))
        self.home = os.path.join(base, name.replace(" ", "-") + "-home")
        os.makedirs(self.workspace)
        os.makedirs(self.home, mode=0o700)
        self.program, self.server = os.path.join(ROOT, "pawl"), None
        self.charter = os.path.join(base, name.replace(" ", "-") + ".yaml")
        user = pwd.getpwuid(os.getuid()).pw_name
        with open(self.charter, "w") as file:
            file.write("""agent: bench
owner:
  name: %s
purpose: measure
workspace: %s
network:
  allow:
    - host: %s
      port: %d
      protocol: tcp
  route:
    - host: %s
      to: 127.0.0.1:%d
""" % (user, self.workspace, HOST, HOST_PORT, HOST, port))
        if server:
            self.start_server()

    def start_server(self):
        self.server = subprocess.Popen([self.program, "up"], env=self.environment(), stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            if os.path.exists(os.path.join(self.environment()["PAWL_HOME"], "server.sock")):
                return
            if self.server.poll() is not None:
                break
            time.sleep(0.1)
        raise OSError("pawl up did not come up")

    def environment(self):
        return dict(os.environ, PAWL_HOME=self.home)

    def command(self, words):
        return [self.program, "run", "--charter", self.charter, "--"] + words

    def close(self):
        if self.server and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(20)


def available():
    return os.path.exists(os.path.join(ROOT, "pawl"))


def note(text):
    print(text, file=sys.stderr, flush=True)
