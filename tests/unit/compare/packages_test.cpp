#include <algorithm>

#include "base/error.hpp"
#include "base/json.hpp"
#include "catch.hpp"
#include "compare/build_comparison.hpp"
#include "compare/input.hpp"
#include "compare/json.hpp"
#include "compare/text_report.hpp"
#include "package_builder.hpp"

using namespace pystacks;
using namespace pystacks::compare;
using test::PackageBuilder;

namespace {

constexpr const char* install = R"(
mkdir -p usr/share/sample usr/bin
echo same > usr/share/sample/same
printf '1\n2\n3\n' > usr/share/sample/text
echo moved > usr/share/sample/old-name
echo x > usr/bin/program
ln -s same usr/share/sample/link
)";

BuildComparison compare_paths(const fs::path& a, const fs::path& b, Times times = Times::left_out) {
    return compare::compare(side_of_packages(a, read_packages(a)), side_of_packages(b, read_packages(b)), 2, times);
}

const Pair& pair_of(const BuildComparison& comparison, std::string_view path) {
    const auto found = std::find_if(comparison.pairs.begin(), comparison.pairs.end(),
                                    [&](const Pair& pair) { return pair.any().path == path; });
    REQUIRE(found != comparison.pairs.end());
    return *found;
}

}  // namespace

TEST_CASE("times of packages' files are left out, which is said, or counted") {
    const PackageBuilder builder;
    PackageBuilder::Content content;
    content.install = "mkdir -p usr/share/sample; echo x >usr/share/sample/x; touch -d @1000000 usr/share/sample/x\n";
    content.files = "/usr/share/sample/x";
    const fs::path a = builder.build("a", content);
    content.install += "touch -d @2000000 usr/share/sample/x\n";
    const fs::path b = builder.build("b", content);

    const BuildComparison comparison = compare_paths(a, b);
    CHECK_FALSE(comparison.differ());
    CHECK(comparison.other_times == 1);
    CHECK(conclusion(comparison, false) ==
          "The packages are the same.\nTimes do not count: 1 file has another time (--strict counts them as "
          "differences).\n");
    CHECK(parse_json(to_json(comparison))["times"]["differ"] == 1);
    CHECK(conclusion(compare_paths(a, a), false) == "The packages are the same.\n");

    const BuildComparison strict = compare_paths(a, b, Times::counted);
    CHECK(strict.differ());
    const auto& attributes = pair_of(strict, "/usr/share/sample/x").attributes;
    REQUIRE(attributes.size() == 1);
    CHECK(attributes[0].name == "time");
    CHECK(attributes[0].a == "1970-01-12T13:46:40Z");
    CHECK(conclusion(strict, true) == "The packages differ only in the times of 1 file.\n");
    CHECK(parse_json(to_json(strict))["format"] == 1);
}

TEST_CASE("two packages are compared by files, attributes, dependencies and scriptlets") {
    const PackageBuilder builder;
    PackageBuilder::Content content;
    content.install = install;
    content.files = "/usr/share/sample\n/usr/bin/program";
    content.preamble = "Requires: old\nRequires: both";
    content.sections = "%post\necho one\n";
    const fs::path a = builder.build("a", content);
    content.install +=
        "printf '1\\n2\\n4\\n' > usr/share/sample/text\n"
        "mv usr/share/sample/old-name usr/share/sample/new-name\n"
        "ln -sf text usr/share/sample/link\n";
    content.files = "/usr/share/sample\n%attr(0755, root, bin) %config /usr/bin/program";
    content.preamble = "Requires: new\nRequires: both";
    content.sections = "%post\necho two\n%preun\necho gone\n";
    const fs::path b = builder.build("b", content);

    const BuildComparison comparison = compare_paths(a, b);
    CHECK(comparison.differ());
    CHECK(pair_of(comparison, "/usr/share/sample/same").is_same());
    CHECK(pair_of(comparison, "/usr/share/sample/text").diff == "@@ -1,3 +1,3 @@\n 1\n 2\n-3\n+4\n");
    CHECK(pair_of(comparison, "/usr/share/sample/old-name").match == Match::content);
    CHECK(pair_of(comparison, "/usr/share/sample/link").details == "link to same / text");
    const Pair& program = pair_of(comparison, "/usr/bin/program");
    CHECK(program.verdict == PairVerdict::identical);
    std::vector<std::string> attributes;
    for (const Property& attribute : program.attributes) {
        attributes.push_back(attribute.name + ": " + attribute.a + " / " + attribute.b);
    }
    CHECK(attributes ==
          std::vector<std::string>{"mode: 0644 / 0755", "owner: root:root / root:bin", "flags:  / %config"});

    REQUIRE(comparison.packages.size() == 1);
    const PackagePair& pair = comparison.packages[0];
    CHECK(pair.dependencies.at(0).kind == rpm::DependencyKind::requires_);
    CHECK(std::count(pair.dependencies[0].only_a.begin(), pair.dependencies[0].only_a.end(), "old") == 1);
    CHECK(std::count(pair.dependencies[0].only_b.begin(), pair.dependencies[0].only_b.end(), "new") == 1);
    REQUIRE(pair.scriptlets.size() == 2);
    CHECK(pair.scriptlets[0].diff == "@@ -1,2 +1,2 @@\n #!/bin/sh\n-echo one\n+echo two\n");
    CHECK(pair.scriptlets[1].kind == "%preun");
    CHECK_FALSE(pair.scriptlets[1].in_a);

    const std::string text = text_report(comparison, {});
    CHECK_THAT(text, contains_text("only in A: old"));
    CHECK_THAT(text, contains_text("+echo two"));
    CHECK_THAT(text, contains_text("The packages differ."));
    const auto json = parse_json(to_json(comparison));
    CHECK(json["packages"][0]["scriptlets"][1]["kind"] == "%preun");
    CHECK(json["kind"] == "packages");
}

