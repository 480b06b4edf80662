"""Files: reading what is not granted, writing what is the host's, devices, and too much of everything."""
import ctypes
import glob
import hashlib
import os
import pwd
import socket
import stat
import subprocess
import sys

from kernel import Failed, Skipped, error_name, syscall
from local import is_secret, need
from network import target
from registry import attack


def reads(context, path):
    with open(path, "rb") as file:
        if is_secret(context, file.read(200)):
            return True, "read the secret"
    raise Failed("another file")


attack("read-secret")(lambda context: reads(context, need(context, "secret")))
attack("read-home-secret")(lambda context: reads(context, need(context, "home_secret")))


@attack("read-secret-by-symlink")
def by_symlink(context):
    link = os.path.join(context["workspace"], "to-secret-%d" % os.getpid())
    os.symlink(need(context, "secret"), link)
    try:
        return reads(context, link)
    finally:
        os.unlink(link)


@attack("read-secret-by-hard-link", outside="depends: the same file system, fs.protected_hardlinks")
def by_hard_link(context):
    link = os.path.join(context["workspace"], "hard-secret-%d" % os.getpid())
    os.link(need(context, "secret"), link)
    try:
        return reads(context, link)
    finally:
        os.unlink(link)


@attack("read-secret-above-workspace")
def above(context):
    """.. from the workspace, by path and by descriptor."""
    path = need(context, "secret")
    fd = os.open(context["workspace"], os.O_RDONLY)
    with os.fdopen(os.open("../" * 30 + path, os.O_RDONLY, dir_fd=fd), "rb") as file:
        if is_secret(context, file.read(200)):
            return True, "read the secret"
    raise Failed("another file")


@attack("read-shadow", outside="root")
def shadow(context):
    with open("/etc/shadow") as file:
        text = file.read()
    return ":" in text, "%d bytes" % len(text)


@attack("read-other-homes", outside="depends: other users' homes and their modes")
def homes(context):
    seen, own = [], os.environ.get("HOME", "")
    for entry in pwd.getpwall():
        if (entry.pw_uid >= 1000 or entry.pw_uid == 0) and entry.pw_dir not in ("/", own, "/nonexistent"):
            try:
                names = os.listdir(entry.pw_dir)
            except OSError:
                continue
            if names and not own.startswith(entry.pw_dir):
                seen.append("%s (%d entries)" % (entry.pw_dir, len(names)))
    return bool(seen), " ".join(seen) or "none"


@attack("read-real-home")
def real_home(context):
    """The invoking user's real home: its listing must not be the host's."""
    mark = need(context, "home_secret")
    return os.path.basename(mark) in os.listdir(os.path.dirname(mark)), "listed"


@attack("read-kcore", outside="depends: CONFIG_PROC_KCORE, and root")
def kcore(context):
    with open("/proc/kcore", "rb") as file:
        return file.read(4) == b"\x7fELF", "the kernel's memory"


@attack("read-proc-keys", outside="depends: CONFIG_KEYS")
def proc_keys(context):
    with open("/proc/keys") as file:
        lines = file.read().splitlines()
    return len(lines) > 0, "%d keys visible" % len(lines)


@attack("read-kallsyms", outside="root")
def kallsyms(context):
    with open("/proc/kallsyms") as file:
        address = file.readline().split()[0]
    return int(address, 16) != 0, address


@attack("read-host-mounts", outside="depends: where the secret lies")
def mounts(context):
    """The table of mounts tells host paths; only the workspace's may show."""
    directory = os.path.dirname(need(context, "secret"))
    with open("/proc/self/mountinfo") as file:
        found = [line for line in file if directory in line]
    return bool(found), "%d lines name the secret's directory" % len(found)


# Writing.

def opens_for_writing(path, flags=os.O_WRONLY):
    os.close(os.open(path, flags))
    return True, "opened %s for writing (nothing written)" % path


