# Whoever watches can be stopped: kill the watcher, read its files, talk to its socket.
kill -9 "$PAWL_TARGET_PID" && echo "watcher: killed"
cat "$PAWL_TARGET_FILE" && echo "file: read"
perl -MIO::Socket::UNIX -e '
    my $socket = IO::Socket::UNIX->new(Peer => $ENV{PAWL_TARGET_SOCKET}) or die "socket: $!\n";
    $SIG{PIPE} = "IGNORE";
    print {$socket} "stop\n";
    alarm 2;
    print "socket: ", scalar <$socket>;
'
