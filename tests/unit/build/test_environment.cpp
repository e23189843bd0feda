#include <algorithm>

#include "build/environment.hpp"
#include "catch.hpp"

using namespace pystacks::build;

namespace {

const Environment packagers_shell = {
    {"PATH", "/home/me/.pyenv/shims:/usr/lib/ccache:/usr/bin:/bin"},
    {"HOME", "/home/me"},
    {"TMPDIR", "/var/tmp"},
    {"CFLAGS", "-march=native"},
    {"PYTHONPATH", "/home/me/lib"},
    {"PYTHONHASHSEED", "42"},
    {"LD_LIBRARY_PATH", "/opt/lib"},
    {"LANG", "de_DE.UTF-8"},
    {"http_proxy", "http://proxy:3128"},
    {"MAKEFLAGS", "-j8"},
    {"PWD", "/home/me"},
    {"CCACHE_DIR", "/var/cache/ccache"},
    {"PKG_CONFIG_PATH", "/usr/lib64/pkgconfig"},
    {"RPM_PACKAGE_RELEASE", "1"},
    {"RPM_ARCH", "x86_64"},
};

bool is_unset(const ChildEnvironment& child, const std::string& name) {
    return std::find(child.unset.begin(), child.unset.end(), name) != child.unset.end();
}

}  // namespace

TEST_CASE("what a packager's shell exports does not reach a build") {
    const ChildEnvironment child = child_environment(packagers_shell, "1700000000");
    for (const char* name : {"CFLAGS", "PYTHONPATH", "LD_LIBRARY_PATH", "http_proxy", "MAKEFLAGS", "PWD"}) {
        CAPTURE(name);
        CHECK_FALSE(child.values.contains(name));
        CHECK(is_unset(child, name));
    }
}

TEST_CASE("what a build needs is kept or fixed") {
    const ChildEnvironment child = child_environment(packagers_shell, "1700000000");
    CHECK(child.values.at("TMPDIR") == "/var/tmp");
    CHECK(child.values.at("CCACHE_DIR") == "/var/cache/ccache");
    CHECK(child.values.at("PKG_CONFIG_PATH") == "/usr/lib64/pkgconfig");
    CHECK(child.values.at("LC_ALL") == "C.UTF-8");
    CHECK(child.values.at("TZ") == "UTC");
    CHECK(child.values.at("PYTHONHASHSEED") == "0");
    CHECK(child.values.at("SOURCE_DATE_EPOCH") == "1700000000");
    CHECK_FALSE(is_unset(child, "PYTHONHASHSEED"));
}

TEST_CASE("a Python of the packager's home is not found") {
    const ChildEnvironment child = child_environment(packagers_shell, "0");
    CHECK(child.values.at("PATH") == "/usr/lib/ccache:/usr/bin:/bin");
}

TEST_CASE("PATH loses relative entries, repetitions and virtual environments") {
    CHECK(scrubbed_path("/usr/bin::.:bin:/usr/bin:/venv/bin:/venvs/bin", {"/venv"}) == "/usr/bin:/venvs/bin");
    CHECK(scrubbed_path("/usr/bin:/bin", {"/"}) == "/usr/bin:/bin");
    CHECK(scrubbed_path("", {}).starts_with("/usr/local/bin:"));
}

TEST_CASE("only what can change a result counts") {
    const ChildEnvironment child = child_environment(packagers_shell, "1700000000");
    const Environment counted = child.counted(false);
    CHECK(counted.contains("SOURCE_DATE_EPOCH"));
    CHECK(counted.contains("PKG_CONFIG_PATH"));
    CHECK(counted.contains("RPM_ARCH"));
    for (const char* name : {"PATH", "HOME", "TMPDIR", "CCACHE_DIR", "RPM_PACKAGE_RELEASE"}) {
        CAPTURE(name);
        CHECK_FALSE(counted.contains(name));
    }
    CHECK(child.counted(true).contains("RPM_PACKAGE_RELEASE"));
}
