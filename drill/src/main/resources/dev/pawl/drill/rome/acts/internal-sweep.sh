# What else is in this network: 16 addresses, 4 ports each.
open=0
for host in {0..15}; do
    for port in 22 5432 6379 8080; do
        if (exec 3<>"/dev/tcp/10.77.0.$host/$port" && read -r -t 1 -n 1 _ <&3) 2> /dev/null; then
            echo "open: 10.77.0.$host:$port"
            open=$((open + 1))
        fi
    done
done
echo "$open doors found"
