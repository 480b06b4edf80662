# Run by bubblewrap in a fresh network namespace: ADDRESS... -- COMMAND...
# Mounts its own /proc, makes the addresses local, opens low ports to everybody, gives up its capabilities and becomes
# COMMAND.
# Perl because it is on every Debian (perl-base is essential) and iproute2 is not; constants are from linux/sockios.h,
# linux/prctl.h and the system call tables.
use strict;
use warnings;
use POSIX ();
use Socket;

my ($SIOCSIFADDR, $SIOCSIFNETMASK) = (0x8916, 0x891c);
my ($PR_CAP_AMBIENT, $PR_CAP_AMBIENT_CLEAR_ALL) = (47, 4);
my %PRCTL = (x86_64 => 157, aarch64 => 167);
my %MOUNT = (x86_64 => 165, aarch64 => 40);
my $machine = (POSIX::uname())[4];
exists $MOUNT{$machine} or die "drill namespace: unknown machine $machine\n";

# Processes are numbered anew here. Not by bubblewrap, which covers parts of its /proc: from below a covered one the
# kernel lets no nested sandbox mount its own.
my ($proc, $where) = ('proc', '/proc');
syscall($MOUNT{$machine}, $proc, $where, $proc, 0, 0) == 0 or die "drill namespace: /proc: $!\n";

socket(my $socket, AF_INET, SOCK_DGRAM, 0) or die "drill namespace: socket: $!\n";
my $alias = 0;
while (@ARGV) {
    my $address = shift @ARGV;
    last if $address eq '--';
    my $name = 'lo:' . $alias++;
    for my $set ([$SIOCSIFADDR, $address], [$SIOCSIFNETMASK, '255.255.255.255']) {
        my $request = pack('a16 a24', $name, pack_sockaddr_in(0, inet_aton($set->[1])));
        ioctl($socket, $set->[0], $request) or die "drill namespace: $address: $!\n";
    }
}
close $socket;

open(my $ports, '>', '/proc/sys/net/ipv4/ip_unprivileged_port_start') or die "drill namespace: low ports: $!\n";
print {$ports} "0\n";
close $ports or die "drill namespace: low ports: $!\n";

# As an ordinary user the capabilities given by bubblewrap are ambient; a nested bubblewrap refuses to start with them.
if ($> != 0) {
    syscall($PRCTL{$machine}, $PR_CAP_AMBIENT, $PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0 or die "drill namespace: prctl: $!\n";
}
exec { $ARGV[0] } @ARGV or die "drill namespace: $ARGV[0]: $!\n";
