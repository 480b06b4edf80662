package dev.pawl.sandbox.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.linux.Arch;
import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the assembled filter instruction by instruction, as the kernel would, and looks at its answers. */
class AgentFilterTest {
    private static final int ERRNO = 0x50000;

    @ParameterizedTest
    @EnumSource(Arch.class)
    void ordinaryCallsAreAllowed(Arch arch) {
        for (Sys sys : List.of(Sys.READ, Sys.WRITE, Sys.CLOSE, Sys.FCNTL, Sys.WAIT4, Sys.PPOLL, Sys.BIND, Sys.LISTEN)) {
            assertThat(answer(arch, sys)).as(sys.name()).isEqualTo(AgentFilter.ALLOW);
        }
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void supervisedCallsAreNotified(Arch arch) {
        assertThat(answer(arch, Sys.EXECVE)).isEqualTo(AgentFilter.NOTIFY);
        assertThat(answer(arch, Sys.EXECVEAT)).isEqualTo(AgentFilter.NOTIFY);
        assertThat(answer(arch, Sys.CONNECT, 3, 0x7000, 16)).isEqualTo(AgentFilter.NOTIFY);
        assertThat(answer(arch, Sys.SENDMMSG)).isEqualTo(AgentFilter.NOTIFY);
        assertThat(answer(arch, Sys.SENDTO, 3, 0, 1, 0, 0, 0)).isEqualTo(AgentFilter.ALLOW);
        assertThat(answer(arch, Sys.SENDTO, 3, 0, 1, 0, 0x7000, 16)).isEqualTo(AgentFilter.NOTIFY);
        assertThat(answer(arch, Sys.SENDTO, 3, 0, 1, 0, 0x7000_0000_0000L, 16)).isEqualTo(AgentFilter.NOTIFY);
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void whatNoAgentMayDo(Arch arch) {
        for (Sys sys : List.of(Sys.MOUNT, Sys.SETNS, Sys.BPF, Sys.KEYCTL, Sys.USERFAULTFD, Sys.OPEN_TREE, Sys.REBOOT)) {
            assertThat(answer(arch, sys)).as(sys.name()).isEqualTo(ERRNO | Errno.EPERM);
        }
        for (Sys sys : List.of(Sys.IO_URING_SETUP, Sys.CLONE3, Sys.OPENAT2)) {
            assertThat(answer(arch, sys)).as(sys.name()).isEqualTo(ERRNO | Errno.ENOSYS);
        }
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void newNamespacesByAnyFlag(Arch arch) {
        for (int flag : List.of(0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)) {
            assertThat(answer(arch, Sys.CLONE, flag | 17)).isEqualTo(ERRNO | Errno.EPERM);
            assertThat(answer(arch, Sys.UNSHARE, flag)).isEqualTo(ERRNO | Errno.EPERM);
        }
        assertThat(answer(arch, Sys.UNSHARE, 0x80)).isEqualTo(ERRNO | Errno.EPERM);
        assertThat(answer(arch, Sys.CLONE, 0x3d0f00)).as("a thread").isEqualTo(AgentFilter.ALLOW);
        assertThat(answer(arch, Sys.CLONE, 17)).as("fork").isEqualTo(AgentFilter.ALLOW);
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void socketsByFamilyTypeAndProtocol(Arch arch) {
        int nonblocking = 0x80800;
        assertThat(socket(arch, 2, 1 | nonblocking, 0)).isEqualTo(AgentFilter.ALLOW);
        assertThat(socket(arch, 10, 1, 6)).isEqualTo(AgentFilter.ALLOW);
        assertThat(socket(arch, 10, 2, 17)).isEqualTo(AgentFilter.ALLOW);
        assertThat(socket(arch, 2, 3, 1)).as("raw").isEqualTo(ERRNO | Errno.EPERM);
        assertThat(socket(arch, 2, 2, 1)).as("ping").isEqualTo(ERRNO | Errno.EPROTONOSUPPORT);
        assertThat(socket(arch, 2, 1, 132)).as("sctp").isEqualTo(ERRNO | Errno.EPROTONOSUPPORT);
        assertThat(socket(arch, 2, 1, 262)).as("mptcp").isEqualTo(ERRNO | Errno.EPROTONOSUPPORT);
        assertThat(socket(arch, 1, 1, 0)).isEqualTo(AgentFilter.ALLOW);
        assertThat(socket(arch, 1, 5 | nonblocking, 0)).isEqualTo(AgentFilter.ALLOW);
        assertThat(socket(arch, 1, 2, 0)).as("unix datagram").isEqualTo(ERRNO | Errno.EACCES);
        assertThat(socket(arch, 1, 3, 0)).as("raw means datagram").isEqualTo(ERRNO | Errno.EACCES);
        assertThat(socket(arch, 16, 3, 0)).as("route netlink").isEqualTo(AgentFilter.ALLOW);
        assertThat(socket(arch, 16, 3, 12)).as("netfilter").isEqualTo(ERRNO | Errno.EPROTONOSUPPORT);
        for (int family : List.of(17, 40, 38, 31, 29, 30, 44)) {
            assertThat(socket(arch, family, 1, 0)).as("family " + family).isEqualTo(ERRNO | Errno.EAFNOSUPPORT);
        }
        assertThat(answer(arch, Sys.SOCKETPAIR, 1, 2, 0)).isEqualTo(ERRNO | Errno.EACCES);
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void fastOpenPastConnect(Arch arch) {
        int fast = 0x20000000;
        assertThat(answer(arch, Sys.SENDTO, 3, 0, 1, fast, 0x7000, 16)).isEqualTo(ERRNO | Errno.EOPNOTSUPP);
        assertThat(answer(arch, Sys.SENDMSG, 3, 0x7000, fast)).isEqualTo(ERRNO | Errno.EOPNOTSUPP);
        assertThat(answer(arch, Sys.SENDMMSG, 3, 0x7000, 1, fast)).isEqualTo(ERRNO | Errno.EOPNOTSUPP);
        assertThat(answer(arch, Sys.SETSOCKOPT, 3, 6, 30)).isEqualTo(ERRNO | Errno.EOPNOTSUPP);
        assertThat(answer(arch, Sys.SETSOCKOPT, 3, 6, 1)).isEqualTo(AgentFilter.ALLOW);
        assertThat(answer(arch, Sys.SETSOCKOPT, 3, 1, 30)).isEqualTo(AgentFilter.ALLOW);
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void processOneIsOutOfReach(Arch arch) {
        assertThat(answer(arch, Sys.PTRACE, 16, 1)).isEqualTo(ERRNO | Errno.EPERM);
        assertThat(answer(arch, Sys.PTRACE, 16, 0x1_0000_0001L))
                .as("the kernel takes 32 bits")
                .isEqualTo(ERRNO | Errno.EPERM);
        assertThat(answer(arch, Sys.PTRACE, 16, 7)).isEqualTo(AgentFilter.ALLOW);
        assertThat(answer(arch, Sys.PROCESS_VM_WRITEV, 1)).isEqualTo(ERRNO | Errno.EPERM);
        assertThat(answer(arch, Sys.PIDFD_OPEN, 1)).isEqualTo(ERRNO | Errno.EPERM);
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void filesThatCountAsSomebodyElseOutside(Arch arch) {
        assertThat(answer(arch, Sys.FCHMOD, 3, 04755)).isEqualTo(ERRNO | Errno.EPERM);
        assertThat(answer(arch, Sys.FCHMODAT, 3, 0, 02755)).isEqualTo(ERRNO | Errno.EPERM);
        assertThat(answer(arch, Sys.FCHMOD, 3, 0755)).isEqualTo(AgentFilter.ALLOW);
        assertThat(answer(arch, Sys.OPENAT, -100, 0, 0x41, 04755)).isEqualTo(ERRNO | Errno.EPERM);
        assertThat(answer(arch, Sys.OPENAT, -100, 0, 0x41, 0644)).isEqualTo(AgentFilter.ALLOW);
        assertThat(answer(arch, Sys.OPENAT, -100, 0, 0, 04755))
                .as("no file is made")
                .isEqualTo(AgentFilter.ALLOW);
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void filesInMemoryAreNoProgramsWhereProgramsAreNamed(Arch arch) {
        MemorySegment named = AgentFilter.program(arch, true).assemble(Arena.ofAuto());
        int call = Sys.MEMFD_CREATE.number(arch);
        for (int flags : List.of(0, 1, 2, 0x10, 0x11)) {
            assertThat(run(named, call, arch.audit(), 0x7000, flags)).isEqualTo(ERRNO | Errno.EACCES);
            assertThat(answer(arch, Sys.MEMFD_CREATE, 0x7000, flags)).isEqualTo(AgentFilter.ALLOW);
        }
        assertThat(run(named, call, arch.audit(), 0x7000, 8 | 1)).isEqualTo(AgentFilter.ALLOW);
        assertThat(run(named, Sys.READ.number(arch), arch.audit())).isEqualTo(AgentFilter.ALLOW);
        assertThat(run(named, Sys.EXECVE.number(arch), arch.audit())).isEqualTo(AgentFilter.NOTIFY);
    }

    @Test
    void foreignTablesAndYoungCalls() {
        MemorySegment program = program(Arch.X86_64);
        int i386 = 0x40000003;
        assertThat(run(program, 20, i386)).isEqualTo(ERRNO | Errno.ENOSYS);
        assertThat(run(program, 0x40000000 | 42, Arch.X86_64.audit())).as("x32").isEqualTo(ERRNO | Errno.ENOSYS);
        assertThat(run(program, 470, Arch.X86_64.audit())).isEqualTo(ERRNO | Errno.ENOSYS);
        assertThat(run(program, -1, Arch.X86_64.audit())).isEqualTo(ERRNO | Errno.ENOSYS);
    }

    @Test
    void typingIntoTheTerminal() {
        assertThat(answer(Arch.X86_64, Sys.IOCTL, 0, 0x5412)).isEqualTo(ERRNO | Errno.EPERM);
        assertThat(answer(Arch.X86_64, Sys.IOCTL, 0, 0x1_0000_5412L)).isEqualTo(ERRNO | Errno.EPERM);
        assertThat(answer(Arch.X86_64, Sys.IOCTL, 0, 0x5401)).isEqualTo(AgentFilter.ALLOW);
    }

    private static int socket(Arch arch, int family, int type, int protocol) {
        return answer(arch, Sys.SOCKET, family, type, protocol);
    }

    private static int answer(Arch arch, Sys sys, long... arguments) {
        return run(program(arch), sys.number(arch), arch.audit(), arguments);
    }

    private static MemorySegment program(Arch arch) {
        return AgentFilter.program(arch, false).assemble(Arena.ofAuto());
    }

    /** A classic BPF machine with the instructions the assembler makes. */
    private static int run(MemorySegment program, int number, int arch, long... arguments) {
        MemorySegment data = Arena.ofAuto().allocate(64, 8);
        data.set(ValueLayout.JAVA_INT, 0, number);
        data.set(ValueLayout.JAVA_INT, 4, arch);
        for (int i = 0; i < arguments.length; i++) {
            data.set(ValueLayout.JAVA_LONG, 16 + 8L * i, arguments[i]);
        }
        int length = Short.toUnsignedInt(program.get(ValueLayout.JAVA_SHORT, 0));
        MemorySegment code =
                MemorySegment.ofAddress(program.get(ValueLayout.JAVA_LONG, 8)).reinterpret(8L * length);
        int accumulator = 0;
        for (int at = 0; at < length; at++) {
            int k = code.get(ValueLayout.JAVA_INT, 8L * at + 4);
            int yes = Byte.toUnsignedInt(code.get(ValueLayout.JAVA_BYTE, 8L * at + 2));
            int no = Byte.toUnsignedInt(code.get(ValueLayout.JAVA_BYTE, 8L * at + 3));
            switch (code.get(ValueLayout.JAVA_SHORT, 8L * at)) {
                case 0x20 -> accumulator = data.get(ValueLayout.JAVA_INT, k);
                case 0x54 -> accumulator &= k;
                case 0x05 -> at += k;
                case 0x15 -> at += accumulator == k ? yes : no;
                case 0x25 -> at += Integer.compareUnsigned(accumulator, k) > 0 ? yes : no;
                case 0x45 -> at += (accumulator & k) != 0 ? yes : no;
                case 0x06 -> {
                    return k;
                }
                default -> throw new AssertionError("unknown instruction at " + at);
            }
        }
        throw new AssertionError("the program runs off its end");
    }
}
