#include "verify/preview.hpp"

#include <algorithm>

#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "catch.hpp"
#include "verify/test_names.hpp"

using namespace pystacks;
using namespace pystacks::verify;
using findings::Check;
using scratch::PackageSet;

namespace {

rpm::Package package(const std::string& name, const std::vector<std::string>& files,
                     const std::string& source = "python3.13-3.13.5-1.src.rpm") {
    rpm::Package result;
    result.file = name + ".rpm";
    result.name = name;
    result.version = "3.13.5";
    result.release = "1";
    result.arch = "x86_64";
    result.source_rpm = source;
    for (const std::string& path : files) {
        rpm::PackageFile& file = result.files.emplace_back();
        file.path = path;
        file.mode = S_IFREG | 0755;
    }
    auto& provides = result.dependencies.at(static_cast<std::size_t>(rpm::DependencyKind::provides));
    provides.push_back({name + " = 3.13.5-1", name, false});
    return result;
}

void require(rpm::Package& package, const std::string& name, const std::string& text) {
    auto& wanted = package.dependencies.at(static_cast<std::size_t>(rpm::DependencyKind::requires_));
    wanted.push_back({text, name, false});
}

VerificationRequest request() {
    VerificationRequest result;
    result.scripts = fs::path(PYSTACKS_REPOSITORY) / "templates/verify";
    return result;
}

const std::string interpreter = "/usr/bin/python3.13";

bool has(const std::vector<Check>& checks, const std::string& name) {
    return std::any_of(checks.begin(), checks.end(), [&](const Check& check) { return check.name == name; });
}

/// What is said against packages, with the hint; empty when they can be verified.
std::string refusal(const PackageSet& packages) {
    try {
        require_verifiable({packages, {}}, request());
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
        return std::string(error.what()) + error.hint();
    }
    return {};
}

}  // namespace

TEST_CASE("packages that no check can be run on are refused by their headers") {
    const rpm::Package good = package("python3.13", {interpreter});
    CHECK(refusal(PackageSet({good})).empty());
    CHECK_THAT(refusal(PackageSet({package("python3.13-libs", {"/usr/lib64/libpython3.13.so.1.0"})})),
               contains_text("it has no interpreter"));
    CHECK_THAT(refusal(PackageSet({package("python3.13-devel", {"/usr/bin/python3.13-config"})})),
               contains_text("it has no interpreter"));
    const rpm::Package other = package("zlib", {"/usr/lib64/libz.so.1"}, "zlib-1.3-1.src.rpm");
    CHECK_THAT(refusal(PackageSet({good, other})), contains_text("zlib.rpm") && contains_text("--with-packages"));
    rpm::Package source = package("python3.13", {"python3.13.spec"}, "");
    source.is_source = true;
    CHECK_THAT(refusal(PackageSet({source})), contains_text("it is a source package"));
}

TEST_CASE("what a package requires of its own build has to be there") {
    rpm::Package first = package("python3.13", {interpreter});
    require(first, "python3.13-libs", "python3.13-libs = 3.13.5-1");
    require(first, "zlib", "zlib >= 1.3");
    CHECK_THROWS_WITH(require_verifiable({PackageSet({first}), {}}, request()),
                      contains_text("requires python3.13-libs = 3.13.5-1"));
    const rpm::Package libraries = package("python3.13-libs", {});
    CHECK_NOTHROW(require_verifiable({PackageSet({first, libraries}), {}}, request()));
    CHECK_NOTHROW(require_verifiable({PackageSet({first}), {libraries}}, request()));
    VerificationRequest with_host = request();
    with_host.host_version = [](const std::string&) { return std::optional<std::string>("3.13.5-1"); };
    CHECK_NOTHROW(require_verifiable({PackageSet({first}), {}}, with_host));
}

TEST_CASE("the checks are known before anything is installed") {
    const rpm::Package base = package("python3.13", {interpreter});
    const rpm::Package debug = package("python3.13-debug", {"/usr/bin/python3.13d"});
    const std::vector<Check> both = previewed_checks({PackageSet({base, debug}), {}}, request());
    CHECK(has(both, "packages.install"));
    CHECK(has(both, "refcount.total@debug"));
    CHECK(has(both, "regrtest@optimized"));
    CHECK_FALSE(has(both, "packages.upgrade"));
    const GivenPackages one{PackageSet({base}), {}};
    CHECK_FALSE(has(previewed_checks(one, request()), "refcount.total@debug"));
    VerificationRequest other = request();
    other.regrtest = TestChoice::of("none");
    other.upgrade = "next";
    CHECK_FALSE(has(previewed_checks(one, other), "regrtest@optimized"));
    CHECK(has(previewed_checks(one, other), "packages.upgrade"));
    other.only = {"nosuch*"};
    CHECK_THROWS_AS(previewed_checks(one, other), Error);
}

TEST_CASE("names of tests are looked up in the packages") {
    const std::string folder = "/usr/lib64/python3.13/test/";
    const PackageSet packages(
        {package("python3.13-test", {folder + "regrtest.py", folder + "test_gc.py", folder + "test_json/__init__.py",
                                     folder + "test_asyncio/test_events.py"})});
    for (const char* good :
         {"quick", "full", "none", "test_gc", "test_gc,test_json", "test.test_gc", "test_asyncio.test_events"}) {
        CHECK_NOTHROW(require_tests(TestChoice::of(good), packages));
    }
    CHECK_THROWS_WITH(require_tests(TestChoice::of("bogus"), packages),
                      contains_text("no package has a test of this name"));
    CHECK_THROWS_WITH(require_tests(TestChoice::of("test_gd"), packages), contains_text("did you mean test_gc?"));
    CHECK_THROWS_WITH(require_tests(TestChoice::of("test_gc"), PackageSet({package("python3.13", {interpreter})})),
                      contains_text("no package has CPython's tests"));
}
