"""Calls that need, or give, rights over the machine. The dangerous ones carry arguments the kernel refuses only
after its permission check: the errno then tells whether the right was there, and nothing happens."""
import ctypes
import mmap
import os
import shutil
import struct
import subprocess

from kernel import LIBC, Failed, Skipped, effective_capabilities, error_name, in_child, reached, syscall
from local import need
from network import target
from registry import attack


def after_check(name, call, *arguments, expect, outside="root"):
    attack(name, outside=outside)(lambda context: reached(call, *arguments, expect=expect))


MISSING = b"/nonexistent-pawl-attack"
after_check("reboot", "reboot", 0, 0, 0, None, expect=("EINVAL",))  # wrong magic
after_check("swapon", "swapon", MISSING, 0, expect=("ENOENT",))
after_check("swapoff", "swapoff", MISSING, expect=("ENOENT",))
after_check("acct", "acct", MISSING, expect=("ENOENT",))
after_check("sethostname", "sethostname", b"x", 4096, expect=("EINVAL",))
after_check("setdomainname", "setdomainname", b"x", 4096, expect=("EINVAL",))
after_check("settimeofday", "settimeofday", None, struct.pack("=ii", 100000, 0), expect=("EINVAL",))
after_check("adjtimex", "adjtimex", ctypes.create_string_buffer(struct.pack("=I", 0x4000), 208), expect=("EINVAL",))
after_check("clock-adjtime", "clock_adjtime", 0, ctypes.create_string_buffer(struct.pack("=I", 0x4000), 208),
            expect=("EINVAL",))
after_check("kexec-load", "kexec_load", 0, 17, None, 0xffff, expect=("EINVAL",),
            outside="depends: CONFIG_KEXEC, and root")
after_check("kexec-file-load", "kexec_file_load", -1, -1, 0, None, 0xffff, expect=("EINVAL", "EBADF"),
            outside="depends: CONFIG_KEXEC_FILE")
after_check("init-module", "init_module", None, 1 << 40, b"", expect=("EFAULT", "ENOMEM", "ENOEXEC", "EINVAL"),
            outside="depends: CONFIG_MODULES, and root")
after_check("finit-module", "finit_module", -1, b"", 0, expect=("EBADF",), outside="depends: CONFIG_MODULES, and root")
after_check("delete-module", "delete_module", b"nonexistent_pawl", 0, expect=("ENOENT",),
            outside="depends: CONFIG_MODULES, and root")
after_check("quotactl", "quotactl", (0x800002 << 8) & 0xffffffff, MISSING, 0, None,
            expect=("ENOENT", "ENOTBLK", "ESRCH", "EINVAL", "ENODEV"), outside="depends: CONFIG_QUOTA")
after_check("mount-setattr", "mount_setattr", -100, MISSING, 0, ctypes.create_string_buffer(
    struct.pack("=QQQQ", 1, 0, 0, 0), 32), 32, expect=("ENOENT",))
after_check("ioperm", "ioperm", 0x80, 1, 1, expect=(), outside="depends: CONFIG_X86_IOPL_IOPERM, and root")
after_check("iopl", "iopl", 3, expect=(), outside="depends: CONFIG_X86_IOPL_IOPERM, and root")
after_check("bpf-map", "bpf", 0, ctypes.create_string_buffer(struct.pack("=IIII", 2, 4, 8, 1), 72), 72, expect=(),
            outside="depends: CONFIG_BPF_SYSCALL, kernel.unprivileged_bpf_disabled")
after_check("bpf-program", "bpf", 5, ctypes.create_string_buffer(72), 72, expect=("EINVAL", "E2BIG", "EFAULT"),
            outside="depends: CONFIG_BPF_SYSCALL, kernel.unprivileged_bpf_disabled")
