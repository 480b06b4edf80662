package dev.pawl.sandbox.seccomp;

import dev.pawl.sandbox.linux.Arch;
import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Sys;
import java.util.List;
import java.util.Map;

/**
 * What an agent's processes may ask of the kernel. Read it as a table: first what no agent may do, then what is looked
 * at closer, then what the supervisor is told of; everything else the kernel of the last review knows is allowed, and
 * calls younger than that are refused.
 *
 * <p>The kernel caches which calls are always allowed (Linux 5.11), so the length of this program costs nothing on
 * read, write and their like. A refusal is an errno, never a signal: a program that probes and falls back must live.
 */
final class AgentFilter {
    static final int ALLOW = 0x7fff0000;
    static final int NOTIFY = 0x7fc00000;
    private static final int ERRNO = 0x00050000;

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_TYPE_MASK = 0xf;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;
    private static final int TCP_FASTOPEN_CONNECT = 30;
    private static final int MSG_FASTOPEN = 0x20000000;
    /** CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET}; CLONE_NEWTIME is unshare's alone. */
    private static final int CLONE_NEW = 0x7e020000;

    private static final int CLONE_NEWTIME = 0x80;
    /** TIOCSTI, TIOCCONS, TIOCLINUX, TIOCSETD: typing into, or replacing the driver of, a terminal. */
    private static final int[] TERMINAL_CONTROL = {0x5412, 0x541D, 0x541C, 0x5423};

    /** Refused whatever the arguments, with EPERM. */
    private static final List<Sys> FORBIDDEN = List.of(
            // Mounts, and other ways to change what a path means.
            Sys.MOUNT,
            Sys.UMOUNT2,
            Sys.PIVOT_ROOT,
            Sys.CHROOT,
            Sys.MOVE_MOUNT,
            Sys.OPEN_TREE,
            Sys.OPEN_TREE_ATTR,
            Sys.FSOPEN,
            Sys.FSCONFIG,
            Sys.FSMOUNT,
            Sys.FSPICK,
            Sys.MOUNT_SETATTR,
            Sys.OPEN_BY_HANDLE_AT,
            Sys.NAME_TO_HANDLE_AT,
            Sys.QUOTACTL,
            Sys.QUOTACTL_FD,
            // Namespaces.
            Sys.SETNS,
            // Programs in the kernel, keys, and large attack surface with no use for an agent.
            Sys.BPF,
            Sys.PERF_EVENT_OPEN,
            Sys.USERFAULTFD,
            Sys.ADD_KEY,
            Sys.REQUEST_KEY,
            Sys.KEYCTL,
            Sys.KCMP,
            Sys.FANOTIFY_INIT,
            Sys.LOOKUP_DCOOKIE,
            Sys.USELIB,
            Sys.NFSSERVCTL,
            // The machine itself.
            Sys.INIT_MODULE,
            Sys.FINIT_MODULE,
            Sys.DELETE_MODULE,
            Sys.KEXEC_LOAD,
            Sys.KEXEC_FILE_LOAD,
            Sys.REBOOT,
            Sys.SWAPON,
            Sys.SWAPOFF,
            Sys.ACCT,
            Sys.SYSLOG,
            Sys.VHANGUP,
            Sys.SETHOSTNAME,
            Sys.SETDOMAINNAME,
            Sys.SETTIMEOFDAY,
            Sys.CLOCK_SETTIME,
            Sys.CLOCK_ADJTIME,
            Sys.IOPL,
            Sys.IOPERM);

    /**
     * Refused as if the kernel lacked them, so that programs fall back: io_uring would connect without a system call
     * to notice, and clone3 and openat2 hide their flags behind a pointer that BPF cannot follow.
     */
    private static final List<Sys> ABSENT =
            List.of(Sys.IO_URING_SETUP, Sys.IO_URING_ENTER, Sys.IO_URING_REGISTER, Sys.CLONE3, Sys.OPENAT2);

    /** Calls whose argument of this index names a process; process 1 is bubblewrap's own, which has no filter. */
    private static final Map<Sys, Integer> ON_PROCESS = Map.of(
            Sys.PTRACE, 1,
            Sys.PROCESS_VM_READV, 0,
            Sys.PROCESS_VM_WRITEV, 0,
            Sys.PIDFD_OPEN, 0,
            Sys.PRLIMIT64, 0);

    /**
     * Calls whose argument of this index is the mode of a file. A program marked set-user-id in the workspace would
     * count outside, where the mark is honoured, as whoever started the run; for root that is everything.
     */
    private static final Map<Sys, Integer> ON_MODE = Map.of(
            Sys.CHMOD, 1,
            Sys.FCHMOD, 1,
            Sys.FCHMODAT, 2,
            Sys.FCHMODAT2, 2,
            Sys.MKNOD, 1,
            Sys.MKNODAT, 2,
            Sys.CREAT, 1);

