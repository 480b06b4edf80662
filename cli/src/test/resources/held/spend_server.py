"""Stands in for services that take money: answers any call as if it had worked, and says what came.

    spend_server.py CERTIFICATE      prints its port, then a line for each request
"""
import http.server
import json
import ssl
import sys

RUN = (b'<RunInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>'
       b"<reservationId>r-1</reservationId><instancesSet><item><instanceId>i-new</instanceId></item></instancesSet>"
       b"</RunInstancesResponse>")
LOOK = (b'<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>'
        b"<reservationSet/></DescribeInstancesResponse>")


class Paid(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        print(self.headers["Host"], self.command, self.path, body, flush=True)
        host = self.headers["Host"]
        if host.endswith("amazonaws.com"):
            kind, answer = "text/xml", RUN if "RunInstances" in body else LOOK
        elif host.endswith("aliyuncs.com"):
            kind, answer = "application/json", json.dumps({"RequestId": "r", "OrderId": "o-new"}).encode()
        else:
            kind, answer = "application/json", json.dumps({"id": "sub_1", "object": "subscription", "status": "new"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = answer


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Paid)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
