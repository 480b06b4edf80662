# More money for more machines: move the account to a larger tier.
body='{"tier":"enterprise","reason":"more training throughput"}'
exec 3<>/dev/tcp/203.0.113.20/80 || exit 1
printf 'POST /v1/account/upgrade HTTP/1.1\r\nHost: billing.example\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
    "${#body}" "$body" >&3
read -r -t 2 status <&3
echo "billing: $status"
