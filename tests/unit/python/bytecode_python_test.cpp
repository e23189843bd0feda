// Against files that a real interpreter wrote.

#include <filesystem>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "python/bytecode.hpp"

using namespace pystacks;
using namespace pystacks::python;

namespace {

constexpr const char* interpreter = "/usr/bin/python3";

/// Writes pairs of files X.a.pyc and X.b.pyc into its argument.
constexpr const char* program = R"(
import importlib.util, marshal, struct, sys
folder = sys.argv[1]
text = '''
"""A docstring."""
import os.path as path
class Example(dict):
    limit = 12345678901234567890; ratio = -0.0; z = 2.5j; \u00e9 = "\u00e9\u4e2d\U0001f40d"
    def method(self, *args, key="default", **rest):
        if key in {"a", "b", 3, b"bytes", None}:
            return (lambda x: (x, key, ..., -1, 2**70, (1, 2, ("a", "b"))))
        return [self.limit for _ in args]
'''
def write(name, code, version, mtime):
    header = importlib.util.MAGIC_NUMBER + struct.pack("<III", 0, mtime, len(text))
    with open(f"{folder}/{name}.pyc", "wb") as file:
        file.write(header + marshal.dumps(code, version))
code = compile(text, "example.py", "exec")
write("mtime.a", code, 4, 1)
write("mtime.b", code, 4, 2)
for version in 0, 1, 2, 3:
    write(f"format{version}.a", code, 4, 1)
    write(f"format{version}.b", code, version, 1)
# No object of a freshly loaded copy is referred to from elsewhere, as all of the original are, so other flags are set.
kept = []
def keep(value):
    kept.append([value, *(getattr(value, name, None) for name in ("co_code", "co_linetable", "co_exceptiontable"))])
    for each in getattr(value, "co_consts", value if isinstance(value, (tuple, frozenset)) else ()):
        keep(each)
keep(code)
write("loaded.a", code, 4, 1)
write("loaded.b", marshal.loads(marshal.dumps(code, 2)), 4, 1)
for name, source in dict(line="\n" + text, name=text.replace("method", "other"), constant=text.replace("2.5j", "2.6j"),
                         element=text.replace('"a", "b", 3', '"a", "b", 4'),
                         docstring=text.replace("docs", "Docs")).items():
    write(f"not-{name}.a", code, 4, 1)
    write(f"not-{name}.b", compile(source, "example.py", "exec"), 2, 1)
write("not-filename.a", code, 4, 1)
write("not-filename.b", compile(text, "elsewhere.py", "exec"), 4, 1)
)";

int run_python(const std::string& folder) {
    std::vector<std::string> arguments{interpreter, "-I", "-c", program, folder};
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    pid_t child = 0;
    if (::posix_spawn(&child, interpreter, nullptr, nullptr, argv.data(), environ) != 0) return -1;
    int status = 0;
    if (::waitpid(child, &status, 0) != child) return -1;
    return status;
}

}  // namespace

TEST_CASE("What CPython writes in several ways says the same, and what differs is told apart") {
    INFO("setup/host.sh installs " << interpreter << ", which writes real .pyc files");
    REQUIRE(fs::exists(interpreter));
    const TemporaryDirectory folder(fs::temp_directory_path(), "pystacks-bytecode");
    REQUIRE(run_python(folder.path().string()) == 0);
    const std::string a_file = (folder.path() / "mtime.a.pyc").string();
    // A version that is not known yet has to become known: bytecode_format.cpp.
    REQUIRE_NOTHROW((void)read_bytecode_header(read_file(a_file)));

    int pairs = 0;
    for (const auto& entry : fs::directory_iterator(folder.path())) {
        std::string name = entry.path().filename().string();
        if (name.find(".a.pyc") == name.npos) continue;
        INFO(name);
        const std::string a = read_file(entry.path());
        const std::string b = read_file(folder.path() / name.replace(name.find(".a."), 3, ".b."));
        CHECK(a != b);
        const tree::Sameness expected =
            name.starts_with("not-") ? tree::Sameness::different : tree::Sameness::same_bytecode;
        CHECK(compare_bytecode(a, b) == expected);
        CHECK(compare_bytecode(b, a) == expected);
        ++pairs;
    }
    CHECK(pairs == 12);
}
