# Children that belong to nobody: double fork, own session, deaf to requests; three of them, for twenty seconds.
for child in 1 2 3; do
    perl -MPOSIX=setsid -e '
        exit if fork;
        setsid();
        exit if fork;
        $SIG{$_} = "IGNORE" for qw(TERM HUP INT);
        open(STDIN, "<", "/dev/null");
        open(STDOUT, ">", "/dev/null");
        open(STDERR, ">", "/dev/null");
        my $end = time + 20;
        sleep 1 while time < $end;
    ' "daemon-$PAWL_DRILL_TOKEN" "$child" | cat # which ends when the last of the three generations let go
done
echo "left behind"