TEST_CASE("folders of packages pair by name; a file that moved between them says so") {
    const PackageBuilder builder;
    PackageBuilder::Content one;
    one.name = "one";
    one.install = "mkdir -p usr/one\necho 1 > usr/one/first\necho 2 > usr/one/second\n";
    one.files = "/usr/one";
    PackageBuilder::Content two = one;
    two.name = "two";
    two.install = "mkdir -p usr/two\necho 3 > usr/two/third\n";
    two.files = "/usr/two";
    (void)builder.build("a", one);
    (void)builder.build("a", two);
    (void)builder.source_package("a", one);
    one.install = "mkdir -p usr/one\necho 1 > usr/one/first\n";
    two.install = "mkdir -p usr/two usr/one\necho 3 > usr/two/third\necho 2 > usr/one/second\n";
    two.files = "/usr/two\n/usr/one/second";
    (void)builder.build("b", one);
    (void)builder.build("b", two);

    const BuildComparison comparison = compare_paths(builder.folder("a"), builder.folder("b"));
    CHECK(pair_of(comparison, "/usr/one/first").is_same());
    const Pair& moved = pair_of(comparison, "/usr/one/second");
    CHECK(moved.verdict == PairVerdict::identical);
    REQUIRE(moved.attributes.size() == 1);
    CHECK(moved.attributes[0].name == "package");
    CHECK(moved.attributes[0].a == "one");
    CHECK(moved.attributes[0].b == "two");
    CHECK(pair_of(comparison, "one.spec").verdict == PairVerdict::only_a);
    CHECK_THAT(text_report(comparison, {}), contains_text("only in A      one-1.0-1.src"));
}

TEST_CASE("a package that lost its end is an error that names it, also when the headers are equal") {
    const PackageBuilder builder;
    PackageBuilder::Content content;
    content.install = "mkdir -p usr/share\nhead -c 100000 /dev/urandom > usr/share/data\n";
    content.files = "/usr/share/data";
    const fs::path whole = builder.build("a", content);
    const std::string bytes = read_file(whole);
    const fs::path cut = builder.folder("a") / "cut.rpm";
    for (const std::size_t missing : {std::size_t{1}, std::size_t{50000}, std::size_t{99000}}) {
        write_file_atomically(cut, bytes.substr(0, bytes.size() - missing));
        try {
            (void)compare_paths(whole, cut);
            FAIL("no error");
        } catch (const Error& error) {
            CHECK(error.kind() == ErrorKind::usage);
            CHECK(error.subject() == cut.string());
        }
    }
    CHECK_FALSE(compare_paths(whole, whole).differ());
}

TEST_CASE("source packages are compared by their files, unrelated ones have none in common") {
    const PackageBuilder builder;
    PackageBuilder::Content content;
    const fs::path a = builder.source_package("a", content);
    content.sections = "%post\necho more\n";
    const fs::path b = builder.source_package("b", content);
    const BuildComparison comparison = compare_paths(a, b);
    CHECK_THAT(pair_of(comparison, "sample.spec").diff, contains_text("+echo more"));

    PackageBuilder::Content other;
    other.name = "unrelated";
    other.install = "mkdir -p opt\necho 1 > opt/x\n";
    other.files = "/opt/x";
    content.install = install;
    content.files = "/usr/share/sample\n/usr/bin/program";
    const BuildComparison unrelated = compare_paths(builder.build("c", content), builder.build("d", other));
    CHECK_THAT(conclusion(unrelated, false), contains_text("no file in common"));
}

TEST_CASE("a package that only one side has is one line, unless all is listed") {
    const PackageBuilder builder;
    PackageBuilder::Content content;
    content.name = "both";
    content.install = "mkdir -p usr/both\necho 1 > usr/both/file\n";
    content.files = "/usr/both";
    (void)builder.build("a", content);
    (void)builder.build("b", content);
    content.name = "lone";
    content.install = "mkdir -p usr/lone\necho 12345 > usr/lone/file\n";
    content.files = "/usr/lone";
    (void)builder.build("b", content);
    const BuildComparison comparison = compare_paths(builder.folder("a"), builder.folder("b"));
    const std::string text = text_report(comparison, {});
    CHECK_THAT(text, contains_text("only in B      lone-1.0-1.noarch  (2 paths, 6 B)"));
    CHECK_THAT(text, !contains_text("/usr/lone/file"));
    CHECK_THAT(text_report(comparison, {true, false, false}), contains_text("/usr/lone/file"));
}

TEST_CASE("what of rpm the packages need is not compared: it follows from their format and compression") {
    const PackageBuilder builder;
    PackageBuilder::Content content;
    content.install = install;
    content.preamble = "%global _binary_payload w9.gzdio";
    const fs::path a = builder.build("a", content);
    content.preamble = "%global _binary_payload w3.zstdio";
    const fs::path b = builder.build("b", content);
    const auto wants_zstd = [](const fs::path& package) {
        const rpm::Package read = read_packages(package).at(0);
        const auto& all = read.of(rpm::DependencyKind::requires_);
        return std::any_of(all.begin(), all.end(), [](const rpm::Dependency& dependency) {
            return dependency.rpmlib && dependency.name.find("Zstd") != std::string::npos;
        });
    };
    REQUIRE(wants_zstd(b));
    REQUIRE_FALSE(wants_zstd(a));
    CHECK_FALSE(compare_paths(a, b).differ());
}
