"""The charter that names its programs, and what the list for it aims at: run by harness.py, outside."""
import os
import shutil
import subprocess
import sys

# Everything the honest attacks and the shell escapes start themselves, and no shell.
NAMES = ["cat", "true", "env", "timeout", "nice", "nohup", "setsid", "stdbuf", "flock", "xargs", "find", "awk", "sed",
         "tar", "make", "vim", "less", "git", "ssh", "sqlite3", "perl", "script", "ed", "node"]

LIBRARY = """
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
__attribute__((constructor)) static void start(void) {
    char *mark = getenv("PRELOADED_MARK"), *program = getenv("PRELOADED_EXEC");
    unsetenv("LD_PRELOAD");
    if (program) execl(program, program, mark, (char *)0);
    else if (mark) close(open(mark, O_CREAT | O_WRONLY, 0600));
}
"""


def grants(base, workspace, context):
    """Puts the targets there, names them in the context and returns the charter's lines."""
    context["payload"] = os.path.join(workspace, "payload")
    shutil.copy("/usr/bin/touch", context["payload"])
    directory = os.path.join(base, "granted", "bin")
    os.makedirs(directory)
    context["tool"] = os.path.join(directory, "tool")
    shutil.copy("/usr/bin/true", context["tool"])
    context["script"] = os.path.join(directory, "script")
    context["interpreter"] = "/usr/bin/sort"
    with open(context["script"], "w") as file:
        file.write("#!%s\ngranted script\n" % context["interpreter"])
    os.chmod(context["script"], 0o755)
    context["directory"] = os.path.join(workspace, "made-by-mkdir")
    library(base, workspace, context)
    lines = ["commands:"]
    programs = [os.path.realpath(sys.executable), context["tool"], context["script"]]
    for name in NAMES:
        found = shutil.which(name, path="/usr/bin:/bin")
        if found and os.path.realpath(found) not in programs:
            programs.append(os.path.realpath(found))
    lines += ["  - program: " + program for program in programs]
    lines += ["  - program: /usr/bin/mkdir", '    arguments: ["%s"]' % context["directory"]]
    return "\n".join(lines) + "\n"


def library(base, workspace, context):
    """A shared library that runs code where it is loaded; without a compiler the attacks that need it are skipped."""
    compiler = shutil.which("cc")
    if compiler:
        source, target = os.path.join(base, "library.c"), os.path.join(workspace, "library.so")
        with open(source, "w") as file:
            file.write(LIBRARY)
        if subprocess.run([compiler, "-shared", "-fPIC", "-o", target, source]).returncode == 0:
            context["library"] = target
