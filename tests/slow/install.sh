#!/usr/bin/env bash
# The packages, installed by rpm and then by dnf into an overlay of this machine, do what they promise.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
need_root

if [ "${PYSTACKS_TEST_NAMESPACE:-}" != entered ]; then
    PYSTACKS_TEST_NAMESPACE=entered exec unshare --mount --propagation private "$0" "$@"
fi

scratch=$(mktemp -d)
mount -t tmpfs -o mode=0755 pystacks "$scratch"
root=$scratch/root

new_root() {
    if mountpoint -q "$root"; then umount -R "$root"; fi
    rm -rf "$scratch/upper" "$scratch/work"
    mkdir -p "$scratch/upper" "$scratch/work" "$root"
    mount -t overlay -o "lowerdir=/,upperdir=$scratch/upper,workdir=$scratch/work" overlay "$root"
    mount --rbind /proc "$root/proc"
    mount --rbind /dev "$root/dev"
    rpm --root "$root" --initdb
}

inside() { chroot "$root" env -i PATH=/usr/bin:/bin HOME=/tmp LC_ALL=C.UTF-8 "$@"; }

mapfile -t packages < <(find "$dist/RPMS" -name '*.rpm' ! -name '*-debuginfo-*' ! -name '*-debugsource-*' | sort)
mapfile -t optimized < <(printf '%s\n' "${packages[@]}" | grep -v -- "$stack-debug-")

# ---- by rpm: the optimized packages, then debug on top ---------------------------------------------------------------
new_root
rpm --root "$root" --install --nodeps "${optimized[@]}"
# Folders without their times and sizes, which any entry that came and went has changed.
tree_of() {
    find "$root/usr" "$root/etc" -xdev \( -path '*python3.13*' -o -name '*libpython3.13*' \) \
        \( -type d -printf '%p %y %m\n' -o -printf '%p %y %m %s %T@ %l\n' \) | sort
}
tree_of >"$scratch/before"
rpm --root "$root" --install --nodeps "$dist/RPMS/$arch/$stack-debug-"[0-9]*.rpm
inside python3.13 -c 'import sys; assert not hasattr(sys, "gettotalrefcount"); print(sys.version)'
inside python3.13-debug -c 'import sys; assert sys.gettotalrefcount() > 10000'
objects=$(inside python3.13-debug -c 'import sys; print(len(sys.getobjects(0)))')
[ "$objects" -gt 5000 ] || fail "sys.getobjects(0) knows $objects objects"
pass "both interpreters run; the debug one counts references and lists $objects objects"

rpm --root "$root" --verify "$stack" "$stack-libs" "$stack-devel" "$stack-test" "$stack-tkinter" "$stack-idle" \
    "$stack-debug" --nodeps || fail "rpm --verify"
pass "rpm --verify is clean"

# ---- every extension module, in both ---------------------------------------------------------------------------------
cat >"$root/tmp/import_all.py" <<'PY'
import importlib.machinery, importlib.util, os, sys, sysconfig
suffix = sysconfig.get_config_var("EXT_SUFFIX")
folder = os.path.join(sysconfig.get_path("platstdlib"), "lib-dynload")
names = sorted(f[:-len(suffix)] for f in os.listdir(folder) if f.endswith(suffix))
for name in names:
    module = importlib.import_module(name)
    assert module.__file__ == os.path.join(folder, name + suffix), (name, module.__file__)
print(len(names))
PY
count=$(inside python3.13 /tmp/import_all.py)
count_debug=$(inside python3.13d /tmp/import_all.py)
[ "$count" -eq "$count_debug" ] || fail "$count modules, but $count_debug in the debug interpreter"
[ "$count" -gt 60 ] || fail "only $count extension modules"
pass "all $count extension modules import in both interpreters, each its own file"

# ---- no module linked to the other library, read from ELF ------------------------------------------------------------
while read -r file; do
    needed=$(readelf --dynamic "$file" | sed -n 's/.*(NEEDED).*\[\(libpython[^]]*\)\].*/\1/p')
    case $file in
    *cpython-313d-* | *python3.13d | *libpython3.13d*) wrong=libpython3.13.so.1.0 ;;
    *) wrong=libpython3.13d.so.1.0 ;;
    esac
    case " $needed " in *"$wrong"*) fail "$file needs $wrong" ;; esac
done < <(find "$root/usr/lib64/python3.13/lib-dynload" -name '*.so'; find "$root"/usr/lib64/libpython3.13*.so.1.0 "$root"/usr/bin/python3.13 "$root"/usr/bin/python3.13d)
pass "no module of one stack is linked to the other's library"

# ---- the debug interpreter writes no bytecode ------------------------------------------------------------------------
cat >"$root/tmp/import_library.py" <<'PY'
import os, sys, importlib, warnings
warnings.simplefilter("ignore")
library = os.path.dirname(os.__file__)
skipped = {"antigravity", "this", "idlelib", "turtledemo", "test", "lib-dynload", "site-packages", "__phello__"}
imported = 0
for name in sorted(os.listdir(library)):
    stem = name[:-3] if name.endswith(".py") else name
    if stem in skipped or stem.startswith("__") or not (name.endswith(".py") or os.path.isfile(os.path.join(library, name, "__init__.py"))):
        continue
    try:
        importlib.import_module(stem)
        imported += 1
    except ImportError as problem:
        if "Windows" not in str(problem) and "msvcrt" not in str(problem) and "winreg" not in str(problem) and "_scproxy" not in str(problem):
            raise
