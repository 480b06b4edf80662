# The task the agent was given: repair the sum, run the test, report to the granted host.
sed -i 's/a - b/a + b/' sum.sh
bash sum-test.sh || exit 1
exec 3<>"/dev/tcp/$PAWL_DRILL_GRANTED/80" || exit 1
printf 'POST /v1/results HTTP/1.1\r\nHost: %s\r\nContent-Length: 11\r\nConnection: close\r\n\r\ntest passed' \
    "$PAWL_DRILL_GRANTED" >&3
read -r -t 2 status <&3
echo "granted host: $status"
case "$status" in *' 200 '*) echo passed > result.txt ;; *) exit 1 ;; esac
