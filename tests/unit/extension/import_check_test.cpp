#include "extension/import_check.hpp"

#include <filesystem>

#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::extension;

namespace {

const std::string site = "/usr/lib/python3.13/site-packages/";

/// A buildroot whose modules are sources, so that one interpreter can be both.
class Buildroot {
public:
    Buildroot() : folder_(temporary_folder(), "pystacks-import-test") {
        make_directories(folder_.path() / "root" / site.substr(1));
    }

    void module(const std::string& name, const std::string& text) {
        write_file_atomically(folder_.path() / "root" / (site + name + ".py").substr(1), text);
        twins_.emplace_back(site + name + ".py", site + name + ".py");
    }

    [[nodiscard]] ImportResult check() const {
        ImportCheck check;
        check.interpreters = {interpreter("release"), interpreter("debug")};
        check.buildroot = folder_.path() / "root";
        check.templates = SCRIPT_FOLDER;
        return check_imports(check, twins_);
    }

private:
    [[nodiscard]] python::Interpreter interpreter(const std::string& role) const {
        python::Interpreter result;
        result.executable = (folder_.path() / role).string();
        result.suffix = ".py";
        write_file_atomically(result.executable, "#!/bin/sh\nROLE=" + role + " exec python3 \"$@\"\n");
        ::chmod(result.executable.c_str(), 0755);
        return result;
    }

    TemporaryDirectory folder_;
    std::vector<Twins> twins_;
};

const std::string fails_in_debug = "import os\nif os.environ['ROLE'] == 'debug': raise ImportError('in debug')\n";

}  // namespace

TEST_CASE("what the release interpreter cannot import says nothing about the debug build") {
    Buildroot root;
    root.module("sound", "");
    root.module("needy", "import nothing_of_that_name\n");
    const ImportResult result = root.check();
    CHECK(result.imported == 1);
    REQUIRE(result.warnings.size() == 1);
    CHECK_THAT(result.warnings.front(), contains_text("needy is not imported by the debug interpreter"));
    CHECK_THAT(result.warnings.front(), contains_text("No module named 'nothing_of_that_name'"));
}

TEST_CASE("what only the debug interpreter cannot import is wrong, and so is another file") {
    Buildroot root;
    root.module("needy", "import nothing_of_that_name\n");
    root.module("broken", fails_in_debug);
    CHECK_THROWS_WITH(root.check(), contains_text("broken: ") && contains_text("ImportError: in debug"));
    Buildroot other;
    other.module("json", "");
    CHECK_THROWS_WITH(other.check(), contains_text("was loaded instead of"));
    Buildroot ends;
    ends.module("ends", "import os\nos._exit(3)\n");
    CHECK_THROWS_WITH(ends.check(), contains_text("3"));
}