after_check("userfaultfd", "userfaultfd", 1, expect=(), outside="depends: CONFIG_USERFAULTFD")
after_check("userfaultfd-kernel", "userfaultfd", 0, expect=(), outside="depends: vm.unprivileged_userfaultfd")
after_check("fanotify", "fanotify_init", 0, 0, expect=(), outside="depends: CONFIG_FANOTIFY, and root")
after_check("keyctl-session", "keyctl", 1, None, expect=(), outside="depends: CONFIG_KEYS")
after_check("keyctl-user-keyring", "keyctl", 0, -4, 1, expect=(), outside="depends: CONFIG_KEYS")
after_check("add-key", "add_key", b"user", b"pawl-attack", b"x", 1, -1, expect=(), outside="depends: CONFIG_KEYS")
after_check("request-key", "request_key", b"user", b"pawl-attack-missing", None, 0,
            expect=("ENOKEY",), outside="depends: CONFIG_KEYS")
after_check("fsopen", "fsopen", b"tmpfs", 0, expect=())
after_check("open-tree-clone", "open_tree", -100, b"/", 1, expect=())
after_check("lookup-dcookie", "lookup_dcookie", 0, None, 0, expect=("EINVAL",), outside="depends: gone in Linux 6.7")
after_check("unknown-syscall-999", 999, expect=(), outside="depends: never")
after_check("unknown-syscall-huge", 0x3fffffff, expect=(), outside="depends: never")
after_check("unknown-syscall-negative", -1, expect=(), outside="depends: never")
after_check("nfsservctl", "nfsservctl", 0, None, None, expect=(), outside="depends: gone in Linux 3.1")

@attack("vhangup", outside="too dangerous: hangs up the terminal of whoever runs it")
def vhangup(context):
    if context["place"] != "sandbox":
        raise Skipped("would hang up the terminal")
    return reached("vhangup", expect=())


@attack("clock-settime", outside="too dangerous: a valid time would set the clock, an invalid one is refused before "
        "the permission check; settimeofday and adjtimex ask for the same right")
def clock_settime(context):
    if context["place"] != "sandbox" or effective_capabilities():
        raise Skipped("only without any capability, where it cannot succeed")
    now = ctypes.create_string_buffer(16)
    syscall(228, 0, now)
    return reached(227, 0, now, expect=())


@attack("kernel-log", outside="depends: kernel.dmesg_restrict")
def kernel_log(context):
    count = syscall("syslog", 3, ctypes.create_string_buffer(4096), 4096)
    return count > 0, "%d bytes of the kernel's log" % count


@attack("kernel-log-clear", outside="too dangerous: would clear the log")
def kernel_log_clear(context):
    if context["place"] != "sandbox":
        raise Skipped("would clear the log")
    return reached("syslog", 6, None, 0, expect=())  # SYSLOG_ACTION_CONSOLE_OFF, the mildest that needs the right


@attack("personality", inside="any: changes only the caller's own view of itself")
def personality(context):
    def work():
        syscall("personality", 0x0400000 | 0x0040000)  # READ_IMPLIES_EXEC, ADDR_NO_RANDOMIZE
        return "accepted"
    return True, in_child(work)


@attack("perf-event", outside="depends: kernel.perf_event_paranoid")
def perf(context):
    attributes = ctypes.create_string_buffer(struct.pack("=IIQQQQ", 1, 112, 0, 0, 0, 0), 112)
    fd = syscall("perf_event_open", attributes, 0, -1, -1, 0)
    return True, "fd %d" % fd


@attack("file-handle", outside="root")
def file_handle(context):
    """name_to_handle_at for the root directory, open_by_handle_at back: reaches files outside any mount."""
    handle = ctypes.create_string_buffer(struct.pack("=Ii", 128, 0), 136)
    mount = ctypes.c_int(0)
    # The file system of /work or /tmp may differ: the secret's own directory is the one that matters, else /.
    syscall("name_to_handle_at", -100, os.path.dirname(__file__).encode(), handle, mount, 0)
    root = os.open(os.path.dirname(__file__), os.O_RDONLY)
    fd = syscall("open_by_handle_at", root, handle, os.O_RDONLY)
    return True, "opened %s by its handle" % os.readlink("/proc/self/fd/%d" % fd)


# Mounting.

def mounting(work):
    return True, in_child(work)


@attack("mount-tmpfs", outside="root")
def mount_tmpfs(context):
    def work():
        directory = os.path.join(context["workspace"], "mount-%d" % os.getpid())
        os.mkdir(directory)
        try:
            syscall("mount", b"none", directory.encode(), b"tmpfs", 0, None)
            syscall("umount2", directory.encode(), 2)
        finally:
            os.rmdir(directory)
        return "mounted and unmounted"
    return mounting(work)


