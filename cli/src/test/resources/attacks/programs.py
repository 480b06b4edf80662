"""Programs that are not granted, started in every way but by their own name.

Part of the list for a charter that names its programs (`attacks.py --programs`). The payload is a copy of touch(1) in
the workspace: an attack worked when the payload, or a shell, made the attack's mark.
"""
import ctypes
import mmap
import os
import shutil
import subprocess
import tempfile
import threading

from kernel import LIBC, Failed, in_child, machine_code, need, syscall
from registry import attack

LOADER = os.path.realpath("/lib64/ld-linux-x86-64.so.2")
AT_EMPTY_PATH = 0x1000
NR_EXECVEAT = 322


def mark(context, name):
    path = os.path.join(context["workspace"], "mark-" + name)
    if os.path.lexists(path):
        os.unlink(path)
    return path


def vector(*words):
    array = (ctypes.c_char_p * (len(words) + 1))(*[os.fsencode(word) for word in words], None)
    return array


def environment():
    return vector(*["%s=%s" % pair for pair in os.environ.items()])


def worked(path, detail=""):
    if os.path.lexists(path):
        os.unlink(path)
        return True, "the program ran"
    raise Failed(str(detail) or "it did not run")


def runs(context, name, start):
    """start(mark) in a child that it may replace."""
    path = mark(context, name)
    try:
        detail = in_child(lambda: start(path))
    except Failed as failure:
        detail = failure
    return worked(path, detail)


def by_path(label, path_of, **known):
    """Registers an attack that executes the path which path_of(context) prepares."""
    def work(context):
        program = path_of(context)
        return runs(context, label, lambda target: os.execv(program, [program, target]))
    attack(label, **known)(work)


def copied(context, directory):
    descriptor, target = tempfile.mkstemp(prefix="payload-", dir=directory)
    os.close(descriptor)
    shutil.copy(context["payload"], target)
    return target


def in_place(label, directory):
    """A copy of the payload elsewhere, which bare runs share with the machine: it does not stay."""
    def work(context):
        program = copied(context, directory)
        try:
            return runs(context, label, lambda target: os.execv(program, [program, target]))
        finally:
            os.unlink(program)
    attack(label)(work)


# Another program, as it lies there.

by_path("exec-payload", lambda context: context["payload"])
for place in ("/tmp", "/var/tmp", "/dev/shm"):
    in_place("exec-copy-in" + place.replace("/", "-"), place)
in_place("exec-copy-in-home", os.environ.get("HOME", "/"))
by_path("exec-touch", lambda context: "/usr/bin/touch")
by_path("exec-touch-dotted", lambda context: "/usr/./lib/../bin//touch")
by_path("exec-payload-by-proc-root", lambda context: "/proc/self/root" + context["payload"])
by_path("exec-touch-by-proc-root", lambda context: "/proc/thread-self/root/usr/bin/touch")


@attack("exec-shell")
def shell(context):
    return runs(context, "exec-shell", lambda path: os.execv("/bin/sh", ["sh", "-c", "echo > " + path]))


@attack("exec-payload-by-cwd")
def by_cwd(context):
    def start(path):
        os.chdir(context["workspace"])
        os.execv("/proc/self/cwd/payload", ["payload", path])
    return runs(context, "exec-payload-by-cwd", start)


def linked(context):
    name = os.path.join(context["workspace"], "cat")
    if os.path.lexists(name):
        os.unlink(name)
    os.symlink(context["payload"], name)
    return name


by_path("exec-payload-by-link-named-as-granted", linked)


@attack("exec-through-path-as-granted")
def path_first(context):
    """A program of a granted name, in a directory that comes first on PATH."""
    directory = os.path.join(context["workspace"], "first")
    os.makedirs(directory, exist_ok=True)
    shutil.copy(context["payload"], os.path.join(directory, "cat"))

    def start(path):
        os.environ["PATH"] = directory + ":" + os.environ["PATH"]
        os.execvp("cat", ["cat", path])
    return runs(context, "exec-through-path-as-granted", start)


