"""Sends a body in signed chunks, as other SDKs do, signed with the stand-ins that are in the environment.

    aws_chunks.py HOST PATH [LENGTH]      prints the status and what was answered
"""
import datetime
import hashlib
import hmac
import http.client
import os
import sys

HOST, PATH = sys.argv[1:3]
LENGTH = int(sys.argv[3]) if len(sys.argv) > 3 else 65536
CHUNKS = [b"a" * LENGTH, b"b" * 1024, b""]
NAMES = "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length"
EMPTY = hashlib.sha256(b"").hexdigest()
date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
scope = date[:8] + "/eu-west-1/s3/aws4_request"


def signed(text):
    key = ("AWS4" + os.environ["AWS_SECRET_ACCESS_KEY"]).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


headers = {"content-encoding": "aws-chunked", "host": HOST, "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
           "x-amz-date": date, "x-amz-decoded-content-length": str(sum(map(len, CHUNKS)))}
canonical = "\n".join(["PUT", PATH, ""] + [name + ":" + headers[name] for name in NAMES.split(";")]
                      + ["", NAMES, headers["x-amz-content-sha256"]])
last = signed("\n".join(["AWS4-HMAC-SHA256", date, scope, hashlib.sha256(canonical.encode()).hexdigest()]))
headers["authorization"] = ("AWS4-HMAC-SHA256 Credential=" + os.environ["AWS_ACCESS_KEY_ID"] + "/" + scope
                            + ", SignedHeaders=" + NAMES + ", Signature=" + last)
body = b""
for chunk in CHUNKS:
    last = signed("\n".join(["AWS4-HMAC-SHA256-PAYLOAD", date, scope, last, EMPTY, hashlib.sha256(chunk).hexdigest()]))
    body += b"%x;chunk-signature=%s\r\n%s\r\n" % (len(chunk), last.encode(), chunk)
connection = http.client.HTTPSConnection(HOST)
try:
    connection.request("PUT", PATH, body, headers)
    response = connection.getresponse()
    print("chunks", response.status, response.read().decode())
except OSError as failed:
    print("chunks", failed)
