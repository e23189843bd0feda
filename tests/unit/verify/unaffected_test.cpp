#include "verify/unaffected.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "process/command.hpp"

using namespace pystacks;
using namespace pystacks::verify;
using findings::Check;
using findings::Status;
using findings::Verdict;

namespace {

/// Two folders of packages, built by rpmbuild from a spec that a test may change for one of them.
class Builds {
public:
    static inline const std::string spec = R"(Name: sample
Version: 1
Release: 1
Summary: A sample
License: MIT
BuildArch: noarch
%global __os_install_post %{nil}
%global _buildhost here
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1
%description
Words.
%package debug
Summary: Its debug build
Provides: pystacks(configuration:debug)
Provides: pystacks(variant-of:optimized)
%description debug
Words.
%install
mkdir -p %{buildroot}/usr/share/sample
echo text > %{buildroot}/usr/share/sample/text
echo debug > %{buildroot}/usr/share/sample/debug
%files
/usr/share/sample/text
%files debug
/usr/share/sample/debug
)";

    fs::path build(const std::string& name, const std::string& text) {
        const fs::path top = folder_.path() / name;
        make_directories(top);
        write_file_atomically(top / "sample.spec", text);
        process::Command command;
        command.arguments = {
            "rpmbuild", "-bb", "--quiet", "--define", "_topdir " + top.string(), (top / "sample.spec").string()};
        command.environment["SOURCE_DATE_EPOCH"] = "1700000000";
        process::run_checked(command, "cannot build the sample");
        return top / "RPMS";
    }

private:
    TemporaryDirectory folder_{fs::temp_directory_path(), "pystacks-unaffected"};
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

/// Without the -debug package, as the off switch builds.
std::string switched_off(std::string text) {
    text = text.substr(0, text.find("%files debug"));
    text = replaced(text, "echo debug > %{buildroot}/usr/share/sample/debug\n", "");
    const std::size_t at = text.find("%package debug");
    return text.erase(at, text.find("%install") - at);
}

Verdict verdict_of(const fs::path& with, const fs::path& without) {
    const std::vector<Check> checks = unaffected_checks({with}, {without});
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].name == "unaffected.sample");
    return checks[0].run();
}

}  // namespace

TEST_CASE("a package that is the same with and without debug passes, and a difference is named") {
    Builds builds;
    const fs::path without = builds.build("without", switched_off(Builds::spec));
    CHECK(verdict_of(builds.build("with", Builds::spec), without).status == Status::passed);

    const auto reason = [&](const std::string& name, const std::string& what, const std::string& by) {
        const Verdict verdict = verdict_of(builds.build(name, replaced(Builds::spec, what, by)), without);
        CHECK(verdict.status == Status::failed);
        return verdict.reason;
    };
    CHECK_THAT(reason("byte", "echo text", "echo tex7"), contains_text("/usr/share/sample/text has other content"));
    CHECK_THAT(reason("mode", "%files\n", "%files\n%attr(0600, root, root) "),
               contains_text("has mode 0644, with debug 0600"));
    CHECK_THAT(reason("needs", "BuildArch", "Requires: more\nBuildArch"),
               contains_text("Requires: more is there only with debug"));
    CHECK_THAT(reason("script", "%install\n", "%post\necho x\n%install\n"), contains_text("/bin/sh"));
    CHECK_THAT(reason("more", "%files\n", "%files\n%dir /usr/share/sample\n"),
               contains_text("is there only with debug"));
    CHECK_THAT(reason("words", "A sample", "Another sample"), contains_text("bytes of the header"));
}

TEST_CASE("a third configuration leaves the packages of both others as they are") {
    Builds builds;
    const std::string third = replaced(replaced(Builds::spec, "%install\n",
                                                "%package third\nSummary: A third build\n"
                                                "Provides: pystacks(configuration:third)\n"
                                                "Provides: pystacks(variant-of:debug)\n"
                                                "%description third\nWords.\n%install\n"),
                                       "%files debug\n", "%files third\n%files debug\n");
    const std::vector<Check> checks =
        unaffected_checks({builds.build("third", third)}, {builds.build("two", Builds::spec)});
    REQUIRE(checks.size() == 2);
    CHECK(checks[0].name == "unaffected.sample");
    CHECK(checks[0].run().status == Status::passed);
    CHECK(checks[1].name == "unaffected.sample-debug");
    CHECK(checks[1].run().status == Status::passed);
}

TEST_CASE("the folder with debug has to have it") {
    Builds builds;
    const fs::path without = builds.build("without", switched_off(Builds::spec));
    CHECK_THROWS_WITH(unaffected_checks({without}, {without}),
                      contains_text("no package in it belongs to a configuration other than the base"));
    const fs::path with = builds.build("with", Builds::spec);
    CHECK_THROWS_WITH(unaffected_checks({with}, {with}), contains_text("the same configurations as the first folder"));
    CHECK_THROWS_WITH(
        unaffected_checks({without}, {with}),
        contains_text("it has packages of the configuration debug, which the first folder does not have"));
}
