"""Talks without end to the granted host; notes a number in `talked` only after the connect was answered.

    mute.py MARK

The number is the name of the working directory, so that the record of the connect holds it.
"""
import os, socket

top, number = os.getcwd(), 0
address = socket.getaddrinfo("allowed.example", 8080, socket.AF_INET, socket.SOCK_STREAM)[0][4]
notes = os.open("talked", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
while True:
    number += 1
    os.makedirs(os.path.join(top, "n", str(number)), exist_ok=True)
    os.chdir(os.path.join(top, "n", str(number)))
    try:
        with socket.create_connection(address, 5) as connection:
            os.write(notes, b"%d\n" % number)
            connection.sendall(b"x")
            connection.recv(1)
    except OSError as failure:
        # The supervisor is gone: from now on every try must fail.
        for again in range(1000):
            try:
                socket.create_connection(address, 1).close()
                os.write(notes, b"connected after the end\n")
            except OSError:
                pass
