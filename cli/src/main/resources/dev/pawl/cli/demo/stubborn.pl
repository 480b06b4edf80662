# An agent that will not end: deaf to every signal it may be deaf to, a connection held open, children that belong to
# nobody (double fork, sessions of their own), as deaf as it is. Arguments: number of children, a mark for the process
# table. Prints "ready" once all of them live. Ends by itself after a minute.
use strict;
use warnings;
use IO::Socket::INET;
use POSIX ();

$SIG{$_} = 'IGNORE' for qw(TERM INT HUP QUIT USR1 USR2 ALRM PIPE TSTP);
$| = 1;
my $host = $ENV{PAWL_DRILL_GRANTED};
my $socket = IO::Socket::INET->new(PeerAddr => $host, PeerPort => 80, Timeout => 5) or die "connect: $@\n";
print {$socket} "GET /v1/tasks HTTP/1.1\r\nHost: $host\r\n\r\n";
sysread($socket, my $reply, 1) or die "no reply\n";

pipe(my $read, my $write) or die "pipe: $!\n";
my $children = shift @ARGV;
for (1 .. $children) {
    my $child = fork // die "fork: $!\n";
    if ($child == 0) {
        POSIX::setsid();
        my $grandchild = fork // POSIX::_exit(1);
        POSIX::_exit(0) if $grandchild;
        syswrite($write, '.');
        my $end = time + 60;
        sleep 5 while time < $end;
        POSIX::_exit(0);
    }
    waitpid($child, 0);
}
close $write;
for (1 .. $children) {
    sysread($read, my $dot, 1) or die "a child is missing\n";
}
print "ready\n";
my $end = time + 60;
sleep 5 while time < $end;