    /** Calls whose argument of this index holds open flags; the next one is a mode if they make a file. */
    private static final Map<Sys, Integer> ON_OPEN = Map.of(Sys.OPEN, 1, Sys.OPENAT, 2);

    private static final int SET_ID = 06000;
    /** O_CREAT and the bit of O_TMPFILE that is its own. */
    private static final int MAKES_FILE = 0x400040;

    /** Linux 6.3: a file in memory that is not executable and cannot be made so; older kernels refuse the flag. */
    private static final int MFD_NOEXEC_SEAL = 8;

    /** Calls the supervisor answers. */
    private static final List<Sys> NOTIFIED = List.of(Sys.EXECVE, Sys.EXECVEAT, Sys.CONNECT);

    private AgentFilter() {}

    /** The filter of a run; with {@code namedPrograms}, of one that may run the programs of its charter and no other. */
    static Program program(Arch arch, boolean namedPrograms) {
        Program program = new Program();
        // Foreign calls (32-bit on x86-64) and the x32 table, whose numbers have bit 30 set.
        program.load(Program.ARCH).ifEqual(arch.audit(), "native").answer(ERRNO | Errno.ENOSYS);
        program.label("native").load(Program.NUMBER);
        program.ifGreater(arch.lastReviewed(), "young").jump("table");
        program.label("young").answer(ERRNO | Errno.ENOSYS).label("table");
        // First, because it is called most.
        sorted(ON_OPEN).forEach(entry -> opening(program, arch, entry.getKey(), entry.getValue()));
        for (Sys sys : FORBIDDEN) {
            refuse(program, arch, sys, Errno.EPERM);
        }
        for (Sys sys : ABSENT) {
            refuse(program, arch, sys, Errno.ENOSYS);
        }
        sorted(ON_PROCESS).forEach(entry -> processOne(program, arch, entry.getKey(), entry.getValue()));
        sorted(ON_MODE).forEach(entry -> mode(program, arch, entry.getKey(), entry.getValue()));
        namespaces(program, arch, Sys.CLONE, CLONE_NEW);
        namespaces(program, arch, Sys.UNSHARE, CLONE_NEW | CLONE_NEWTIME);
        terminal(program, arch);
        if (namedPrograms) {
            memory(program, arch);
        }
        sockets(program, arch);
        datagrams(program, arch);
        for (Sys sys : NOTIFIED) {
            one(program, arch, sys, "notify " + sys, () -> program.answer(NOTIFY));
        }
        return program.answer(ALLOW);
    }

    private static void refuse(Program program, Arch arch, Sys sys, int errno) {
        one(program, arch, sys, "refuse " + sys, () -> program.answer(ERRNO | errno));
    }

    /** Code that runs only for one call; it has to end in an answer. The accumulator holds the number before it. */
    private static void one(Program program, Arch arch, Sys sys, String name, Runnable body) {
        if (sys.number(arch) >= 0) {
            program.ifNotEqual(sys.number(arch), "after " + name);
            body.run();
            program.label("after " + name);
        }
    }

    private static List<Map.Entry<Sys, Integer>> sorted(Map<Sys, Integer> calls) {
        return calls.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    }

    private static void mode(Program program, Arch arch, Sys sys, int argument) {
        one(
                program,
                arch,
                sys,
                "mode " + sys,
                () -> program.loadLow(argument)
                        .ifAnyBit(SET_ID, "marked " + sys)
                        .answer(ALLOW)
                        .label("marked " + sys)
                        .answer(ERRNO | Errno.EPERM));
    }

    private static void opening(Program program, Arch arch, Sys sys, int argument) {
        one(
                program,
                arch,
                sys,
                "open " + sys,
                () -> program.loadLow(argument)
                        .ifAnyBit(MAKES_FILE, "making " + sys)
                        .answer(ALLOW)
                        .label("making " + sys)
                        .loadLow(argument + 1)
                        .ifAnyBit(SET_ID, "marking " + sys)
                        .answer(ALLOW)
                        .label("marking " + sys)
                        .answer(ERRNO | Errno.EPERM));
    }

    private static void processOne(Program program, Arch arch, Sys sys, int argument) {
        one(
                program,
                arch,
                sys,
                "process " + sys,
                () -> program.loadLow(argument)
                        .ifNotEqual(1, "other " + sys)
                        .answer(ERRNO | Errno.EPERM)
                        .label("other " + sys)
                        .answer(ALLOW));
    }

    private static void namespaces(Program program, Arch arch, Sys sys, int flags) {
        one(
                program,
                arch,
                sys,
                "namespaces " + sys,
                () -> program.loadLow(0)
                        .ifAnyBit(flags, "new " + sys)
                        .answer(ALLOW)
                        .label("new " + sys)
                        .answer(ERRNO | Errno.EPERM));
    }

