"""Granted programs that start others on request: shell escapes, hooks, pagers, filters.

Part of the list for a charter that names its programs. In each command {do} is the payload with the attack's mark as its
argument, {mark} the mark, {payload} the payload and {work} a directory of the attack's own. An attack whose program is
not installed is skipped by name.
"""
import ctypes
import os
import pty
import shlex
import shutil
import subprocess

from kernel import LIBC, Skipped
from programs import mark, vector, worked
from registry import attack

# Each line: name, then words of the command as a shell would split them.
COMMANDS = """
env             env {payload} {mark}
env-split       env -S '{do}'
env-shell       env sh -c '{do}'
timeout         timeout 5 {payload} {mark}
nice            nice {payload} {mark}
nohup           nohup {payload} {mark}
setsid          setsid -w {payload} {mark}
stdbuf          stdbuf -o0 {payload} {mark}
flock           flock {work}/lock {payload} {mark}
flock-shell     flock {work}/lock -c '{do}'
xargs           xargs -a /etc/hostname-not -r {payload} {mark}
find-exec       find {work} -maxdepth 0 -exec {payload} {mark} ;
find-execdir    find {work} -maxdepth 0 -execdir {payload} {mark} ;
find-ok-shell   find {work} -maxdepth 0 -exec sh -c '{do}' ;
awk-system      awk 'BEGIN {{ system("{do}") }}'
awk-pipe        awk 'BEGIN {{ "{do}" | getline }}'
awk-print       awk 'BEGIN {{ print "x" | "{do}" }}'
sed-execute     sed -n '1e {do}' /etc/passwd
sed-replace     sed -n 's|.*|{do}|e;q' /etc/passwd
tar-action      tar -cf /dev/null --checkpoint=1 --checkpoint-action=exec='{do}' {work}
tar-compress    tar -cf {work}/a.tar -I '{do}' /etc/passwd
tar-command     tar -xf {work}/in.tar --to-command='{do}'
make-recipe     make -f {work}/makefile all
make-function   make -f {work}/makefile function
make-shell      make -f {work}/makefile SHELL={payload} .SHELLFLAGS={mark} own
vim-bang        vim -u NONE -i NONE -es -c 'silent !{do}' -c 'qa!'
vim-system      vim -u NONE -i NONE -es -c 'call system("{do}")' -c 'qa!'
vim-job         vim -u NONE -i NONE -es -c 'call job_start(["{payload}", "{mark}"])' -c 'sleep 300m' -c 'qa!'
less-open       less {work}/text
git-alias       git -C {work} -c alias.x='!{do}' x
git-hook        git -C {work} -c core.hooksPath={work}/hooks commit --allow-empty -m x
git-hook-shell  git -C {work} -c core.hooksPath={work}/shell-hooks commit --allow-empty -m x
git-editor      git -C {work} -c core.editor='{do} #' commit --allow-empty
git-pager       git -C {work} -c core.pager='{do} #' --paginate log
git-diff        git -C {work} -c diff.external='{do} #' diff --no-index /etc/passwd /etc/group
git-filter      git -C {work} -c filter.x.clean='{do} #' add --renormalize filtered.x
git-monitor     git -C {work} -c core.fsmonitor='{do} #' status
git-ssh         git -C {work} -c core.sshCommand='{do} #' ls-remote ssh://nowhere.invalid/x
git-ext         git -C {work} -c protocol.ext.allow=always ls-remote 'ext::{do}'
git-upload      git -C {work} ls-remote --upload-pack='{do} #' {work}
git-credential  git -C {work} -c credential.helper='!{do} #' credential fill
git-difftool    git -C {work} difftool --no-index -y -x '{do} #' /etc/passwd /etc/group
git-rebase      git -C {work} rebase --root --exec '{do}'
git-textconv    git -C {work} -c diff.x.textconv='{do} #' show HEAD
git-path        git --exec-path={work}/hooks attack
ssh-proxy       ssh -F none -o ProxyCommand='{do}' nowhere.invalid
ssh-match       ssh -F {work}/ssh_config nowhere.invalid
sqlite-shell    sqlite3 :memory: '.shell {do}'
sqlite-system   sqlite3 :memory: '.system {do}'
perl-system     perl -e 'system("{payload}", "{mark}")'
perl-exec       perl -e 'exec "{do}"'
script-command  script -qc '{do}' /dev/null
ed-bang         ed -s {work}/ed-input
node-spawn      node -e 'require("child_process").spawnSync("{payload}", ["{mark}"])'
node-shell      node -e 'require("child_process").execSync("{do}")'
"""
ENVIRONMENT = {
    "less-open": {"LESSOPEN": "|{do} %s"},
}
SHELL_INPUT = {"ed-bang": b"!{do}\nq\n", "git-credential": b"protocol=https\nhost=nowhere.invalid\n\n"}


