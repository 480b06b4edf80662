"""Calls that change their mind between the supervisor's look and the kernel's.

Part of the list for a charter that names its programs. The buffer lies in memory shared by a process that rewrites it
without pause and by children that call execve with it, so no call is needed to win but the right moment.
"""
import ctypes
import mmap
import os
import time

from kernel import LIBC, need
from programs import LOADER, mark, vector
from registry import attack

LONGEST = 25  # seconds one race may take
WIDTH = 512


def shared(size):
    return mmap.mmap(-1, size, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)


def address(memory, at=0):
    return ctypes.addressof(ctypes.c_char.from_buffer(memory, at))


def remove(path):
    if os.path.isdir(path):
        os.rmdir(path)
    else:
        os.unlink(path)


def rewriter(disturb):
    pid = os.fork()
    if pid == 0:
        LIBC.prctl(1, 9, 0, 0, 0)  # dies with the attack
        turn = 0
        while True:
            disturb(turn)
            turn += 1
    return pid


def race(context, name, start, disturb):
    """start(mark) becomes a program in a child, disturb(turn) goes on elsewhere; won when the mark is there."""
    path, iterations = mark(context, name), context.get("iterations", 10000)
    other = rewriter(disturb)
    won = turn = 0
    statuses = {}
    started = time.monotonic()
    try:
        while turn < iterations and time.monotonic() - started < LONGEST and won < 50:
            turn += 1
            pid = os.fork()
            if pid == 0:
                try:
                    start(path)
                finally:
                    os._exit(77)
            _, status = os.waitpid(pid, 0)
            statuses[status >> 8] = statuses.get(status >> 8, 0) + 1
            if os.path.lexists(path):
                won += 1
                remove(path)
    finally:
        os.kill(other, 9)
        os.waitpid(other, 0)
    return won > 0, "%d of %d iterations ran it in %.1f s; exit codes %s" % (
        won, turn, time.monotonic() - started, statuses)


def path_race(name, other_of, words_of, **known):
    """The path flips between a granted program that ignores its arguments and another one."""
    def work(context):
        memory = shared(WIDTH)
        good, bad = b"/usr/bin/true\0", os.fsencode(other_of(context)) + b"\0"

        def start(path):
            LIBC.execve(ctypes.c_void_p(address(memory)), vector(*words_of(context, path)), vector())

        def disturb(turn):
            text = bad if turn & 1 else good
            memory[:len(text)] = text
        disturb(0)
        return race(context, name, start, disturb)
    attack(name, seconds=60, **known)(work)


path_race("race-path", lambda context: context["payload"], lambda context, path: ["x", path])
path_race("race-path-to-ungranted", lambda context: "/usr/bin/touch", lambda context, path: ["x", path])
path_race("race-path-to-loader", lambda context: LOADER, lambda context, path: ["x", context["payload"], path],
          inside="any: the kernel needs the loader for every granted program; what it maps the agent could map itself")
path_race("race-path-to-interpreter", lambda context: need(context, "interpreter"),
          lambda context, path: ["sort", "-o", path, context["payload"]],
          inside="any: the interpreter of a granted script may run, and only the look keeps it from running alone")


@attack("race-arguments", seconds=60, inside="any: patterns of arguments are held by the look alone")
def arguments(context):
    """mkdir is granted with one argument; the text flips between that one and another."""
    good, bad = need(context, "directory").encode() + b"\0", mark(context, "race-arguments").encode() + b"\0"
    memory = shared(WIDTH)
    keeper = ctypes.create_string_buffer(b"mkdir")
    words = (ctypes.c_void_p * 3)(ctypes.addressof(keeper), address(memory), None)

    def start(path):
        os.close(2)
        LIBC.execve(b"/usr/bin/mkdir", words, vector())

    def disturb(turn):
        text = bad if turn & 1 else good
        memory[:len(text)] = text
    disturb(0)
    return race(context, "race-arguments", start, disturb)


def link_race(name, other_of, words_of, **known):
    """A symbolic link swapped by rename: no thread, no shared memory, two shells can do it."""
    def work(context):
        link = os.path.join(context["workspace"], "swapped-" + name)

        def start(path):
            os.close(2)
            os.execv(link, words_of(context, path))

        def disturb(turn):
            os.symlink(other_of(context) if turn & 1 else "/usr/bin/true", link + ".next")
            os.rename(link + ".next", link)
        disturb(0)
        try:
            return race(context, name, start, disturb)
        finally:
            for left in (link, link + ".next"):
                if os.path.lexists(left):
                    os.unlink(left)
    attack(name, seconds=60, **known)(work)


link_race("race-link", lambda context: context["payload"], lambda context, path: ["x", path])
link_race("race-link-to-loader", lambda context: LOADER, lambda context, path: ["x", context["payload"], path],
          inside="any: as race-path-to-loader")


@attack("race-granted-file", seconds=60)
def renamed(context):
    """A file in the workspace, now a link to a granted program, now a copy of the payload under the same name."""
    name = os.path.join(context["workspace"], "renamed")
    other = os.path.join(context["workspace"], "renamed-payload")

    def start(path):
        os.close(2)
        os.execv(name, ["x", path])

    def disturb(turn):
        if turn & 1:
            os.link(context["payload"], other)
        else:
            os.symlink("/usr/bin/true", other)
        os.rename(other, name)
        if os.path.lexists(other):
            os.unlink(other)  # rename of two names of one file does nothing
    disturb(0)
    try:
        return race(context, "race-granted-file", start, disturb)
    finally:
        for left in (name, other):
            if os.path.lexists(left):
                os.unlink(left)
