"""Other processes: reading them, steering them, signalling them, outliving them."""
import ctypes
import errno
import fcntl
import os
import signal
import socket
import struct
import subprocess
import sys
import termios
import time

from kernel import CLONE, LIBC, Failed, Skipped, effective_capabilities, error_name, in_child, syscall, visible_pids
from local import is_secret, need
from registry import attack

MAIN = os.getpid()  # of the whole script: attacks run in forked children of it


def strangers(context):
    """Pids that are neither this process, nor its ancestors but pid 1, nor named as harmless."""
    own, pid = {os.getpid(), MAIN}, os.getppid()
    while pid > 1:
        own.add(pid)
        try:
            with open("/proc/%d/stat" % pid) as line:
                pid = int(line.read().rsplit(")", 1)[1].split()[1])
        except OSError:
            break
    wanted = {1, context.get("victim"), context.get("supervisor")} - {None, 0}
    return sorted((set(visible_pids()) | wanted) - (own - wanted))


def careful(context):
    """Whoever touches pid 1 or everybody may do so only where all of them are the harness's own."""
    if context.get("place") not in ("throwaway", "sandbox"):
        raise Skipped("only in a throw-away namespace or in a sandbox")


def outside_pids(context):
    careful(context)
    return [pid for pid in (1, context.get("victim"), context.get("supervisor")) if pid]


def each(pids, work):
    """The first success, else how each pid failed."""
    failures = []
    for pid in pids:
        try:
            return True, "pid %d: %s" % (pid, work(pid))
        except (OSError, Failed) as failure:
            failures.append("%d %s" % (pid, error_name(failure.errno) if isinstance(failure, OSError) else failure))
    raise Failed(", ".join(failures) or "no pid to try")


def ptrace(context, request):
    careful(context)

    def work(pid):
        syscall("ptrace", request, pid, 0, 0)
        if request == 16:
            os.waitpid(pid, 0x40000000)
        else:
            syscall("ptrace", 0x4207, pid, 0, 0)  # PTRACE_INTERRUPT, or the tracer cannot let go
            os.waitpid(pid, 0x40000000)
        syscall("ptrace", 17, pid, 0, 0)
        return "traced and let go"
    return each(strangers(context), work)


attack("ptrace-attach")(lambda context: ptrace(context, 16))
attack("ptrace-seize")(lambda context: ptrace(context, 0x4206))


def mapping(pid):
    with open("/proc/%d/maps" % pid) as maps:
        for line in maps:
            span, rights = line.split()[:2]
            if rights.startswith("rw"):
                return int(span.split("-")[0], 16)
    raise Failed("no writable mapping")


def memory(pid):
    start = mapping(pid)
    fd = os.open("/proc/%d/mem" % pid, os.O_RDWR)
    byte = os.pread(fd, 1, start)
    os.pwrite(fd, byte, start)
    return "read a byte and wrote it back"


attack("proc-mem-of-pid-1", outside="root")(lambda context: each(outside_pids(context)[:1], memory))
attack("proc-mem-of-outside")(lambda context: each(outside_pids(context)[1:], memory))


def vm(pid, name):
    start = mapping(pid)
    byte = ctypes.create_string_buffer(1)
    local = ctypes.create_string_buffer(struct.pack("=QQ", ctypes.addressof(byte), 1), 16)
    remote = ctypes.create_string_buffer(struct.pack("=QQ", start, 1), 16)
    syscall("process_vm_readv", pid, local, 1, remote, 1, 0)
    if name == "process_vm_writev":
        syscall(name, pid, local, 1, remote, 1, 0)
    return "one byte"


attack("process-vm-read")(lambda context: each(outside_pids(context), lambda pid: vm(pid, "process_vm_readv")))
attack("process-vm-write")(lambda context: each(outside_pids(context), lambda pid: vm(pid, "process_vm_writev")))


@attack("pidfd-getfd")
def pidfd_getfd(context):
    def work(pid):
        handle = syscall("pidfd_open", pid, 0)
        last = None
        for number in range(0, 64):
            try:
                return "took fd %d" % syscall("pidfd_getfd", handle, number, 0)
            except OSError as failure:
                last = failure
                if failure.errno != errno.EBADF:
                    break
        raise last
    return each(outside_pids(context), work)


def through(context, kind):
    careful(context)
    path = need(context, "secret")

    def work(pid):
        name = "/proc/%d/%s/%s" % (pid, kind, "../" * 30 + path if kind == "cwd" else path)
        with open(name, "rb") as file:
            if is_secret(context, file.read(200)):
                return "read the secret through " + kind
        raise Failed("another file")
    return each(strangers(context), work)