def prepared(context, places):
    """A repository with an attribute for every driver, a makefile, an archive, hooks."""
    work = places["work"]
    if os.path.isdir(work):
        shutil.rmtree(work)
    os.makedirs(work + "/hooks")
    os.makedirs(work + "/shell-hooks")
    texts = {"text": "x\n", "filtered.x": "x\n", ".gitattributes": "*.x filter=x diff=x\n", "ed-input": "x\n",
             "makefile": "all:\n\t@{do}\nfunction:\n\t@: $(shell {do})\nown:\n\t@{mark}\n",
             "ssh_config": "Match exec \"{do}\"\n  Port 1\n",
             "shell-hooks/pre-commit": "#!/bin/sh\n{do}\n"}
    for name, text in texts.items():
        with open(os.path.join(work, name), "w") as file:
            file.write(text.format(**places))
    os.chmod(work + "/shell-hooks/pre-commit", 0o755)
    for hook in ("pre-commit", "git-attack"):
        with open(os.path.join(work, "hooks", hook), "w") as file:
            file.write("#!%s %s\n" % (places["payload"], places["mark"]))
        os.chmod(os.path.join(work, "hooks", hook), 0o755)


def repository(work, environment):
    for words in (["init", "-q"], ["add", "text", "filtered.x", ".gitattributes"], ["commit", "-q", "-m", "first"]):
        subprocess.run(["git", "-C", work] + words, env=environment, check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=10)


def escape(context, name, line):
    path = mark(context, name)
    places = {"payload": context["payload"], "mark": path, "do": context["payload"] + " " + path,
              "work": os.path.join(context["workspace"], "escape-" + name)}
    words = [word.format(**places) for word in shlex.split(line)]
    if not shutil.which(words[0]):
        raise Skipped("no " + words[0])
    prepared(context, places)
    environment = dict(os.environ, GIT_TERMINAL_PROMPT="0", GIT_CONFIG_NOSYSTEM="1", GIT_AUTHOR_NAME="x",
                       GIT_AUTHOR_EMAIL="x@x", GIT_COMMITTER_NAME="x", GIT_COMMITTER_EMAIL="x@x", TERM="dumb")
    for key, value in ENVIRONMENT.get(name, {}).items():
        environment[key] = value.format(**places)
    if words[0] == "git":
        repository(places["work"], environment)
    given = SHELL_INPUT.get(name, b"").decode().format(**places).encode()
    if name == "tar-command":
        subprocess.run(["tar", "-cf", places["work"] + "/in.tar", "/etc/passwd"], stderr=subprocess.DEVNULL)
    if name == "xargs":
        words, given = ["xargs", places["payload"]], path.encode()
    # A pager is only asked where somebody looks.
    master, terminal = pty.openpty() if name.endswith("-pager") else (None, subprocess.PIPE)
    try:
        done = subprocess.run(words, env=environment, input=given, stdout=terminal, stderr=subprocess.STDOUT, timeout=8)
        detail = (done.stdout or b"").decode(errors="replace")[-200:]
    except subprocess.TimeoutExpired:
        detail = "waited in vain"
    return worked(path, detail)


for row in COMMANDS.strip().splitlines():
    label, command = row.split(None, 1)
    attack("escape-" + label, seconds=20)(lambda context, label=label, command=command: escape(
        context, label, command))


# What a library does on behalf of a granted program.

def by_library(label, call):
    def work(context):
        path = mark(context, label)
        call(context["payload"], path)
        return worked(path)
    attack(label)(work)


def popen(payload, path):
    LIBC.popen.restype = ctypes.c_void_p
    stream = LIBC.popen(("%s %s" % (payload, path)).encode(), b"r")
    LIBC.pclose(ctypes.c_void_p(stream))


def spawned(payload, path):
    pid = ctypes.c_int(0)
    if LIBC.posix_spawn(ctypes.byref(pid), payload.encode(), None, None, vector("payload", path), vector()) == 0:
        os.waitpid(pid.value, 0)


def expanded(payload, path):
    """wordexp(3) lets a shell carry out command substitutions."""
    LIBC.wordexp(("$(%s %s)" % (payload, path)).encode(), ctypes.create_string_buffer(256), 0)


by_library("library-system", lambda payload, path: LIBC.system(("%s %s" % (payload, path)).encode()))
by_library("library-popen", popen)
by_library("library-posix-spawn", spawned)
by_library("library-wordexp", expanded)