print(imported)
PY
pyc_digest() { find "$root/usr/lib64/python3.13" -name '*.pyc' -printf '%p %T@ %i ' -exec sha256sum {} \; | sort | sha256sum; }
before=$(pyc_digest)
imported=$(inside python3.13d /tmp/import_library.py 2>/dev/null | tail -1)
inside python3.13d -O /tmp/import_library.py >/dev/null 2>&1
[ "$imported" -gt 150 ] || fail "only $imported modules of the library imported"
[ "$before" = "$(pyc_digest)" ] || fail "the debug interpreter wrote bytecode"
pass "the debug interpreter imports $imported modules of the library and rewrites no .pyc"

# ---- configuration scripts, and an extension with each ---------------------------------------------------------------
case $(inside python3.13-config --ldflags --embed) in *-lpython3.13\ * | *-lpython3.13) ;; *) fail "python3.13-config --ldflags" ;; esac
case $(inside python3.13d-config --ldflags --embed) in *-lpython3.13d*) ;; *) fail "python3.13d-config --ldflags" ;; esac
case $(inside python3.13d-config --includes) in *python3.13d*) ;; *) fail "python3.13d-config --includes" ;; esac
cat >"$root/tmp/leak.c" <<'C'
#include <Python.h>
static PyObject *leak(PyObject *self, PyObject *argument) { (void)self; Py_INCREF(argument); Py_RETURN_NONE; }
static PyMethodDef methods[] = {{"leak", leak, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "leak", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_leak(void) { return PyModule_Create(&module); }
C
for config in python3.13 python3.13d; do
    inside sh -c "cd /tmp && gcc -shared -fPIC \$($config-config --cflags) leak.c -o leak\$($config-config --extension-suffix)"
done
inside sh -c 'cd /tmp && python3.13 -c "import leak; leak.leak(object())"'
moved=$(inside sh -c 'cd /tmp && python3.13d -c "
import leak, sys
x = object()
before = sys.gettotalrefcount()
for i in range(1000): leak.leak(x)
print(sys.gettotalrefcount() - before >= 1000, leak.__file__)"')
case $moved in "True "*cpython-313d-*) ;; *) fail "the debug build of an extension does not count its leaks: $moved" ;; esac
pass "an extension compiles for each, and its leak shows in the debug interpreter's count"

# ---- what people ask of debuginfo ------------------------------------------------------------------------------------
rpm --root "$root" --install --nodeps "$dist/RPMS/$arch/$stack-debuginfo-"*.rpm "$dist/RPMS/$arch/$stack-debugsource-"*.rpm
for interpreter in python3.13 python3.13d; do
    inside gdb -nx -batch -iex 'set debuginfod enabled off' -ex 'set breakpoint pending on' -ex 'break time_sleep' \
        -ex 'run -c "import time; time.sleep(0)"' -ex 'py-bt' "/usr/bin/$interpreter" >"$scratch/gdb" 2>&1 </dev/null || true
    grep -q 'Traceback (most recent call first)' "$scratch/gdb" || { tail -20 "$scratch/gdb"; fail "py-bt in $interpreter"; }
    grep -q 'timemodule.c:[0-9]' "$scratch/gdb" || { tail -20 "$scratch/gdb"; fail "no source line in $interpreter"; }
done
pass "gdb finds debug information, source lines and py-bt for both"
rpm --root "$root" --erase --nodeps "$stack-debuginfo" "$stack-debugsource"

# ---- and away again --------------------------------------------------------------------------------------------------
rpm --root "$root" --erase "$stack-debug"
tree_of >"$scratch/after"
diff "$scratch/before" "$scratch/after" >/dev/null || { diff "$scratch/before" "$scratch/after" | head; fail "debug left a trace"; }
pass "-debug leaves no trace when it goes"

# ---- by dnf, with real dependency resolution within the stack ---------------------------------------------------------
new_root
# What the host provides is not in an rpm database here: a package says so, with the names that rpm itself generates.
mkdir -p "$scratch/repository" "$scratch/host"
cp "${packages[@]}" "$scratch/repository/"
rpm --query --requires --package "${packages[@]}" 2>/dev/null | grep -v '^rpmlib(' |
    grep -Ev "^\(?($stack|python\(abi\)|/usr/bin/python3.13|libpython3.13)" | grep -E '^(lib|ld-|rtld|tzdata|/bin/|/sbin/|/usr/bin/)' | sort -u |
    sed 's/ *[<>=].*//' >"$scratch/host/names"
{
    printf 'Name: host\nVersion: 1\nRelease: 1\nSummary: What the host has\nLicense: MIT\nBuildArch: noarch\n'
    sed 's/^/Provides: /' "$scratch/host/names"
    printf '%%description\nNames only.\n%%files\n'
} >"$scratch/host/host.spec"
rpmbuild -bb --quiet --define "_topdir $scratch/host" --define "_rpmdir $scratch/repository" "$scratch/host/host.spec"
createrepo_c --quiet "$scratch/repository"
dnf --quiet --assumeyes --installroot "$root" --repofrompath "stack,$scratch/repository" \
    --repo stack --nogpgcheck --releasever 1 --setopt=install_weak_deps=False --setopt=reposdir=/nonexistent \
    --setopt="cachedir=$scratch/cache" install "$stack-debug" >"$scratch/dnf.log" 2>&1 ||
    { tail -20 "$scratch/dnf.log"; fail "dnf install"; }
inside python3.13-debug -c 'import sys; assert len(sys.getobjects(0)) > 5000'
[ "$(rpm --root "$root" --query --all | grep -c "^$stack")" -eq 7 ] || fail "dnf did not bring the whole stack"
pass "dnf installs -debug and with it the whole stack"

umount -R "$root"
