"""What `bench/wire` compares: nginx with TLS as the far side, HAProxy in its modes, and Pawl with one grant."""
import os
import pwd
import signal
import socket
import subprocess
import time

from sandboxes import HOST, HOST_PORT, Bare, Nginx, Pawl, free_port


def certificates(base):
    """A root, and a certificate of the host and of loopback under it; the root's path."""
    def openssl(*words):
        subprocess.run(("openssl",) + words, cwd=base, check=True, capture_output=True)
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "root.key",
            "-out", "root.pem", "-days", "2", "-subj", "/CN=bench root", "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "host.key", "-out",
            "host.csr", "-subj", "/CN=" + HOST)
    with open(os.path.join(base, "host.ext"), "w") as file:
        file.write("subjectAltName=DNS:%s,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n" % HOST)
    openssl("x509", "-req", "-in", "host.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "2",
            "-extfile", "host.ext", "-out", "host.pem")
    with open(os.path.join(base, "both.pem"), "w") as both:
        for name in ("host.pem", "host.key"):
            with open(os.path.join(base, name)) as part:
                both.write(part.read())
    return os.path.join(base, "root.pem")


class TlsNginx(Nginx):
    """nginx that serves the same files over TLS as well."""

    def __init__(self, base, megabytes, keys):
        self.tls_port = free_port()
        super().__init__(base, megabytes, """
  server {{ listen 127.0.0.1:{port} ssl backlog=4096; root {base}/www; default_type application/octet-stream;
    keepalive_requests 100000000; ssl_certificate {keys}/host.pem; ssl_certificate_key {keys}/host.key; }}
""".format(port=self.tls_port, base=base, keys=keys))


class HaProxy(Bare):
    """HAProxy with as many threads as there are processors: relays bytes (tcp), requests (http), or both under TLS."""
    name = "haproxy"

    def __init__(self, base, port, mode, keys):
        os.makedirs(base)
        super().__init__(base, free_port())
        front, back = ("ssl crt %s/both.pem" % keys, "ssl verify required ca-file %s/root.pem sni str(%s)"
                       % (keys, HOST)) if mode == "tls" else ("", "")
        configuration = os.path.join(base, "haproxy.cfg")
        with open(configuration, "w") as file:
            file.write("""global
  maxconn 8192
defaults
  mode {mode}
  {reuse}
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen bench
  bind 127.0.0.1:{port} {front}
  server far 127.0.0.1:{far} {back}
""".format(mode="tcp" if mode == "tcp" else "http", reuse="" if mode == "tcp" else "http-reuse safe",
                port=self.port, front=front, far=port, back=back))
        self.process = subprocess.Popen(["haproxy", "-q", "-f", configuration])
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise OSError("HAProxy did not start")

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)


class Wired(Pawl):
    """Pawl, cold, with one grant of one protocol; inspected where a root for the upstream is given."""

    def __init__(self, base, port, protocol, authority):
        os.makedirs(base)
        super().__init__(base, port, "pawl", False)
        grant = "{host: %s, port: %d, protocol: %s%s}" % (HOST, HOST_PORT, protocol, ", inspect: true" if authority else "")
        with open(self.charter, "w") as file:
            file.write("""agent: bench
owner: {name: %s}
purpose: measure
workspace: %s
network:
  allow: [%s]
  route: [{host: %s, to: "127.0.0.1:%d"}]
""" % (pwd.getpwuid(os.getuid()).pw_name, self.workspace, grant, HOST, port))
            if authority:
                file.write("  authorities: [%s]\n" % authority)
