"""Builds the module beside this file; for bench/fuzz and bench/identify."""
import glob
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def built():
    """The JDK and the class path."""
    for home in [os.environ.get("JAVA_HOME", "")] + sorted(glob.glob("/usr/lib/jvm/*25*")):
        release = os.path.join(home, "release")
        if home and os.path.exists(release) and 'JAVA_VERSION="25' in open(release).read():
            break
    else:
        sys.exit("bench: no JDK 25 found; set JAVA_HOME to one")
    subprocess.run(["mvn", "-q", "-B", "-Pfuzz", "-pl", "bench/fuzzing", "-am", "-DskipTests", "package"], cwd=ROOT,
                   env=dict(os.environ, JAVA_HOME=home), stdout=sys.stderr, check=True)
    target = os.path.join(ROOT, "bench", "fuzzing", "target")
    with open(os.path.join(target, "class-path")) as file:
        # What must hold of bodies is said by a test of the gateway.
        tests = os.path.join(ROOT, "gateway", "target", "test-classes")
        return home, os.path.join(target, "classes") + ":" + tests + ":" + file.read().strip()
