"""Tries everything on a file of notices that would change it; prints what worked. The path is the first argument."""
import ctypes
import fcntl
import os
import shutil
import sys

path = sys.argv[1]
libc = ctypes.CDLL(None, use_errno=True)


def written(mode):
    with open(path, mode) as file:
        file.write("forged\n")


def reopened():
    seen = os.open(path, os.O_RDONLY)
    with open("/proc/self/fd/%d" % seen, "a") as file:
        file.write("forged\n")


def linked():
    second = os.path.join(os.path.dirname(path) if os.access(os.path.dirname(path), os.W_OK) else "/tmp", "second")
    os.link(path, second)
    with open(second, "a") as file:
        file.write("forged\n")


def leased():
    with open(path) as file:
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)


def renamed():
    os.rename(path, path + ".old")
    os.rename(path + ".old", path)


def directory_renamed():
    directory = os.path.dirname(path)
    os.rename(directory, directory + ".old")
    os.rename(directory + ".old", directory)


def replaced():
    with open(path + ".new", "w") as file:
        file.write("forged\n")
    os.rename(path + ".new", path)


def mounted(flags):
    def act():
        if libc.mount(b"/dev/null", path.encode(), None, flags, None) != 0:
            raise OSError(ctypes.get_errno(), "mount")
    return act


def unmounted():
    if libc.umount2(path.encode(), 2) != 0:
        raise OSError(ctypes.get_errno(), "umount")


def removed():
    shutil.copy(path, path + ".copy")
    os.unlink(path)
    os.rename(path + ".copy", path)


def punched():
    seen = os.open(path, os.O_RDONLY)
    if libc.fallocate(seen, 3, ctypes.c_long(0), ctypes.c_long(10)) != 0:
        raise OSError(ctypes.get_errno(), "fallocate")


ACTS = {
    "append": lambda: written("a"),
    "overwrite": lambda: written("r+"),
    "truncate": lambda: os.truncate(path, 0),
    "reopen": reopened,
    "link": linked,
    "lease": leased,
    "chmod": lambda: os.chmod(path, 0o666),
    "times": lambda: os.utime(path, (1, 1)),
    "attribute": lambda: os.setxattr(path, "user.forged", b"x"),
    "rename": renamed,
    "rename-directory": directory_renamed,
    "replace": replaced,
    "unlink": removed,
    "bind-over": mounted(4096),
    "remount": mounted(32 | 4096),
    "unmount": unmounted,
    "punch": punched,
}
for name, act in ACTS.items():
    try:
        act()
        print(name, "worked")
    except OSError as error:
        print(name, "refused", error.errno)
