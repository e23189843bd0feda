#!/usr/bin/env python3
"""Tries every way out of a sandbox that a packager's script could try, changes nothing, and says what it found.

    try_doors.py DOORS    DOORS is a file: one line for each thing that the test has planted on the machine
        write PATH        where nobody but the test may write
        secret PATH       a file whose text says PLANTED
        variable NAME     of the environment that pystacks was called with
        unix PATH         a socket that somebody listens at
        abstract NAME     the same, in the abstract namespace
        tcp PORT          the same, on the loopback device
        process TEXT      in the command line of a process

For each door it prints "closed DOOR" or "OPEN DOOR: what happened".
"""

import ctypes
import errno
import glob
import os
import resource
import socket
import stat
import sys

LIBC = ctypes.CDLL(None, use_errno=True)


def report(door, opened):
    print(f"OPEN {door}: {opened}" if opened else f"closed {door}")


def attempt(work):
    """What work() returns; nothing where the system refuses."""
    try:
        return work()
    except OSError:
        return None


def read(path):
    with open(path, "rb") as file:
        return file.read(65536)


def other_roots():
    """Every root and working folder that a process in /proc has."""
    return ["", *glob.glob("/proc/[0-9]*/root"), *glob.glob("/proc/[0-9]*/cwd")]


def try_write(path):
    for root in other_roots():
        target = root + path
        if os.path.isdir(os.path.dirname(target)) and attempt(lambda: open(target, "ab").close() or True):
            return target


def try_read(path):
    for root in other_roots():
        text = attempt(lambda: read(root + path)) or b""
        if b"PLANTED" in text:
            return root + path


def try_variable(name):
    if name in os.environ:
        return "it is in the environment"
    for path in glob.glob("/proc/[0-9]*/environ"):
        if name.encode() in (attempt(lambda: read(path)) or b""):
            return path


def try_process(text):
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        if text.encode() in (attempt(lambda: read(path)) or b"") and str(os.getpid()) not in path:
            return path


def try_connect(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as ours:
        ours.settimeout(1)
        if attempt(lambda: ours.connect(address) or True):
            return f"somebody listens at {address}"


def system_call_works(name, *arguments):
    ctypes.set_errno(0)
    if getattr(LIBC, name)(*arguments) == 0:
        return "it succeeded"
    return None if ctypes.get_errno() in (errno.EPERM, errno.ENOSYS, errno.EACCES) else os.strerror(ctypes.get_errno())


def raised_limit(which):
    _, most = resource.getrlimit(which)
    if most == resource.RLIM_INFINITY:
        return "there is none"
    try:
        resource.setrlimit(which, (most, most + 1))
    except (OSError, ValueError):
        return None
    return f"{most + 1}"


def socket_to_host():
    """A socket between a virtual machine and its host; the kernel takes the lower half of the number."""
    if os.uname().machine != "x86_64":
        return None
    for family in (40, 1 << 32 | 40):
        descriptor = LIBC.syscall(ctypes.c_long(41), ctypes.c_long(family), ctypes.c_long(1), ctypes.c_long(0))
        if descriptor >= 0:
            os.close(descriptor)
            return hex(family)


def made_device():
    path = f"/tmp/device-of-{os.getpid()}"
    if attempt(lambda: os.mknod(path, 0o600 | stat.S_IFBLK, os.makedev(8, 0)) or True):
        os.unlink(path)
        return "a disk"


def foreign_descriptors():
    """What is open and cannot be found here by its name. rpm leaves the spec open for those that it starts."""
    for path in glob.glob("/proc/self/fd/*"):
        if int(os.path.basename(path)) <= 2 or not os.path.exists(path):
            continue
        name = os.readlink(path)
        if not (os.path.exists(name) and os.path.samefile(name, path)):
            yield name


def capabilities():
    """Of those that change the machine, which this process has."""
    harmful = {12: "net_admin", 16: "sys_module", 17: "sys_rawio", 19: "sys_ptrace", 21: "sys_admin", 22: "sys_boot",
               25: "sys_time", 27: "mknod"}
    for line in read("/proc/self/status").decode().splitlines():
        if line.startswith("CapEff:"):
            mask = int(line.split()[1], 16)
            return ", ".join(name for bit, name in harmful.items() if mask >> bit & 1)


def writable_switches():
    """Files of /proc that steer the kernel. They are opened, and nothing is written."""
    for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sysrq-trigger",
                 "/proc/sys/kernel/modprobe"):
        if os.path.exists(path) and os.path.realpath(path) == path and not os.path.samefile("/dev/null", path):
            if attempt(lambda: os.close(os.open(path, os.O_WRONLY)) or True):
                return path


def try_planted(line):
    kind, _, what = line.partition(" ")
    # "unix-beside" is another socket.
    door, kind = kind, kind.partition("-")[0]
    tries = {
        "write": lambda: try_write(what),
        "secret": lambda: try_read(what),
        "variable": lambda: try_variable(what),
        "process": lambda: try_process(what),
        "unix": lambda: next(filter(None, (try_connect(socket.AF_UNIX, root + what) for root in other_roots())), None),
        "abstract": lambda: try_connect(socket.AF_UNIX, "\0" + what),
        "tcp": lambda: try_connect(socket.AF_INET, ("127.0.0.1", int(what))),
    }
    report(door, tries[kind]())


def main():
    for line in read(sys.argv[1]).decode().splitlines():
        try_planted(line)
    known = set("null zero full random urandom tty ptmx pts shm fd stdin stdout stderr".split())
    report("devices", ", ".join(sorted(set(os.listdir("/dev")) - known)))
    report("terminal", attempt(lambda: os.close(os.open("/dev/tty", os.O_RDWR)) or "it opens"))
    report("descriptors", ", ".join(foreign_descriptors()))
    report("home", ", ".join(os.listdir("/root") + os.listdir("/home") if os.path.isdir("/home") else []))
    report("passwords", attempt(lambda: "a hash" if b"$" in read("/etc/shadow") else None))
    report("capabilities", capabilities())
    report("switches", writable_switches())
    report("limit", raised_limit(resource.RLIMIT_CORE))
    # Without a place to mount at: where it is not refused, it fails for another reason.
    report("mount", system_call_works("mount", b"none", None, b"tmpfs", 0, None))
    report("namespaces", system_call_works("unshare", 0x10000000))
    report("mknod", made_device())
    report("vsock", socket_to_host())
    report("keyring", system_call_works("syscall", 248, b"user", b"pystacks-test", b"x", 1, -2))


main()
