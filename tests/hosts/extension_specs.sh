#!/usr/bin/env bash
# Writes one package of an extension module in each form of spec that the debug macros know: extension_specs.sh FOLDER.
# FOLDER/static.spec, dynamic.spec (the build declares the -debug package), system.spec (BuildSystem:) and parts.spec
# (sections with -p and -a); their source is beside them. FOLDER/forms names those that this host's rpm can build.
set -euo pipefail

folder=$1
forms=static
rpm_is() { [ "$(rpm --eval "%[v\"%{rpmversion}\" >= v\"$1\"]")" = 1 ]; }
if rpm_is 4.18.90; then forms+=' dynamic'; fi
if rpm_is 4.19.90; then forms+=' system parts'; fi
mkdir -p "$folder/spam-1.0"
cat >"$folder/spam-1.0/spam.c" <<'C'
#include <Python.h>

static PyObject *answer(PyObject *self, PyObject *none) {
    (void)none;
    // Only debug builds count references in a way that the compiled module shows.
    Py_INCREF(self);
    Py_DECREF(self);
    return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, "42"}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "spam", .m_size = 0, .m_methods = methods};

PyMODINIT_FUNC PyInit_spam(void) { return PyModule_Create(&module); }
C
cat >"$folder/spam-1.0/ask.py" <<'PYTHON'
import sys
import sysconfig

print(sysconfig.get_path("include") if sys.argv[1] == "include" else sysconfig.get_config_var("EXT_SUFFIX"))
PYTHON
tar -C "$folder" --sort=name --owner=0 --group=0 --mtime=@1700000000 -czf "$folder/spam-1.0.tar.gz" spam-1.0
rm -r "$folder/spam-1.0"

# preamble FORM LINE…
preamble() {
    cat <<SPEC
%global debug_package %{nil}
%global __python3 /usr/bin/python3.13
%{?pydebug_switch}
Name: $1
Version: 1.0
Release: 1
Summary: A module
License: MIT
Source0: spam-1.0.tar.gz
SPEC
    shift
    [ $# -eq 0 ] || printf '%s\n' "$@"
    cat <<'SPEC'
%global site %{_libdir}/python3.13/site-packages
%{?pydebug_buildrequires}
%description
Words.
SPEC
}
# For rpm and its shell to expand.
# shellcheck disable=SC2016
compile='gcc -shared -fPIC ${CFLAGS:-%{optflags}} -I$(%{__python3} ./ask.py include) -o spam.so spam.c'
# shellcheck disable=SC2016
place='install -D -m 755 spam.so "%{buildroot}%{site}/spam$(%{__python3} ./ask.py suffix)"'
files() {
    # Without a date in the changelog files have the time of the build.
    printf '%s\n' '%files' '%{site}/spam.cpython-313-*.so' '%changelog' \
        '* Mon Nov 30 2026 A Packager <packager@example.org>' '- A module.'
}

# sections DECLARATION: of an ordinary spec.
sections() {
    printf '%s\n' "$1" '%prep' '%setup -q -n spam-1.0' '%{?pydebug_prep}' '%build' "$compile" '%{?pydebug_build}' \
        '%install' "$place" '%{?pydebug_install}' '%check' '%{?pydebug_check}'
    files
}

{ preamble static && sections '%{?pydebug_package}'; } >"$folder/static.spec"
{ preamble dynamic && sections '%{?pydebug_package:%pydebug_package -d}'; } >"$folder/dynamic.spec"
{
    # A distribution would have these in its macros.
    echo '%define buildsystem_spam_conf() : conf %*'
    echo "%define buildsystem_spam_build() $compile"
    echo "%define buildsystem_spam_install() $place"
    preamble system 'BuildSystem: spam' 'BuildOption(prep): -n spam-1.0'
    printf '%s\n' '%{?pydebug_package}' '%prep -a' '%{?pydebug_prep}' '%conf -a' '%{?pydebug_conf}' \
        '%build -a' '%{?pydebug_build}' '%install -a' '%{?pydebug_install}' '%check -a' '%{?pydebug_check}'
    files
} >"$folder/system.spec"
{
    preamble parts
    printf '%s\n' '%{?pydebug_package}' '%prep' '%setup -q -n spam-1.0' '%prep -a' '%{?pydebug_prep}' \
        '%build' "$compile" '%build -p' ': before' '%build -a' 'test -s spam.so' '%{?pydebug_build}' \
        '%install' "$place" '%install -a' '%{?pydebug_install}' '%check' '%{?pydebug_check}'
    files
} >"$folder/parts.spec"
echo "$forms" >"$folder/forms"
