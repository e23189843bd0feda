"""Compiles small extension modules with what the running interpreter says of itself, as a Makefile would."""
import os
import shlex
import subprocess
import sys
import sysconfig

MODULE = """
#include <Python.h>
#include <string.h>
%(functions)s
static PyMethodDef methods[] = {{"call", call, METH_O, ""}, {NULL, NULL, 0, NULL}};
#if PY_MAJOR_VERSION >= 3
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "%(name)s", "", -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_%(name)s(void) { return PyModule_Create(&definition); }
#else
PyMODINIT_FUNC init%(name)s(void) { Py_InitModule("%(name)s", methods); }
#endif
"""

LEAK = """
static PyObject *call(PyObject *self, PyObject *argument) { (void)self; Py_INCREF(argument); Py_RETURN_NONE; }
"""

OVERRUN = """
static PyObject *call(PyObject *self, PyObject *argument) {
    char *block = PyObject_Malloc(24);
    (void)self; (void)argument;
    memset(block, 'x', 25);  /* one byte too many */
    PyObject_Free(block);
    Py_RETURN_NONE;
}
"""


def suffix():
    return sysconfig.get_config_var("EXT_SUFFIX") or sysconfig.get_config_var("SO")


def need_compiler():
    """Ends the program as `not run` where there is none."""
    compiler = shlex.split(sysconfig.get_config_var("CC"))[0]
    for folder in os.environ["PATH"].split(":"):
        if os.access(os.path.join(folder, compiler), os.X_OK):
            return
    print("this host has no %s, with which this Python was built" % compiler)
    sys.exit(78)


def compile_module(name, functions, folder):
    """Returns the path of the module, which lies in folder under the interpreter's own file name."""
    need_compiler()
    source = os.path.join(folder, name + ".c")
    with open(source, "w") as file:
        file.write(MODULE % {"name": name, "functions": functions})
    target = os.path.join(folder, name + suffix())
    command = shlex.split(sysconfig.get_config_var("CC")) + shlex.split(sysconfig.get_config_var("CFLAGS") or "")
    command += ["-w", "-shared", "-fPIC"]
    command += ["-I" + sysconfig.get_path(name) for name in ("include", "platinclude")]
    subprocess.check_call(command + [source, "-o", target])
    return target