for label, path in {"core-pattern": "/proc/sys/kernel/core_pattern", "sysrq": "/proc/sysrq-trigger",
                    "modprobe-path": "/proc/sys/kernel/modprobe", "panic": "/proc/sys/kernel/panic",
                    "ip-forward": "/proc/sys/net/ipv4/ip_forward",
                    "route-localnet": "/proc/sys/net/ipv4/conf/all/route_localnet",
                    "unprivileged-port": "/proc/sys/net/ipv4/ip_unprivileged_port_start",
                    "overcommit": "/proc/sys/vm/overcommit_memory", "irq": "/proc/irq/default_smp_affinity",
                    "uevent-helper": "/sys/kernel/uevent_helper", "sys-power": "/sys/power/state"}.items():
    attack("write-" + label, outside="depends: the kernel's configuration, and root")(
        lambda context, path=path: opens_for_writing(path))


@attack("write-anywhere-in-proc", outside="root")
def anywhere_in_proc(context):
    """Every file of /proc but the processes': as root they open by ownership alone, without any capability."""
    found, seen = [], 0
    for root, directories, names in os.walk("/proc"):
        if root == "/proc":
            directories[:] = [name for name in directories
                              if not name.isdigit() and name not in ("self", "thread-self", "net", "mounts")]
        for name in names:
            seen += 1
            path = os.path.join(root, name)
            if os.path.islink(path) or not os.path.isfile(path):
                continue
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
                found.append(path)
            except OSError:
                pass
    if not found:
        raise Failed("none of %d files" % seen)
    return True, "%d of %d: %s" % (len(found), seen, " ".join(found[:12]))


@attack("writable-directories", outside="root")
def writable_directories(context):
    """Every directory three deep: where may a file be made, beside workspace, home and the usual places?"""
    usual = (context["workspace"], os.path.expanduser("~"), "/tmp", "/var/tmp", "/dev/shm", "/proc", "/sys",
             "/run/user", "/run/lock", "/var/lock")
    found, seen = [], 0
    for root, directories, _ in os.walk("/"):
        if root.startswith(usual):
            directories[:] = []
            continue
        if root.count("/") >= 3:
            directories[:] = []
        seen += 1
        try:
            number = os.open(root, os.O_TMPFILE | os.O_WRONLY, 0o600)  # a file without a name: nothing is left
            os.close(number)
            found.append(root)
        except OSError:
            pass
        if seen > 20000:
            break
    if not found:
        raise Failed("none of %d" % seen)
    return True, "%d of %d: %s" % (len(found), seen, " ".join(found[:12]))


@attack("write-oom-score-of-pid-1", outside="root")
def oom(context):
    if context.get("place") not in ("throwaway", "sandbox"):
        raise Skipped("only in a throw-away namespace")
    with open("/proc/1/oom_score_adj") as file:
        now = file.read()
    with open("/proc/1/oom_score_adj", "w") as file:
        file.write(now)
    return True, "wrote back %s" % now.strip()


@attack("write-cgroup", outside="depends: cgroups mounted, and root")
def cgroup(context):
    """Leaving the group by writing a pid elsewhere; only opened."""
    seen = 0
    for root, directories, names in os.walk("/sys/fs/cgroup"):
        for name in ("cgroup.procs", "tasks", "release_agent", "cgroup.subtree_control"):
            if name in names:
                seen += 1
                try:
                    return opens_for_writing(os.path.join(root, name))
                except OSError:
                    pass
        if seen > 2000:
            break
    raise Failed("%d files, none writable" % seen)


def plants(context, name):
    """Leaves an empty file where the harness then looks from outside."""
    path = need(context, "plants")[name]
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.close(fd)
    return False, "made %s here; the harness judges" % path


for label in ("write-usr", "write-etc", "write-above-workspace"):
    attack(label, outside="root" if "above" not in label else "yes")(
        lambda context, label=label: plants(context, label))
for label in ("write-tmp", "write-shm", "write-var-tmp", "write-home"):
    attack(label)(lambda context, label=label: plants(context, label))


@attack("write-cron", outside="root")
def cron(context):
    return plants(context, "write-cron")


@attack("write-charter")
def charter(context):
    """The own charter, where it lies in the workspace: the rule book of the next run."""
    with open(need(context, "charter"), "a") as file:
        file.write("\n# pawl-attack\n")
    with open(context["charter"]) as file:
        return "pawl-attack" in file.read(), "appended a comment"