    private static void terminal(Program program, Arch arch) {
        one(program, arch, Sys.IOCTL, "ioctl", () -> {
            program.loadLow(1);
            for (int request : TERMINAL_CONTROL) {
                program.ifEqual(request, "typing");
            }
            program.answer(ALLOW).label("typing").answer(ERRNO | Errno.EPERM);
        });
    }

    /**
     * Landlock has no say over files in memory (they lie in no mount that a path leads to), so they must not become
     * programs by themselves. EACCES is what the kernel answers where vm.memfd_noexec is 2.
     */
    private static void memory(Program program, Arch arch) {
        one(
                program,
                arch,
                Sys.MEMFD_CREATE,
                "memfd_create",
                () -> program.loadLow(1)
                        .ifAnyBit(MFD_NOEXEC_SEAL, "sealed")
                        .answer(ERRNO | Errno.EACCES)
                        .label("sealed")
                        .answer(ALLOW));
    }

    private static void sockets(Program program, Arch arch) {
        one(program, arch, Sys.SOCKET, "socket", () -> {
            program.loadLow(0)
                    .ifEqual(AF_UNIX, "unix")
                    .ifEqual(AF_INET, "internet")
                    .ifEqual(AF_INET6, "internet")
                    .ifEqual(AF_NETLINK, "netlink")
                    .answer(ERRNO | Errno.EAFNOSUPPORT);
            unix(program, "unix");
            program.label("internet")
                    .loadLow(1)
                    .and(SOCK_TYPE_MASK)
                    .ifEqual(SOCK_STREAM, "stream")
                    .ifEqual(SOCK_DGRAM, "datagram")
                    .answer(ERRNO | Errno.EPERM);
            program.label("stream").loadLow(2).ifEqual(0, "plain").ifEqual(IPPROTO_TCP, "plain");
            program.answer(ERRNO | Errno.EPROTONOSUPPORT);
            program.label("datagram").loadLow(2).ifEqual(0, "plain").ifEqual(IPPROTO_UDP, "plain");
            program.answer(ERRNO | Errno.EPROTONOSUPPORT);
            // NETLINK_ROUTE lists interfaces and addresses of the run's own namespace; without capabilities it
            // changes nothing.
            program.label("netlink").loadLow(2).ifEqual(0, "plain").answer(ERRNO | Errno.EPROTONOSUPPORT);
            program.label("plain").answer(ALLOW);
        });
        one(program, arch, Sys.SOCKETPAIR, "socketpair", () -> unix(program, "pair"));
    }

    /**
     * Unix sockets of the connected kinds only: a datagram socket names its receiver in sendmsg, behind a pointer, and
     * could reach a socket of the host that lies in the workspace. The kernel takes SOCK_RAW for SOCK_DGRAM here.
     */
    private static void unix(Program program, String label) {
        program.label(label)
                .loadLow(1)
                .and(SOCK_TYPE_MASK)
                .ifEqual(SOCK_STREAM, label + " connected")
                .ifEqual(SOCK_SEQPACKET, label + " connected")
                .answer(ERRNO | Errno.EACCES)
                .label(label + " connected")
                .answer(ALLOW);
    }

    /**
     * TCP fast open connects inside sendto and its like, past the connect call. Datagrams with an address are shown to
     * the supervisor so that they can be recorded; the namespace has no route for them either way.
     */
    private static void datagrams(Program program, Arch arch) {
        one(
                program,
                arch,
                Sys.SENDTO,
                "sendto",
                () -> program.loadLow(3)
                        .ifAnyBit(MSG_FASTOPEN, "fast sendto")
                        .loadLow(4)
                        .ifNotEqual(0, "addressed")
                        .loadHigh(4)
                        .ifNotEqual(0, "addressed")
                        .answer(ALLOW)
                        .label("addressed")
                        .answer(NOTIFY)
                        .label("fast sendto")
                        .answer(ERRNO | Errno.EOPNOTSUPP));
        one(
                program,
                arch,
                Sys.SENDMSG,
                "sendmsg",
                () -> program.loadLow(2)
                        .ifAnyBit(MSG_FASTOPEN, "fast sendmsg")
                        .answer(ALLOW)
                        .label("fast sendmsg")
                        .answer(ERRNO | Errno.EOPNOTSUPP));
        one(
                program,
                arch,
                Sys.SENDMMSG,
                "sendmmsg",
                () -> program.loadLow(3)
                        .ifAnyBit(MSG_FASTOPEN, "fast sendmmsg")
                        .answer(NOTIFY)
                        .label("fast sendmmsg")
                        .answer(ERRNO | Errno.EOPNOTSUPP));
        one(
                program,
                arch,
                Sys.SETSOCKOPT,
                "setsockopt",
                () -> program.loadLow(1)
                        .ifNotEqual(IPPROTO_TCP, "other option")
                        .loadLow(2)
                        .ifNotEqual(TCP_FASTOPEN_CONNECT, "other option")
                        .answer(ERRNO | Errno.EOPNOTSUPP)
                        .label("other option")
                        .answer(ALLOW));
    }
}
