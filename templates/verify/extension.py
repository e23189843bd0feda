"""Builds and installs a package with a C extension, by setuptools or distutils, and uses it."""
import glob
import os
import subprocess
import sys
import tempfile
import zipfile

import compiled

SETUP = """
import sys
sys.path[:0] = %(setuptools)r
try:
    from setuptools import Extension, setup
except ImportError:
    from distutils.core import Extension, setup
setup(name="sample", version="1.0", packages=["sample"], ext_modules=[Extension("sample.leak", ["leak.c"])])
"""


def unpacked_setuptools(target):
    """setuptools as CPython carries it, for its own tests or for ensurepip: a list of one folder, or of none."""
    library = os.path.dirname(os.__file__)
    for folder in ("test/wheeldata", "test", "ensurepip/_bundled"):
        for wheel in glob.glob(os.path.join(library, folder, "setuptools-*.whl")):
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(target)
            return [target]
    return []


def run(folder, *arguments):
    child = subprocess.Popen(
        (sys.executable,) + arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    output, errors = [text.decode("utf-8", "replace") for text in child.communicate()]
    if child.returncode:
        sys.exit("%s failed:\n%s%s" % (" ".join(arguments), output, errors))
    return output


compiled.need_compiler()
folder = tempfile.mkdtemp()
setuptools = unpacked_setuptools(os.path.join(folder, "setuptools"))
if sys.version_info >= (3, 12) and not setuptools:
    print("no setuptools here: from 3.12 on CPython has no distutils, and its setuptools is with the tests (-test)")
    sys.exit(78)  # not run
os.mkdir(os.path.join(folder, "sample"))
for name, text in [
    ("setup.py", SETUP % {"setuptools": setuptools}),
    ("leak.c", compiled.MODULE % {"name": "leak", "functions": compiled.LEAK}),
    ("sample/__init__.py", "from sample.leak import call\n"),
]:
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)

target = os.path.join(folder, "installed")
# Both in one process: the debug interpreter needs more than a second to import setuptools.
run(folder, "setup.py", "build",
    "install", "--root", target, "--single-version-externally-managed" if setuptools else "--force")
modules = glob.glob(os.path.join(target, "*/*/*/site-packages/sample")) + glob.glob(
    os.path.join(target, "*/*/*/*/site-packages/sample")
)
if len(modules) != 1:
    sys.exit("the extension was installed as %r" % (modules,))
code = "import sys; sys.path.insert(0, %r); import sample; sample.call(1); print(sample.leak.__file__)"
answer = run("/tmp", "-c", code % os.path.dirname(modules[0])).strip()
if not answer.endswith(compiled.suffix()):
    sys.exit("the extension that works is not this interpreter's: " + answer)
print("works: " + os.path.basename(answer))