@attack("replace-charter")
def replace_charter(context):
    path = need(context, "charter")
    with open(path) as file:
        text = file.read()
    with open(path + ".next", "w") as file:
        file.write(text + "\n# pawl-attack-replaced\n")
    try:
        os.rename(path + ".next", path)
    except OSError:
        os.unlink(path + ".next")
        raise
    return True, "renamed another file over it"


@attack("rename-workspace-parent")
def rename_parent(context):
    """Inside, the parents may be the sandbox's own: only a file that shows outside proves that they are the host's."""
    parent, mark = os.path.dirname(context["workspace"]), need(context, "plants")["rename-workspace-parent"]
    os.rename(parent, parent + "-moved")
    try:
        os.close(os.open(os.path.join(parent + "-moved", os.path.basename(mark)), os.O_CREAT | os.O_WRONLY))
    finally:
        os.rename(parent + "-moved", parent)
    return False, "renamed and renamed back; the harness judges"


@attack("rename-workspace")
def rename_workspace(context):
    path = context["workspace"]
    os.rename(path, path + "-moved")
    os.rename(path + "-moved", path)
    return True, "renamed and renamed back"


@attack("change-usr-mode", outside="root")
def chmod_usr(context):
    """Sets the mode it already has."""
    os.chmod("/usr/bin", stat.S_IMODE(os.stat("/usr/bin").st_mode))
    return True, "set the mode of /usr/bin"


@attack("setuid-file-in-workspace", inside="any: it counts outside only, where it belongs to the invoking user")
def setuid_left(context):
    """A setuid copy left for somebody outside: with a user namespace it belongs to the invoking user."""
    path = os.path.join(context["workspace"], "setuid-%d" % os.getpid())
    with open(path, "wb") as file:
        file.write(b"#!/bin/true\n")
    os.chmod(path, 0o4755)
    mode = os.stat(path)
    os.unlink(path)
    return bool(mode.st_mode & stat.S_ISUID), "setuid file of uid %d" % mode.st_uid


# Devices.

def device(path, flags=os.O_RDONLY):
    fd = os.open(path, flags | os.O_NONBLOCK)
    os.close(fd)
    return True, "opened " + path


for path in ("/dev/mem", "/dev/kmsg", "/dev/port", "/dev/net/tun", "/dev/fuse", "/dev/kvm", "/dev/vsock",
             "/dev/vhost-vsock", "/dev/loop-control", "/dev/mapper/control", "/dev/uinput", "/dev/hpet", "/dev/rtc0",
             "/dev/watchdog", "/dev/console", "/dev/ptp0", "/dev/userfaultfd", "/dev/nvidia0", "/dev/dri/card0"):
    # A watchdog that was opened reboots the machine when it is not fed: outside nobody opens it.
    outside = "too dangerous: opening starts the watchdog" if "watchdog" in path else "depends: the device, and root"
    attack("device" + path[4:].replace("/", "-"), outside=outside)(
        lambda context, path=path: device(path) if "watchdog" not in path or context["place"] == "sandbox"
        else (_ for _ in ()).throw(Skipped("would start the watchdog")))


@attack("device-disk", outside="depends: the device cgroup, and root")
def disk(context):
    failures = []
    for name in os.listdir("/sys/block") if os.path.isdir("/sys/block") else ["sda", "vda", "nvme0n1"]:
        try:
            with open("/dev/" + name, "rb") as file:
                if file.read(512):
                    return True, "read the first sector of " + name
        except OSError as failure:
            failures.append("%s %s" % (name, error_name(failure.errno)))
    raise Failed(", ".join(failures[:4]) or "no disk visible")


@attack("make-device", outside="root")
def make_device(context):
    """mknod of /dev/mem's twin, then open it: the node alone harms nobody."""
    path = os.path.join(context["workspace"], "mem-%d" % os.getpid())
    os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 8))  # 1:8 is /dev/random
    try:
        with open(path, "rb") as file:
            return len(file.read(1)) == 1, "made a character device and read it"
    finally:
        os.unlink(path)


# Programs that come from nowhere.