@attack("exec-hard-link-to-ungranted", outside="depends: the same file system, fs.protected_hardlinks")
def hard_link(context):
    name = os.path.join(context["workspace"], "hard-touch")
    os.link("/usr/bin/touch", name)
    return runs(context, "exec-hard-link-to-ungranted", lambda path: os.execv(name, ["touch", path]))


@attack("read-ungranted")
def read(context):
    with open("/usr/bin/touch", "rb") as file:
        return len(file.read()) > 1000, "read the program"


@attack("read-ungranted-by-granted")
def read_by_cat(context):
    done = subprocess.run(["/usr/bin/cat", "/usr/bin/touch"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return len(done.stdout) > 1000, done.stderr.decode()


@attack("copy-ungranted-and-run")
def copy_system(context):
    target = os.path.join(context["workspace"], "own-touch")
    shutil.copy("/usr/bin/touch", target)
    return runs(context, "copy-ungranted-and-run", lambda path: os.execv(target, ["touch", path]))


# A granted program's file, changed. The tool is granted by its path and harmless.

@attack("write-into-granted")
def write_into(context):
    tool = need(context, "tool")
    with open(context["payload"], "rb") as payload, open(tool, "r+b") as file:
        before = file.read()
        try:
            file.seek(0)
            file.write(payload.read())
            file.truncate()
            file.close()
            return runs(context, "write-into-granted", lambda path: os.execv(tool, [tool, path]))
        finally:
            with open(tool, "wb") as again:
                again.write(before)


def replaced(context, name, exchange):
    """exchange(tool, other) puts a copy of the payload at the granted path; undone afterwards."""
    tool = need(context, "tool")
    other, kept = copied(context, context["workspace"]), tool + "-kept"
    shutil.copy2(tool, kept)
    try:
        exchange(tool, other)
        return runs(context, name, lambda path: os.execv(tool, [tool, path]))
    finally:
        os.rename(kept, tool)


attack("rename-over-granted")(lambda context: replaced(context, "rename-over-granted", lambda tool, other: os.rename(
    other, tool)))


@attack("link-over-granted")
def link_over(context):
    def exchange(tool, other):
        os.unlink(tool)
        os.symlink(other, tool)
    return replaced(context, "link-over-granted", exchange)


@attack("move-granted-directory")
def move_directory(context):
    """The directory of the granted file renamed away, another of the same name put there."""
    tool = need(context, "tool")
    directory = os.path.dirname(tool)
    os.rename(directory, directory + "-kept")
    try:
        os.mkdir(directory)
        shutil.copy(context["payload"], tool)
        return runs(context, "move-granted-directory", lambda path: os.execv(tool, [tool, path]))
    finally:
        shutil.rmtree(directory, ignore_errors=True)
        os.rename(directory + "-kept", directory)


# Files without a name.

def filled(context, descriptor):
    with open(context["payload"], "rb") as payload:
        os.write(descriptor, payload.read())
    return descriptor


def by_descriptor(descriptor, path):
    syscall(NR_EXECVEAT, descriptor, b"", vector("payload", path), environment(), AT_EMPTY_PATH)


def memory_file(context, label, flags, then):
    def start(path):
        descriptor = filled(context, syscall("memfd_create", b"payload", flags))
        then(descriptor, path)
    return runs(context, label, start)


for how, then in {"path": lambda descriptor, path: os.execv("/proc/self/fd/%d" % descriptor, ["payload", path]),
                  "dev-fd": lambda descriptor, path: os.execv("/dev/fd/%d" % descriptor, ["payload", path]),
                  "fexecve": by_descriptor}.items():
    for kind, flags in {"plain": 0, "marked": 0x10}.items():
        label = "memfd-%s-by-%s" % (kind, how)
        attack(label)(lambda context, label=label, flags=flags, then=then: memory_file(context, label, flags, then))


@attack("memfd-sealed-made-executable", outside="depends: the kernel refuses it as well")
def sealed(context):
    def then(descriptor, path):
        os.fchmod(descriptor, 0o755)
        by_descriptor(descriptor, path)
    return memory_file(context, "memfd-sealed-made-executable", 8, then)


def nameless(context, label, make):
    def start(path):
        writing = filled(context, make())
        reading = os.open("/proc/self/fd/%d" % writing, os.O_RDONLY)
        os.close(writing)
        by_descriptor(reading, path)
    return runs(context, label, start)


def unlinked(directory):
    path = os.path.join(directory, "gone-%d" % os.getpid())
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o755)
    os.unlink(path)
    return descriptor


for place in ("/tmp", "/dev/shm", "workspace"):
    label = "tmpfile-in-" + place.strip("/").replace("/", "-")
    attack(label)(lambda context, label=label, place=place: nameless(
        context, label, lambda: os.open(context.get(place, place), os.O_TMPFILE | os.O_RDWR, 0o755)))
attack("unlinked-file")(lambda context: nameless(
    context, "unlinked-file", lambda: unlinked(context["workspace"])))


@attack("fexecve-payload")
def opened(context):
    return runs(context, "fexecve-payload", lambda path: by_descriptor(os.open(context["payload"], os.O_PATH), path))


@attack("execveat-directory")
def at_directory(context):
    return runs(context, "execveat-directory", lambda path: syscall(
        NR_EXECVEAT, os.open(context["workspace"], os.O_PATH), b"payload", vector("payload", path), environment(), 0))


# Loaders and interpreters.

@attack("loader")
def loader(context):
    """The dynamic loader started as a program: it maps what it is given, executable or not."""
    return runs(context, "loader", lambda path: os.execv(LOADER, ["ld.so", context["payload"], path]))


@attack("loader-with-ungranted")
def loader_system(context):
    return runs(context, "loader-with-ungranted", lambda path: os.execv(LOADER, ["ld.so", "/usr/bin/touch", path]))


@attack("loader-copied")
def loader_copied(context):
    own = os.path.join(context["workspace"], "ld-own")
    shutil.copy(LOADER, own)
    return runs(context, "loader-copied", lambda path: os.execv(own, [own, context["payload"], path]))


@attack("loader-by-link")
def loader_linked(context):
    own = os.path.join(context["workspace"], "true")
    os.symlink(LOADER, own)
    try:
        return runs(context, "loader-by-link", lambda path: os.execv(own, ["true", context["payload"], path]))
    finally:
        os.unlink(own)


def script(context, label, first_line, body="", name=None):
    path = os.path.join(context["workspace"], name or "script-" + label)
    with open(path, "w") as file:
        file.write("#!%s\n%s" % (first_line, body))
    os.chmod(path, 0o755)
    return path


@attack("script-of-a-shell")
def shell_script(context):
    def start(path):
        own = script(context, "shell", "/bin/sh", "echo > " + path)
        os.execv(own, [own])
    return runs(context, "script-of-a-shell", start)


@attack("script-of-the-payload")
def payload_script(context):
    """The first line names the payload; what it touches is its arguments, the mark among them."""
    own = script(context, "payload", context["payload"])
    return runs(context, "script-of-the-payload", lambda path: os.execv(own, [own, path]))


@attack("script-without-first-line")
def bare_script(context):
    """execvp(3) hands it to /bin/sh."""
    def start(path):
        own = os.path.join(context["workspace"], "script-bare")
        with open(own, "w") as file:
            file.write("echo > %s\n" % path)
        os.chmod(own, 0o755)
        LIBC.execvp(own.encode(), vector(own))
    return runs(context, "script-without-first-line", start)


@attack("interpreter-alone")
def interpreter(context):
    """The interpreter of a granted script, started by itself."""
    return runs(context, "interpreter-alone", lambda path: os.execv(
        need(context, "interpreter"), ["sort", "-o", path, context["payload"]]))


@attack("exe-link-exchanged", outside="depends: CAP_CHECKPOINT_RESTORE or CAP_SYS_RESOURCE")
def exe_link(context):
    """prctl(PR_SET_MM, PR_SET_MM_EXE_FILE): what /proc/self/exe says of this process."""
    descriptor = os.open(context["payload"], os.O_RDONLY)
    if LIBC.prctl(35, 13, descriptor, 0, 0):
        raise Failed("refused")
    return runs(context, "exe-link-exchanged", lambda path: os.execv("/proc/self/exe", ["payload", path]))


@attack("exec-by-a-thread")
def by_thread(context):
    def start(path):
        thread = threading.Thread(target=lambda: LIBC.execv(context["payload"].encode(), vector("payload", path)))
        thread.start()
        thread.join()
    return runs(context, "exec-by-a-thread", start)


@attack("exec-after-own-landlock")
def own_landlock(context):
    """A ruleset of the agent's own that allows everything: rulesets add up, none takes another back."""
    def start(path):
        attributes = ctypes.create_string_buffer((1).to_bytes(8, "little"), 8)
        rules = syscall(444, attributes, 8, 0)
        beneath = ctypes.create_string_buffer((1).to_bytes(8, "little") + os.open("/", os.O_PATH).to_bytes(
            4, "little"), 12)
        syscall(445, rules, 1, beneath, 0)
        LIBC.prctl(38, 1, 0, 0, 0)
        syscall(446, rules, 0)
        os.execv(context["payload"], ["payload", path])
    return runs(context, "exec-after-own-landlock", start)


@attack("own-machine-code", inside="any: a granted interpreter can run code of the agent's own in its process")
def own_code(context):
    return machine_code(bytes.fromhex("b82a000000c3"), ctypes.c_int)() == 42, "machine code ran in this process"


@attack("preloaded-library", inside="any: who sets a granted program's environment has it load code")
def preloaded(context):
    library = need(context, "library")
    path = mark(context, "preloaded-library")
    subprocess.run(["/usr/bin/true"], env=dict(os.environ, LD_PRELOAD=library, PRELOADED_MARK=path))
    return worked(path, "not loaded")


@attack("preloaded-library-starts-payload")
def preloaded_exec(context):
    library = need(context, "library")
    path = mark(context, "preloaded-library-starts-payload")
    subprocess.run(["/usr/bin/true"], env=dict(os.environ, LD_PRELOAD=library, PRELOADED_EXEC=context["payload"],
                                               PRELOADED_MARK=path))
    return worked(path, "not started")


# Honest work under the same charter.

def honest(label):
    return attack(label, inside="works")


@honest("honest-cat")
def cat(context):
    done = subprocess.run(["cat", "/etc/hosts"], stdout=subprocess.PIPE, check=True)
    return b"localhost" in done.stdout, "read"


@honest("honest-tool")
def tool(context):
    return subprocess.run([need(context, "tool")]).returncode == 0, "ran"


@honest("honest-script")
def granted_script(context):
    done = subprocess.run([need(context, "script")], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    return b"granted script" in done.stdout, done.stdout.decode()


def again(label, path):
    def work(context):
        done = subprocess.run([path(), "-c", "print('again')"], stdout=subprocess.PIPE, check=True)
        return done.stdout.strip() == b"again", "started itself"
    honest(label)(work)


again("honest-proc-self-exe", lambda: "/proc/self/exe")
again("honest-proc-pid-exe", lambda: "/proc/%d/exe" % os.getpid())
again("honest-exe-by-descriptor", lambda: "/proc/%d/fd/%d" % (os.getpid(), os.open("/proc/self/exe", os.O_PATH)))


@honest("honest-files")
def files(context):
    """Rename and link across directories, which Landlock has a say in, and files in memory."""
    one, two = (os.path.join(context["workspace"], name) for name in ("one", "two"))
    for directory in (one, two):
        os.makedirs(directory, exist_ok=True)
    with open(one + "/file", "w") as file:
        file.write("text")
    os.rename(one + "/file", two + "/file")
    os.link(two + "/file", one + "/link")
    with open(one + "/link") as file:
        text = file.read()
    os.unlink(one + "/link")
    descriptor = syscall("memfd_create", b"data", 8)
    os.write(descriptor, b"data")
    with mmap.mmap(descriptor, 4) as memory:
        return text == "text" and memory.read() == b"data", "moved, linked, mapped"
