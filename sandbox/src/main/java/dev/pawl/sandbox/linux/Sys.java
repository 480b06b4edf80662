package dev.pawl.sandbox.linux;

import org.jspecify.annotations.Nullable;

/**
 * System calls by name, with their numbers on x86-64 and on aarch64 (the generic table). -1: not on that architecture.
 * The aarch64 column was written from the kernel's table and has not run on such a machine.
 */
public enum Sys {
    ACCEPT4(288, 242),
    ACCT(163, 89),
    ADD_KEY(248, 217),
    BIND(49, 200),
    BPF(321, 280),
    CHDIR(80, 49),
    CHMOD(90, -1),
    CHROOT(161, 51),
    CLOCK_ADJTIME(305, 266),
    CLOCK_SETTIME(227, 112),
    CLONE(56, 220),
    CLONE3(435, 435),
    CLOSE(3, 57),
    CLOSE_RANGE(436, 436),
    CONNECT(42, 203),
    CREAT(85, -1),
    DELETE_MODULE(176, 106),
    DUP3(292, 24),
    EXECVE(59, 221),
    EXECVEAT(322, 281),
    EXIT_GROUP(231, 94),
    FANOTIFY_INIT(300, 262),
    FCHMOD(91, 52),
    FCHMODAT(268, 53),
    FCHMODAT2(452, 452),
    FCNTL(72, 25),
    FINIT_MODULE(313, 273),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSOPEN(430, 430),
    FSPICK(433, 433),
    FSTATFS(138, 44),
    GETEGID(108, 177),
    GETEUID(107, 175),
    GETPEERNAME(52, 205),
    GETPGID(121, 155),
    GETSOCKNAME(51, 204),
    GETSOCKOPT(55, 209),
    GETTID(186, 178),
    INIT_MODULE(175, 105),
    INOTIFY_ADD_WATCH(254, 27),
    INOTIFY_INIT1(294, 26),
    IOCTL(16, 29),
    IO_URING_ENTER(426, 426),
    IO_URING_REGISTER(427, 427),
    IO_URING_SETUP(425, 425),
    IOPERM(173, -1),
    IOPL(172, -1),
    KCMP(312, 272),
    KEXEC_FILE_LOAD(320, 294),
    KEXEC_LOAD(246, 104),
    KEYCTL(250, 219),
    KILL(62, 129),
    LANDLOCK_ADD_RULE(445, 445),
    LANDLOCK_CREATE_RULESET(444, 444),
    LANDLOCK_RESTRICT_SELF(446, 446),
    LISTEN(50, 201),
    LOOKUP_DCOOKIE(212, 18),
    LSEEK(8, 62),
    MEMFD_CREATE(319, 279),
    MKNOD(133, -1),
    MKNODAT(259, 33),
    MOUNT(165, 40),
    MOUNT_SETATTR(442, 442),
    MOVE_MOUNT(429, 429),
    NAME_TO_HANDLE_AT(303, 264),
    NFSSERVCTL(180, 42),
    OPEN(2, -1),
    OPENAT(257, 56),
    OPENAT2(437, 437),
    OPEN_BY_HANDLE_AT(304, 265),
    OPEN_TREE(428, 428),
    OPEN_TREE_ATTR(467, 467),
    PERF_EVENT_OPEN(298, 241),
    PIDFD_GETFD(438, 438),
    PIDFD_OPEN(434, 434),
    PIDFD_SEND_SIGNAL(424, 424),
    PIPE2(293, 59),
    PIVOT_ROOT(155, 41),
    PPOLL(271, 73),
    PRCTL(157, 167),
    PRLIMIT64(302, 261),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    PTRACE(101, 117),
    QUOTACTL(179, 60),
    QUOTACTL_FD(443, 443),
    READ(0, 63),
    READLINKAT(267, 78),
    REBOOT(169, 142),
    RECVMSG(47, 212),
    REQUEST_KEY(249, 218),
    RT_SIGACTION(13, 134),
    RT_SIGPROCMASK(14, 135),
    SECCOMP(317, 277),
    SENDMMSG(307, 269),
    SENDMSG(46, 211),
    SENDTO(44, 206),
    SETDOMAINNAME(171, 162),
    SETHOSTNAME(170, 161),
    SETNS(308, 268),
    SETSID(112, 157),
    SETSOCKOPT(54, 208),
    SETTIMEOFDAY(164, 170),
    SHUTDOWN(48, 210),
    SIGNALFD4(289, 74),
    SOCKET(41, 198),
    SOCKETPAIR(53, 199),
    STATX(332, 291),
    SWAPOFF(168, 225),
    SWAPON(167, 224),
    SYSLOG(103, 116),
    UMASK(95, 166),
    UMOUNT2(166, 39),
    UNSHARE(272, 97),
    USELIB(134, -1),
    USERFAULTFD(323, 282),
    VHANGUP(153, 58),
    WAIT4(61, 260),
    WRITE(1, 64);

    private final int x86;
    private final int arm;

    Sys(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    /** The number on an architecture, or -1 where it has no such call. */
    public int number(Arch arch) {
        return switch (arch) {
            case X86_64 -> x86;
            case AARCH64 -> arm;
        };
    }

    /** The call with this number, or null. */
    public static @Nullable Sys of(Arch arch, int number) {
        for (Sys sys : values()) {
            if (sys.number(arch) == number) {
                return sys;
            }
        }
        return null;
    }
}