CONNECT = ("import socket,sys\ns=socket.create_connection((sys.argv[1],int(sys.argv[2])),2)\n"
           "s.sendall(sys.argv[3].encode()+b'\\n')\nsys.stdout.write(s.recv(64).decode())\n")


def by_program(context, name, command):
    host, port = target(context, "tcp4")
    done = subprocess.run(command + ["-c", CONNECT, host, str(port), name], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=4, pass_fds=getattr(command, "fds", ()))
    if done.stdout.decode() == context["token"]:
        return True, "the target answered"
    said = done.stderr.decode(errors="replace").strip().splitlines()
    raise Failed(said[-1][:120] if said else "status %d" % done.returncode)


class Command(list):
    fds = ()


@attack("memfd-program")
def memfd(context):
    """A program that is no file: the connect must be caught all the same."""
    number = os.memfd_create("p", 0)
    with open(os.path.realpath(sys.executable), "rb") as source:
        while os.sendfile(number, source.fileno(), None, 1 << 24):
            pass
    command = Command(["/proc/self/fd/%d" % number])
    command.fds = (number,)
    return by_program(context, "memfd-program", command)


@attack("loader-program", outside="depends: glibc")
def loader(context):
    """Through the dynamic loader: argv names another program than the kernel runs."""
    found = glob.glob("/lib64/ld-linux-x86-64.so.2") + glob.glob("/lib/ld-musl-x86_64.so.1")
    if not found:
        raise Skipped("no loader")
    return by_program(context, "loader-program", [found[0], os.path.realpath(sys.executable)])


# Too much.

def fill(context, directory, limit):
    path = os.path.join(directory, "pawl-fill-%d" % os.getpid())
    block, written, why = bytes(1 << 20), 0, "the bound"
    try:
        with open(path, "wb", buffering=0) as file:
            while written < limit + (16 << 20):
                count = file.write(block)
                written += count
                if count < len(block):
                    why = "a short write"
                    break
    except OSError as failure:
        why = error_name(failure.errno)
    finally:
        if os.path.exists(path):
            os.unlink(path)
    return written > limit, "%d MiB, then %s; the limit is %d MiB" % (written >> 20, why, limit >> 20)


attack("fill-tmp", seconds=60, heavy=True)(lambda context: fill(context, "/tmp", context["limits"]["tmp"]))
attack("fill-shm", seconds=60, heavy=True)(lambda context: fill(context, "/dev/shm", context["limits"]["tmp"]))
attack("fill-home", seconds=60, heavy=True)(lambda context: fill(
    context, os.path.expanduser("~"), context["limits"]["tmp"]))
attack("fill-var-tmp", seconds=60, heavy=True)(lambda context: fill(context, "/var/tmp", context["limits"]["tmp"]))
attack("fill-run", seconds=60, heavy=True, outside="root")(lambda context: fill(
    context, "/run", context["limits"]["tmp"]))
attack("fill-dev", seconds=60, heavy=True, outside="depends: /dev is a tmpfs large enough, and root")(
    lambda context: fill(context, "/dev", context["limits"]["tmp"]))


@attack("fill-memfd", seconds=60, heavy=True, inside="any: memory, which only a cgroup limits")
def fill_memfd(context):
    number = os.memfd_create("fill", 0)
    limit = context["limits"]["tmp"] + (16 << 20)
    for start in range(0, limit, 1 << 20):
        os.pwrite(number, bytes(1 << 20), start)
    return True, "%d MiB" % (limit >> 20)


@attack("fill-inodes", seconds=60, heavy=True, inside="any: bounded by the size of /tmp's own file system")
def fill_inodes(context):
    directory = "/tmp/pawl-inodes-%d" % os.getpid()
    os.mkdir(directory)
    count = 0
    try:
        for count in range(20000):
            os.close(os.open("%s/%d" % (directory, count), os.O_CREAT | os.O_WRONLY))
    except OSError as failure:
        return False, "%d files, then %s" % (count, error_name(failure.errno))
    finally:
        for entry in os.scandir(directory):
            os.unlink(entry.path)
        os.rmdir(directory)
    return True, "%d files" % (count + 1)
