"""Where this stack is the distribution's Python, the distribution's own tools go on working: dnf answers a query.

On an rpm distribution dnf's modules are where this Python looks for them; Debian has them in a folder of its own.
"""
import os
import subprocess
import sys

COMMAND = "/usr/bin/dnf-3"
FOLDERS = ["/usr/lib/python3/dist-packages"]


def not_offered(reason):
    print(reason)
    sys.exit(77)


main = "/usr/bin/python3"
if not os.path.exists(main) or os.path.dirname(os.__file__) != subprocess.check_output(
    [main, "-c", "import os; print(os.path.dirname(os.__file__))"]
).decode().strip():
    not_offered("this stack is not the distribution's python3 (--with main_python)")
if not os.path.exists(COMMAND):
    print("this host has no dnf that is written in Python (%s)" % COMMAND)
    sys.exit(78)  # not run

# Extension modules that were compiled for another version cannot be asked of this one; those for this one have to work.
import importlib.machinery  # noqa: E402 (Python 2, which has none, does not come here)

candidates = [
    os.path.join(folder, "hawkey", "_hawkey" + suffix)
    for folder in FOLDERS + sys.path
    for suffix in importlib.machinery.EXTENSION_SUFFIXES
]
if not any(os.path.exists(candidate) for candidate in candidates):
    not_offered("dnf's modules are not for this version")

# Debian's rpm keeps its database at home, and `pystacks verify` installed from there.
environment = dict(os.environ, PYTHONPATH=":".join(FOLDERS), HOME="/var/lib", LC_ALL="C.UTF-8")

# The command as its first line starts it, where this is that interpreter; the debug interpreter is given it.
first = [] if os.path.samefile(main, sys.executable) else [sys.executable]
answer = subprocess.check_output(
    first
    + [COMMAND, "--disablerepo=*", "--releasever=1", "--quiet"]
    + ["repoquery", "--installed", "--qf", "%{name} %{version}", "python3*"],
    env=environment,
).decode()
version = "%d.%d.%d" % sys.version_info[:3]
own = ["python3-libs " + version, "python%d.%d-libs %s" % (sys.version_info[:2] + (version,))]
known = [name for name in answer.split("\n") if name in own]
if not known:
    sys.exit("dnf knows none of %r; it says:\n%s" % (own, answer))
print("dnf: " + known[0])
