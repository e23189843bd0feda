"""Judges which programs were executed, by the logs that strace wrote, one per process.

    executed_programs.py LOGS OWN... -- PACKAGE...

LOGS is the common beginning of the logs' names. Each OWN is a folder whose programs the test made, or @FILE, a list of
such programs, one per line, which may lie in a root folder of the test's own. Each of the other programs has to belong
to one of the PACKAGEs (Debian's names), to what they depend on, or to what is essential on every host. Names that were
looked for in all of PATH and not found are judged too. Prints what is wrong; exit 1 when there is.
"""

import collections
import glob
import os
import re
import subprocess
import sys

PATH = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"]

# Programs that are looked for, and that nobody misses.
NOT_MISSED = {
    "cmake3": "pystacks extension build: a stand-in is made for it where it is",
    "dtrace": "pystacks: a configure may use it, so that a stamp has its digest",
    "gnm": "gcc's collect2 tries GNU's names first",
    "gstrip": "gcc's collect2, likewise",
    "llvm-ar": "pystacks: as dtrace",
    "llvm-profdata": "pystacks: as dtrace",
    "m4": "pystacks: as dtrace",
    "meson": "pystacks extension build: a stand-in is made for it where it is",
    "rustc": "pip, for its user agent",
}

# Programs that are executed where they are, and that nobody misses.
EXECUTED_IF_THERE = {
    "lsb_release": "pip, for its user agent",
}

CALL = re.compile(
    r'^(execve|execveat|newfstatat|stat|access|faccessat|faccessat2)\((?:[A-Z_]+, )?"([^"]*)".* = (-?\d+)'
)


def logs_of(prefix):
    for name in sorted(glob.glob(glob.escape(prefix) + ".*")):
        with open(name, errors="replace") as file:
            yield file


def read_logs(prefix):
    """The paths that were executed, and the names that were looked for in all folders of PATH and not found."""
    executed, missing = set(), set()
    for file in logs_of(prefix):
        seen = collections.defaultdict(set)
        found = set()
        for line in file:
            call = CALL.match(line)
            if not call:
                continue
            name, path, result = call.groups()
            folder, base = os.path.split(path)
            if result == "0":
                found.add(base)
                if name.startswith("exec"):
                    executed.add(path)
            elif folder in PATH and base:
                seen[base].add(folder)
        missing |= {base for base, folders in seen.items() if len(folders) == len(PATH) and base not in found}
    return executed, missing


def dpkg(*arguments):
    return subprocess.run(["dpkg-query", *arguments], capture_output=True, text=True, check=False).stdout


def read_packages():
    """What is installed: name -> names it depends on; names that are provided -> providers; what is essential."""
    depends, providers, essential = {}, collections.defaultdict(set), set()
    form = "${db:Status-Status}\t${Package}\t${Essential}\t${Pre-Depends}, ${Depends}\t${Provides}\n"
    for line in dpkg("--show", "--showformat", form).splitlines():
        status, name, is_essential, needs, provides = line.split("\t")
        if status != "installed":
            continue
        words = re.split(r"[,|]", needs)
        depends[name] = {re.sub(r"[:( ].*", "", word.strip()) for word in words if word.strip()}
        for word in provides.split(","):
            providers[re.sub(r"[( ].*", "", word.strip())].add(name)
        if is_essential == "yes":
            essential.add(name)
    return depends, providers, essential


def closure(names, depends, providers):
    todo, done = list(names), set()
    while todo:
        name = todo.pop()
        if name in done:
            continue
        if name in depends:
            done.add(name)
            todo += depends[name]
        todo += [provider for provider in providers.get(name, ()) if provider not in done]
    return done


def owners(path):
    """The packages that have @p path, which may have been merged into /usr, or be a link of alternatives."""
    candidates = []
    for each in (path, os.path.realpath(path)):
        candidates += [each, each.removeprefix("/usr") if each.startswith("/usr/") else "/usr" + each]
    names = set()
    for line in dpkg("--search", *candidates).splitlines():
        package, colon, _ = line.partition(": ")
        if colon and not package.startswith("diversion by"):
            names |= {word.split(":")[0] for word in package.split(", ")}
    return names


def read_own(arguments):
    """The folders and the programs of the test's own."""
    folders, programs = [], set()
    for each in arguments:
        if each.startswith("@"):
            with open(each[1:]) as file:
                programs |= set(file.read().splitlines())
        else:
            folders.append(os.path.realpath(each))
    return folders, programs


def main():
    split = sys.argv.index("--")
    prefix = sys.argv[1]
    own, own_programs = read_own(sys.argv[2:split])
    depends, providers, essential = read_packages()
    allowed = closure(essential | set(sys.argv[split + 1 :]), depends, providers)
    executed, missing = read_logs(prefix)
    foreign = [
        path
        for path in sorted(executed)
        if os.path.isabs(path)
        and not path.startswith("/proc/")
        and path not in own_programs
        and os.path.basename(path) not in EXECUTED_IF_THERE
        and not any(os.path.realpath(path).startswith(folder + "/") for folder in own)
    ]
    if not executed:
        sys.exit("nothing was recorded")
    not_missed = NOT_MISSED.keys() | EXECUTED_IF_THERE.keys()
    wrong = []
    for path in foreign:
        names = owners(path)
        if not names & allowed:
            wrong.append(f"{path} is executed, and belongs to {' or '.join(sorted(names)) or 'no package'}")
    wrong += [f"{name} was looked for and is not there" for name in sorted(missing - not_missed)]
    print(f"{len(foreign)} programs executed")
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


main()
