"""Takes requests of S3 and STS over TLS and answers only those that are signed with the real key, in head and chunks.

    aws_server.py CERTIFICATE KEY_ID SECRET      prints its port, then a line for each request
"""
import hashlib
import hmac
import http.server
import ssl
import sys
import urllib.parse

KEY_ID, SECRET = sys.argv[2:4]
EMPTY = hashlib.sha256(b"").hexdigest()
stored = {}


def mac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signed(scope, text):
    key = ("AWS4" + SECRET).encode()
    for part in scope.split("/"):
        key = mac(key, part)
    return mac(key, text).hex()


class Aws(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def seed(self, path, query, payload):
        """The signature of the head that the real key makes, the one that stands there, and what chunks need."""
        words = self.headers.get("Authorization", "").replace(",", " ").split()
        fields = dict(word.split("=", 1) for word in words[1:])
        date = self.headers.get("X-Amz-Date", "")
        if not fields:
            fields = {"Credential": "", "SignedHeaders": "", "Signature": ""}
            pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
            for name, value in pairs:
                fields[name.removeprefix("X-Amz-")] = value
            date = fields.get("Date", "")
            query = "&".join(part for part in query.split("&") if not part.startswith("X-Amz-Signature="))
            payload = "UNSIGNED-PAYLOAD"
        user, _, scope = fields["Credential"].partition("/")
        names = fields["SignedHeaders"].split(";")
        canonical = "\n".join(
            [self.command, path, "&".join(sorted(part if "=" in part else part + "=" for part in query.split("&") if part))]
            + [name + ":" + " ".join(self.headers.get(name, "").split()) for name in names]
            + ["", ";".join(names), payload])
        text = "\n".join(["AWS4-HMAC-SHA256", date, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        right = user == KEY_ID and "host" in names and signed(scope, text) == fields["Signature"]
        return right, fields["Signature"], date, scope

    def chunks(self, body, previous, date, scope, sign):
        """What the chunks hold; None where a signature is not right."""
        content = b""
        while True:
            line, _, body = body.partition(b"\r\n")
            size = int(line.split(b";")[0], 16)
            data, body = body[:size], body[size:]
            if sign:
                text = "\n".join(["AWS4-HMAC-SHA256-PAYLOAD", date, scope, previous, EMPTY, hashlib.sha256(data).hexdigest()])
                previous = signed(scope, text)
                if line.decode().split("chunk-signature=")[1] != previous:
                    return None
            content += data
            if size == 0:
                return content
            body = body[2:]

    def answer(self):
        if self.headers.get("Transfer-Encoding", "") == "chunked":
            body = b""
            while True:
                part = self.rfile.read(int(self.rfile.readline(), 16))
                self.rfile.readline()
                body += part
                if not part:
                    break
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        path, _, query = self.path.partition("?")
        said = self.headers.get("X-Amz-Content-Sha256", hashlib.sha256(body).hexdigest())
        right, seed, date, scope = self.seed(path, query, said)
        if right and said.startswith("STREAMING"):
            body = self.chunks(body, seed, date, scope, "HMAC" in said)
            right = body is not None
        elif right and said != "UNSIGNED-PAYLOAD":
            right = said == hashlib.sha256(body).hexdigest()
        print(self.command, path, said if said.startswith(("S", "U")) else "digest", "right" if right else "wrong", flush=True)
        answer = b"<Error><Code>SignatureDoesNotMatch</Code></Error>"
        if right and b"GetCallerIdentity" in body:
            answer = (b'<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
                      b"<Arn>arn:aws:iam::1:user/agent</Arn><UserId>U</UserId><Account>1</Account>"
                      b"</GetCallerIdentityResult></GetCallerIdentityResponse>")
        elif right and self.command == "PUT":
            stored[path] = body
            answer = b""
        elif right:
            answer = stored.get(path, b"")
        self.send_response(200 if right else 403)
        self.send_header("ETag", '"' + hashlib.md5(answer).hexdigest() + '"')
        self.send_header("Last-Modified", "Sun, 30 Aug 2015 12:36:00 GMT")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    do_GET = do_HEAD = do_PUT = do_POST = answer


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Aws)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