@attack("mount-bind", outside="root")
def mount_bind(context):
    def work():
        directory = os.path.join(context["workspace"], "bind-%d" % os.getpid())
        os.mkdir(directory)
        try:
            syscall("mount", b"/", directory.encode(), None, 4096, None)
            syscall("umount2", directory.encode(), 2)
        finally:
            os.rmdir(directory)
        return "bound / and unmounted"
    return mounting(work)


@attack("mount-proc", outside="root")
def mount_proc(context):
    def work():
        directory = os.path.join(context["workspace"], "proc-%d" % os.getpid())
        os.mkdir(directory)
        try:
            syscall("mount", b"proc", directory.encode(), b"proc", 0, None)
            syscall("umount2", directory.encode(), 2)
        finally:
            os.rmdir(directory)
        return "a fresh /proc"
    return mounting(work)


@attack("remount-root-writable", outside="root")
def remount(context):
    """Asks for what is already so outside; inside, /usr is mounted read-only."""
    return mounting(lambda: "remounted, %d" % syscall("mount", None, b"/usr" if os.path.ismount("/usr") else b"/",
                                                       None, 32 | 4096, None))


@attack("move-mount", outside="root")
def move_mount(context):
    return reached("move_mount", -100, MISSING, -100, MISSING, 0, expect=("ENOENT",))


@attack("chroot-escape", outside="root")
def chroot_escape(context):
    """The old way out of a root directory: chroot below, then .. from a working directory above."""
    def work():
        directory = os.path.join(context["workspace"], "root-%d" % os.getpid())
        os.mkdir(directory)
        try:
            outer = os.open(".", os.O_RDONLY)
            os.chroot(directory)
            os.fchdir(outer)
            for _ in range(64):
                os.chdir("..")
            os.chroot(".")
        finally:
            try:
                os.rmdir(directory)
            except OSError:
                pass
        return "chroot and out again"
    return True, in_child(work)


# Becoming somebody else.

@attack("setuid-0", outside="root")
def setuid(context):
    def work():
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)
        rights = effective_capabilities()
        if not rights:
            raise Failed("uid 0, but without any capability")
        return "uid 0 with capabilities %x" % rights
    return True, in_child(work)


@attack("change-to-other-user", outside="root")
def other_user(context):
    """Another uid has other limits and may signal other processes."""
    def work():
        os.setgroups([])
        os.setresgid(12345, 12345, 12345)
        os.setresuid(12345, 12345, 12345)
        return "became 12345"
    return True, in_child(work)


@attack("raise-capabilities", outside="root")
def capabilities(context):
    def work():
        header = ctypes.create_string_buffer(struct.pack("=Ii", 0x20080522, 0), 8)
        everything = ctypes.create_string_buffer(struct.pack("=6I", 0xffffffff, 0xffffffff, 0, 0x1ff, 0x1ff, 0), 24)
        syscall(125, header, data_now := ctypes.create_string_buffer(24))
        wanted = struct.unpack("=6I", data_now.raw)
        # Effective and permitted: everything permitted must become effective, and then something must be there.
        syscall(126, header, ctypes.create_string_buffer(struct.pack(
            "=6I", wanted[1] or 1, wanted[1] or 1, 0, wanted[4], wanted[4], 0), 24))
        del everything
        rights = effective_capabilities()
        if not rights:
            raise Failed("none")
        return "%x" % rights
    return True, in_child(work)


@attack("capabilities-at-start", outside="root")
def start_capabilities(context):
    rights = effective_capabilities()
    with open("/proc/self/status") as status:
        sets = {line.split(":")[0]: line.split()[1] for line in status if line.startswith("Cap")}
    useful = {name: value for name, value in sets.items() if name != "CapBnd" and int(value, 16)}
    return bool(rights or useful), str(sets)


@attack("no-new-privileges-off", outside="depends: never can be taken back; the question is whether it is on")
def no_new_privileges(context):
    if LIBC.prctl(39, 0, 0, 0, 0) == 1:
        raise Failed("on")
    return True, "setuid files would count"


