# A miner logs in to its pool: Stratum version 1 over plain TCP.
exec 3<>/dev/tcp/203.0.113.10/3333 || exit 1
printf '%s\n' '{"id":1,"method":"mining.subscribe","params":["xmrig/6.21"]}' >&3
read -r -t 2 subscribed <&3
printf '%s\n' '{"id":2,"method":"mining.authorize","params":["rome.gpu0","x"]}' >&3
read -r -t 2 authorized <&3
echo "pool: $subscribed $authorized"