attack("proc-root")(lambda context: through(context, "root"))
attack("proc-cwd")(lambda context: through(context, "cwd"))


@attack("proc-fd")
def proc_fd(context):
    """Opens what others have open: the descriptors of pid 1 and of the outside."""
    def work(pid):
        for number in os.listdir("/proc/%d/fd" % pid):
            name = "/proc/%d/fd/%s" % (pid, number)
            if os.readlink(name).startswith("/") and not os.readlink(name).startswith("/dev"):
                os.close(os.open(name, os.O_RDONLY))
                return "opened " + os.readlink(name)
        raise Failed("nothing to open")
    return each(outside_pids(context), work)


@attack("proc-environ")
def environ(context):
    def work(pid):
        with open("/proc/%d/environ" % pid, "rb") as file:
            if b"PAWL_ATTACK_MARK" in file.read():
                return "read the environment"
        raise Failed("not the harness's environment")
    return each(strangers(context), work)


@attack("proc-lists-outside")
def lists(context):
    """Seeing the outside's processes at all."""
    mark = need(context, "victim_mark").encode()
    for pid in visible_pids():
        try:
            with open("/proc/%d/cmdline" % pid, "rb") as line:
                if mark in line.read():
                    return True, "the victim is visible as pid %d" % pid
        except OSError:
            pass
    raise Failed("%d processes visible, none of them the victim" % len(visible_pids()))


# Signals. Each has its own number, so that the victim's record names the attack.

SIGNALS = {"kill": 35, "tgkill": 36, "tkill": 37, "rt-sigqueueinfo": 38, "pidfd-send-signal": 39, "fcntl-owner": 40}


def send(context, name, how):
    careful(context)
    pid = need(context, "victim")
    how(pid, signal.SIGRTMIN - 34 + SIGNALS[name])
    return False, "sent without error; the harness judges"


def information(number):
    return ctypes.create_string_buffer(struct.pack("=iii", number, 0, -1), 128)


def by_pidfd(pid, number):
    syscall("pidfd_send_signal", syscall("pidfd_open", pid, 0), number, None, 0)


def by_owner(pid, number):
    """A pipe whose readiness is reported to a process of one's choice by a signal of one's choice."""
    one, two = socket.socketpair()
    fcntl.fcntl(one, 10, number)  # F_SETSIG
    fcntl.fcntl(one, fcntl.F_SETOWN, pid)
    fcntl.fcntl(one, fcntl.F_SETFL, fcntl.fcntl(one, fcntl.F_GETFL) | os.O_ASYNC)
    two.sendall(b"x")


HOW = {
    "kill": lambda pid, number: os.kill(pid, number),
    "tgkill": lambda pid, number: syscall("tgkill", pid, pid, number),
    "tkill": lambda pid, number: syscall("tkill", pid, number),
    "rt-sigqueueinfo": lambda pid, number: syscall("rt_sigqueueinfo", pid, number, information(number)),
    "pidfd-send-signal": by_pidfd,
    "fcntl-owner": by_owner,
}
for label, how in HOW.items():
    attack("signal-" + label)(lambda context, label=label, how=how: send(context, label, how))


@attack("signal-everybody")
def everybody(context):
    """kill(-1) with SIGWINCH, which harms nobody; the victim counts it."""
    careful(context)
    os.kill(-1, signal.SIGWINCH)
    return False, "sent; the harness judges"


@attack("signal-own-group")
def own_group(context):
    """kill(0): a process group may reach across the pid namespace, if the sandbox did not start a new one."""
    careful(context)
    os.kill(0, signal.SIGURG)
    return False, "sent; the harness judges"


@attack("priority-of-own-group")
def group_priority(context):
    """setpriority on the process group: the same leak without a signal."""
    os.setpriority(os.PRIO_PGRP, 0, 5)
    return False, "set to 5; the harness judges"


@attack("signal-terminal-owner", outside="depends: there is no pid namespace in between")
def terminal_owner(context):
    """F_SETOWN of the own group's number, as seen from inside, on a descriptor shared with the outside."""
    careful(context)
    one, two = socket.socketpair()
    fcntl.fcntl(one, 10, signal.SIGIO)
    signal.signal(signal.SIGIO, signal.SIG_IGN)
    group = os.getpgrp()
    if group == 0:
        return True, "the process group belongs to the outside (getpgrp() is 0)"
    raise Failed("the group %d is inside" % group)


