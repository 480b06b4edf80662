"""The kernel by number: raw system calls, machine code and the probes that judge an attack by its effect.

Linux x86-64, Python 3.9 or newer, standard library only.
"""
import ctypes
import errno
import mmap
import os
import signal
import socket
import struct

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long

# arch/x86/entry/syscalls/syscall_64.tbl
NR = {
    "sendto": 44, "connect": 42, "bind": 49, "socket": 41, "ptrace": 101, "syslog": 103, "getpid": 39,
    "personality": 135, "pivot_root": 155, "adjtimex": 159, "chroot": 161, "acct": 163, "settimeofday": 164,
    "mount": 165, "umount2": 166, "swapon": 167, "swapoff": 168, "reboot": 169, "sethostname": 170, "iopl": 172,
    "ioperm": 173, "init_module": 175, "delete_module": 176, "quotactl": 179, "nfsservctl": 180, "tkill": 200,
    "tgkill": 234, "kexec_load": 246, "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272,
    "perf_event_open": 298, "name_to_handle_at": 303, "open_by_handle_at": 304, "clock_adjtime": 305, "setns": 308,
    "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "finit_module": 313, "seccomp": 317,
    "memfd_create": 319, "kexec_file_load": 320, "bpf": 321, "userfaultfd": 323, "sendmmsg": 307,
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
    "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "pidfd_open": 434,
    "clone": 56, "clone3": 435, "pidfd_getfd": 438, "process_madvise": 440, "mount_setattr": 442,
    "rt_sigqueueinfo": 129, "ioprio_set": 251, "lookup_dcookie": 212, "vhangup": 153, "modify_ldt": 154,
    "move_pages": 279, "migrate_pages": 256, "fanotify_init": 300, "landlock_create_ruleset": 444,
    "memfd_secret": 447, "listmount": 458, "statmount": 457, "process_mrelease": 448, "setdomainname": 171,
}
MSG_FASTOPEN = 0x20000000
CLONE = {"user": 0x10000000, "net": 0x40000000, "mount": 0x00020000, "pid": 0x20000000, "ipc": 0x08000000,
         "uts": 0x04000000, "cgroup": 0x02000000, "time": 0x00000080}


class Failed(Exception):
    """An attack that came to nothing; the text says how."""


class Skipped(Exception):
    """An attack that has no target here; the text says which one is missing."""


def need(context, key):
    if not context.get(key):
        raise Skipped("no target " + key)
    return context[key]


def error_name(number):
    return errno.errorcode.get(number, str(number))


def syscall(name, *arguments):
    """Calls by name or number; raises OSError. Integers go as 64 bits, bytes and ctypes objects by address."""
    number = NR[name] if isinstance(name, str) else name
    words = []
    for argument in arguments:
        if argument is None:
            words.append(ctypes.c_void_p(None))
        elif isinstance(argument, int):
            words.append(ctypes.c_long(argument if argument < 1 << 63 else argument - (1 << 64)))
        elif isinstance(argument, bytes):
            words.append(ctypes.c_char_p(argument))
        else:
            words.append(ctypes.c_void_p(ctypes.addressof(argument)))
    ctypes.set_errno(0)
    result = LIBC.syscall(ctypes.c_long(number), *words)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def reached(name, *arguments, expect):
    """True when the call failed with the errno that only comes after the kernel's permission check."""
    try:
        result = syscall(name, *arguments)
        return True, "returned %d" % result
    except OSError as failure:
        got = error_name(failure.errno)
        return got in expect, got


def sockaddr4(host, port):
    return struct.pack("=H", socket.AF_INET) + struct.pack("!H", port) + socket.inet_aton(host) + bytes(8)


def sockaddr6(host, port):
    return (struct.pack("=H", socket.AF_INET6) + struct.pack("!HI", port, 0) + socket.inet_pton(socket.AF_INET6, host)
            + bytes(4))


def sockaddr(host, port):
    return sockaddr6(host, port) if ":" in host else sockaddr4(host, port)


def sockaddr_unix(path):
    name = path if isinstance(path, bytes) else path.encode()
    return struct.pack("=H", socket.AF_UNIX) + name + (b"" if name.startswith(b"\0") else b"\0")


def family(host):
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def probe(connection, name, token, wait=1.5):
    """Sends the attack's name and waits for the target's token: the only proof that somebody was reached."""
    connection.settimeout(wait)
    connection.sendall(name.encode() + b"\n")
    answer = b""
    while len(answer) < len(token):
        part = connection.recv(len(token) - len(answer))
        if not part:
            break
        answer += part
    if answer == token.encode():
        return True, "the target answered"
    raise Failed("connected, but got %r instead of the token" % answer[:40])


def machine_code(code, restype, *argtypes):
    """A function from bytes, in executable memory below 4 GiB (MAP_32BIT)."""
    page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40,
                     prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    function = ctypes.CFUNCTYPE(restype, *argtypes)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    function.page = page
    return function


def int80():
    """f(number, a, b, c): a 32-bit system call from a 64-bit process."""
    return machine_code(bytes.fromhex("53" "89f8" "89f3" "87ca" "cd80" "5b" "4898" "c3"),
                        ctypes.c_long, ctypes.c_uint, ctypes.c_uint, ctypes.c_uint, ctypes.c_uint)


def low_memory(data):
    """Bytes at an address that fits 32 bits; returns (address, keeper)."""
    page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40)
    page.write(data)
    return ctypes.addressof(ctypes.c_char.from_buffer(page)), page


def in_child(work, seconds=4):
    """Runs work() in a forked child; returns its text, or raises Failed with what killed it."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(reader)
            signal.alarm(seconds)
            try:
                text = str(work())
                status = 0
            except OSError as failure:
                text = error_name(failure.errno) if failure.errno else str(failure)
            except Exception as failure:  # noqa: the parent reports it
                text = "%s: %s" % (type(failure).__name__, failure)
            os.write(writer, text.encode()[:4000])
        finally:
            os._exit(status)
    os.close(writer)
    text = b""
    while True:
        part = os.read(reader, 4096)
        if not part:
            break
        text += part
    os.close(reader)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        raise Failed("killed by " + signal.Signals(os.WTERMSIG(status)).name)
    if status != 0:
        raise Failed(text.decode(errors="replace"))
    return text.decode(errors="replace")


def effective_capabilities():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("CapEff:"):
                return int(line.split()[1], 16)
    return 0


def visible_pids():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]