@attack("setuid-file", outside="depends: su or passwd installed")
def setuid_file(context):
    """su to root and a read of what only root may: worked only with real rights afterwards."""
    found = []
    for command in (["su", "-c", "grep CapEff /proc/self/status", "root"],
                    ["sudo", "-n", "grep", "CapEff", "/proc/self/status"]):
        path = shutil.which(command[0])
        if not path:
            continue
        try:
            done = subprocess.run([path] + command[1:], stdin=subprocess.DEVNULL, capture_output=True, timeout=3)
        except subprocess.TimeoutExpired:
            found.append(command[0] + " asked for a password")
            continue
        text = done.stdout.decode(errors="replace").strip()
        if "CapEff" in text and int(text.split()[1], 16):
            return True, command[0] + ": " + text
        found.append("%s: %s" % (command[0], (done.stderr or done.stdout).decode(errors="replace").strip()[:80]))
    raise Failed("; ".join(found) or "no setuid program here")


@attack("setuid-file-effect", outside="depends: passwd installed")
def setuid_effect(context):
    """passwd -S reads the shadow file, which an ordinary user can only through the setuid bit."""
    path = shutil.which("passwd")
    if not path:
        raise Skipped("no passwd")
    done = subprocess.run([path, "-S"], stdin=subprocess.DEVNULL, capture_output=True, timeout=3)
    said = done.stdout.decode(errors="replace").split()
    # The dates behind the state come from the shadow file alone.
    return len(said) >= 7, " ".join(said)[:120] or done.stderr.decode(errors="replace").strip()[:120]


# The filter itself.

def program(*instructions):
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)
    buffer = ctypes.create_string_buffer(code, len(code))
    head = ctypes.create_string_buffer(struct.pack("=HxxxxxxQ", len(instructions), ctypes.addressof(buffer)), 16)
    head.buffer = buffer
    return head


ALLOW_ALL = (0x06, 0, 0, 0x7fff0000)
NOTIFY_ALL_CONNECT = ((0x20, 0, 0, 0), (0x15, 0, 1, 42), (0x06, 0, 0, 0x7fc00000), ALLOW_ALL)


@attack("seccomp-own-listener", outside="yes")
def own_listener(context):
    """A listener of one's own would answer connects before Pawl's; the kernel allows one a chain."""
    def work():
        LIBC.prctl(38, 1, 0, 0, 0)
        return "listener fd %d" % syscall("seccomp", 1, 8, program(*NOTIFY_ALL_CONNECT))
    return True, in_child(work)


@attack("seccomp-loosen")
def loosen(context):
    """A filter that allows everything may be added, but must not win: judged by reaching the target after it."""
    import socket
    from kernel import probe
    host, port = target(context, "tcp4")

    def work():
        LIBC.prctl(38, 1, 0, 0, 0)
        syscall("seccomp", 1, 0, program(ALLOW_ALL))
        with socket.socket() as connection:
            connection.settimeout(2)
            connection.connect((host, port))
            return probe(connection, "seccomp-loosen", context["token"])[1]
    return True, in_child(work)


@attack("seccomp-tighten", inside="works")
def tighten(context):
    """An agent that brings a sandbox of its own must be able to add a filter (no listener)."""
    def work():
        LIBC.prctl(38, 1, 0, 0, 0)
        return "added, %d" % syscall("seccomp", 1, 0, program(ALLOW_ALL))
    return True, in_child(work)


@attack("seccomp-strict-mode", inside="any: a process may only lock itself up further")
def strict(context):
    def work():
        LIBC.prctl(22, 1, 0, 0, 0)
        syscall("getpid")
    try:
        in_child(work)
    except Failed as failure:
        return "SIGKILL" in str(failure), str(failure)
    return False, "not taken"


@attack("execute-writable-memory", inside="any: interpreters with compilers need it")
def executable(context):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(b"\xc3")
    return True, "mapped"


@attack("pawl-control")
def control(context):
    """Pawl's own files and sockets, where a run could stop Pawl or approve itself."""
    home = need(context, "pawl_home")
    entries = os.listdir(home)
    return True, "visible: %s" % entries[:10]