@attack("join-outside-group")
def join_group(context):
    def work(pid):
        os.setpgid(0, pid)
        return "joined the process group"
    return each(outside_pids(context)[1:], work)


@attack("stop-outside")
def stop(context):
    """SIGSTOP to a process outside, at once taken back."""
    def work(pid):
        os.kill(pid, signal.SIGSTOP)
        time.sleep(0.05)
        with open("/proc/%d/stat" % pid) as line:
            state = line.read().rsplit(")", 1)[1].split()[0]
        os.kill(pid, signal.SIGCONT)
        if state != "T":
            raise Failed("still in state " + state)
        return "stopped"
    return each([context.get("victim")], work) if context.get("victim") else each(outside_pids(context), work)


@attack("kill-pid-1", outside="depends: pid 1 of a namespace ignores signals from within")
def kill_init(context):
    """Every signal to the sandbox's pid 1. The kernel protects it; a handler of its own might not."""
    careful(context)
    if context["place"] != "sandbox":
        raise Skipped("pid 1 is the harness")
    for number in (signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL, signal.SIGUSR1, signal.SIGHUP, signal.SIGQUIT):
        try:
            os.kill(1, number)
        except OSError as failure:
            raise Failed(error_name(failure.errno))
    time.sleep(0.1)
    with open("/proc/1/stat") as line:
        state = line.read().rsplit(")", 1)[1].split()[0]
    if state in "Tt":
        return True, "pid 1 is stopped"
    raise Failed("pid 1 is in state %s after six signals" % state)


# New namespaces.

def unshare(flag):
    def work():
        syscall("unshare", flag)
        return "unshared"
    return True, in_child(work)


def cloned(flag):
    """The raw clone of a single-threaded child, as fork would be but for the flag."""
    pid = syscall("clone", flag | signal.SIGCHLD, None, None, None, None)
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0x40000000)
    return True, "child %d in a new namespace" % pid


def cloned3(flag):
    arguments = ctypes.create_string_buffer(struct.pack("=8Q", flag, 0, 0, 0, signal.SIGCHLD, 0, 0, 0), 64)
    pid = syscall("clone3", arguments, 64)
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0x40000000)
    return True, "child %d in a new namespace" % pid


for label, flag in CLONE.items():
    outside = "yes" if label == "user" else "root"
    attack("unshare-" + label, outside=outside)(lambda context, flag=flag: unshare(flag))
    attack("clone3-" + label, outside=outside)(lambda context, flag=flag: cloned3(flag))
    if label != "time":
        attack("clone-" + label, outside=outside)(lambda context, flag=flag: cloned(flag))


@attack("unshare-user-and-net")
def user_and_net(context):
    """All rights in a namespace of one's own: the door to most kernel bugs."""
    def work():
        syscall("unshare", CLONE["user"] | CLONE["net"])
        return "capabilities %x" % effective_capabilities()
    return True, in_child(work)


@attack("setns", outside="root")
def setns(context):
    def work(pid):
        def enter():
            fd = os.open("/proc/%d/ns/net" % pid, os.O_RDONLY)
            syscall("setns", fd, 0)
            return "entered the network namespace"
        return in_child(enter)
    return each(outside_pids(context), work)


@attack("setns-pidfd", outside="root")
def setns_pidfd(context):
    def work(pid):
        def enter():
            syscall("setns", syscall("pidfd_open", pid, 0), CLONE["net"])
            return "entered the network namespace"
        return in_child(enter)
    return each(outside_pids(context), work)


# Living on.

@attack("survive")
def survive(context):
    """Forks twice, leaves the session, ignores every signal it may: the harness looks for it after the end."""
    mark = need(context, "survivor_mark")
    code = ("import os,signal,time\n"
            "for n in range(1,65):\n"
            " try: signal.signal(n, signal.SIG_IGN)\n"
            " except (OSError, ValueError): pass\n"
            "if os.fork(): os._exit(0)\n"
            "os.setsid()\n"
            "if os.fork(): os._exit(0)\n"
            "import ctypes; c=ctypes.CDLL(None); c.prctl(36,1,0,0,0); c.prctl(1,0,0,0,0)\n"
            "time.sleep(20)\n")
    subprocess.Popen([sys.executable, "-c", code, mark], stdin=subprocess.DEVNULL,
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.3)
    return False, "left behind; the harness judges"


