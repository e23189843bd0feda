"""The -config script of this interpreter leads to its own headers, its own library and its own suffix."""
import os
import subprocess
import sys
import sysconfig

import compiled

script = os.path.realpath(sys.executable) + "-config"
if not os.path.exists(script):
    sys.exit("there is no " + script)


def ask(*options):
    output = subprocess.Popen((script,) + options, stdout=subprocess.PIPE).communicate()[0]
    return output.decode().split()


def require(wanted, found, what):
    if wanted not in found:
        sys.exit("%s of %s: %s is not in %s" % (what, script, wanted, " ".join(found)))


require("-I" + sysconfig.get_path("include"), ask("--includes"), "--includes")
if sys.version_info >= (3, 2):
    require(compiled.suffix(), ask("--extension-suffix"), "--extension-suffix")
# From 3.8 on modules are not linked to libpython, and --embed is how programs ask for it.
library = sysconfig.get_config_var("LDLIBRARY")
name = library[len("lib") : library.index(".so")] if ".so" in library else library[len("lib") : -len(".a")]
require("-l" + name, ask("--ldflags", *(["--embed"] if sys.version_info >= (3, 8) else [])), "--ldflags")
print(os.path.basename(script))