@attack("continue-timer", inside="any: a process may continue itself; freezing by SIGSTOP alone does not hold it")
def continue_timer(context):
    """A POSIX timer that sends SIGCONT to its own process wakes it from SIGSTOP."""
    pid = os.fork()
    if pid == 0:
        signal.alarm(4)
        arm_continue_timer()
        while True:
            time.sleep(0.01)
    try:
        time.sleep(0.1)
        os.kill(pid, signal.SIGSTOP)
        time.sleep(0.3)
        with open("/proc/%d/stat" % pid) as line:
            state = line.read().rsplit(")", 1)[1].split()[0]
        return state != "T", "state %s after SIGSTOP" % state
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def arm_continue_timer():
    """timer_create(CLOCK_MONOTONIC, SIGEV_SIGNAL SIGCONT), eight of them, each every 20 ms or a little more.

    A handler, because Linux 6.13 disarms a timer whose signal is ignored; several, because a SIGSTOP drops a SIGCONT
    that is pending, and the timer behind that one does not come again."""
    signal.signal(signal.SIGCONT, lambda number, frame: None)
    for turn in range(8):
        event = ctypes.create_string_buffer(struct.pack("=Qii", 0, signal.SIGCONT, 0), 64)
        timer = ctypes.c_int(0)
        syscall(222, 1, event, timer)
        nanoseconds = 20_000_000 + 7_100_000 * turn
        period = struct.pack("=qqqq", 0, nanoseconds, 0, nanoseconds)
        syscall(223, timer.value, 0, ctypes.create_string_buffer(period, 32), None)


@attack("freeze-beater", inside="any: the freeze test reads its counter", seconds=60, heavy=True)
def freeze_beater(context):
    """Counts into a file of the workspace, with a timer that would continue it: it must stand still when frozen."""
    arm_continue_timer()
    path = os.path.join(context["workspace"], "counter")
    until = time.monotonic() + context.get("count_seconds", 30)
    turn = 0
    while time.monotonic() < until and not os.path.exists(os.path.join(context["workspace"], "counter-stop")):
        turn += 1
        with open(path + ".next", "w") as file:
            file.write(str(turn))
        os.rename(path + ".next", path)
        time.sleep(0.01)
    return False, "counted to %d" % turn


# The terminal.

def terminal(context, work):
    try:
        fd = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        fd = 0 if os.isatty(0) else None
    if fd is None:
        raise Skipped("no terminal")
    return work(fd)


@attack("terminal-input", outside="depends: a terminal, dev.tty.legacy_tiocsti")
def tiocsti(context):
    def work(fd):
        for byte in b"#pawl-tiocsti\n":
            fcntl.ioctl(fd, termios.TIOCSTI, bytes([byte]))
        return True, "typed into the terminal"
    return terminal(context, work)


@attack("terminal-linux", outside="depends: a virtual console")
def tioclinux(context):
    return terminal(context, lambda fd: (True, "ioctl %s" % fcntl.ioctl(fd, 0x541C, b"\x02" + bytes(31))))


@attack("terminal-input-high-bits", outside="depends: a terminal, dev.tty.legacy_tiocsti")
def tiocsti_high(context):
    """The kernel looks at 32 bits of the request (CVE-2019-10063 in Flatpak)."""
    def work(fd):
        byte = ctypes.create_string_buffer(b"#")
        syscall(16, fd, (1 << 32) | termios.TIOCSTI, byte)
        return True, "typed into the terminal"
    return terminal(context, work)


# Too many.

@attack("fork-bomb", seconds=90, heavy=True)
def fork_bomb(context):
    """Forks until it is refused, 20,000 or 50 more than the limit; every child only waits and is killed."""
    limit = context["limits"]["processes"]
    bound, children, why = min(20000, limit + 50), [], "the bound"
    try:
        while len(children) < bound:
            try:
                pid = os.fork()
            except OSError as failure:
                why = error_name(failure.errno)
                break
            if pid == 0:
                LIBC.prctl(1, 9, 0, 0, 0)
                signal.alarm(80)
                signal.pause()
                os._exit(0)
            children.append(pid)
    finally:
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        for pid in children:
            os.waitpid(pid, 0)
    return len(children) > limit, "%d children, then %s; the limit is %d" % (len(children), why, limit)


@attack("thread-bomb", seconds=90, heavy=True)
def thread_bomb(context):
    """The same with threads, which a limit on processes may forget."""
    import threading
    limit = context["limits"]["processes"]

    def work():
        threading.stack_size(65536)
        release, count = threading.Event(), 0
        try:
            while count < min(20000, limit + 50):
                threading.Thread(target=release.wait, daemon=True).start()
                count += 1
        except RuntimeError:
            pass
        release.set()
        return str(count)
    count = int(in_child(work, 80))
    return count > limit, "%d threads; the limit is %d" % (count, limit)
