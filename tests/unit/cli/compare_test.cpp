#include "cli/compare.hpp"

#include <cstdio>
#include <fstream>

#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;
using cli::compare::Options;

namespace {

void write(const fs::path& path, std::string_view text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

/// A .pyc of Python 3.13 that has only a header and, behind it, @p body; enough for bodies that are the same.
std::string pyc(char mtime, const std::string& body) {
    return std::string("\xf3\x0d\r\n\0\0\0\0", 8) + mtime + std::string(7, '\0') + body;
}

struct Result {
    int exit_code = 0;
    std::string output;
};

struct Fixture {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-compare"};
    Options options;

    Fixture() {
        options.a = folder.path() / "a";
        options.b = folder.path() / "b";
        fs::create_directories(options.a);
        fs::create_directories(options.b);
    }

    Result run() const {
        const fs::path capture = folder.path() / "stdout";
        std::fflush(stdout);
        const UniqueFd saved(::dup(STDOUT_FILENO));
        const bool redirected = std::freopen(capture.c_str(), "w", stdout) != nullptr;
        Result result;
        result.exit_code = redirected ? cli::compare::run(options) : -1;
        std::fflush(stdout);
        ::dup2(saved.get(), STDOUT_FILENO);
        result.output = read_file(capture);
        return result;
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "compare: equal trees exit with 0") {
    write(options.a / "file", "x");
    write(options.b / "file", "x");
    const Result result = run();
    CHECK(result.exit_code == 0);
    CHECK_THAT(result.output, contains_text("The trees are the same."));
}

TEST_CASE_METHOD(Fixture, "compare: trees that differ exit with 3 and say where") {
    write(options.a / "file", "x");
    write(options.b / "file", "y");
    write(options.b / "own/deep/file", "y");
    const Result result = run();
    CHECK(result.exit_code == 3);
    CHECK_THAT(result.output, contains_text("/file  (-1 +1 lines; 1 B)"));
    CHECK_THAT(result.output, contains_text("/own  (folder of 2 paths, 1 B)"));
    CHECK_THAT(result.output, !contains_text("/own/deep"));
}

TEST_CASE_METHOD(Fixture, "compare: loops of links and names of any bytes are compared like all else") {
    for (const fs::path& side : {options.a, options.b}) {
        fs::create_directory_symlink("..", side / "loop");
        fs::create_symlink("self", side / "self");
        write(side / "caf\xe9\n", "x");
    }
    write(options.b / "caf\xe9\n", "y");
    const Result result = run();
    CHECK(result.exit_code == 3);
    CHECK_THAT(result.output, contains_text("/caf\\xe9\\x0a  "));
    CHECK_THAT(result.output, contains_text("identical                 2"));
}

TEST_CASE_METHOD(Fixture, "compare: more than 50 lines are cut unless --all is given") {
    for (int i = 0; i < 60; ++i) write(options.a / ("file" + std::to_string(i)), "");
    CHECK_THAT(run().output, contains_text("and 10 more (--all shows them)"));
    options.all = true;
    const std::string all = run().output;
    CHECK_THAT(all, !contains_text("more"));
    CHECK_THAT(all, contains_text("/file59"));
}

TEST_CASE_METHOD(Fixture, "compare: bytecode headers count with --strict only") {
    write(options.a / "x.pyc", pyc('a', "body"));
    write(options.b / "x.pyc", pyc('b', "body"));
    const Result lenient = run();
    CHECK(lenient.exit_code == 0);
    CHECK_THAT(lenient.output, contains_text("--strict counts them as differences"));
    options.strict = true;
    const Result strict = run();
    CHECK(strict.exit_code == 3);
    CHECK_THAT(strict.output, contains_text("/x.pyc"));
}

TEST_CASE_METHOD(Fixture, "compare: --json prints JSON and nothing else") {
    write(options.a / "file", "x");
    options.json = true;
    const Result result = run();
    CHECK(result.exit_code == 3);
    const auto json = parse_json(result.output);
    CHECK(json["differences"][0]["path"] == "/file");
}

TEST_CASE_METHOD(Fixture, "compare: what is missing, is no package or of another kind is an error of usage") {
    write(options.a / "file", "x");
    write(folder.path() / "packages/no.rpm", "x");
    const std::pair<fs::path, const char*> wrong[] = {
        {options.a / "missing", "no such file"},
        {options.a / "file", "it is a package, but"},
        {folder.path() / "packages", "it is a folder of packages, but"},
    };
    for (const auto& [path, reason] : wrong) {
        INFO(path);
        Options bad = options;
        bad.b = path;
        try {
            (void)cli::compare::run(bad);
            FAIL("no error");
        } catch (const Error& error) {
            CHECK(error.kind() == ErrorKind::usage);
            CHECK(error.subject() == path.string());
            CHECK_THAT(error.reason(), contains_text(reason));
            CHECK_THAT(error.hint(), contains_text("two trees"));
        }
    }
    Options text = options;
    text.a = text.b = options.a / "file";
    CHECK_THROWS_WITH(cli::compare::run(text), contains_text((options.a / "file").string()));
    Options trees = options;
    trees.a = trees.b = folder.path() / "packages";
    trees.trees = true;
    CHECK(cli::compare::run(trees) == 0);
}

TEST_CASE_METHOD(Fixture, "compare: what cannot be read is left out, and the exit code is 1") {
    write(options.a / "closed/file", "x");
    write(options.b / "closed/other", "x");
    write(options.a / "open", "x");
    fs::permissions(folder.path(), fs::perms(0755));
    write(folder.path() / "stdout", "");
    fs::permissions(folder.path() / "stdout", fs::perms(0666));
    fs::permissions(options.a / "closed", fs::perms(0));
    // Root can read everything.
    const bool root = ::geteuid() == 0;
    if (root) REQUIRE(::seteuid(65534) == 0);
    const Result result = run();
    if (root) REQUIRE(::seteuid(0) == 0);
    fs::permissions(options.a / "closed", fs::perms(0755));
    CHECK(result.exit_code == 1);
    CHECK_THAT(result.output, !contains_text("/closed"));
    CHECK_THAT(result.output, contains_text("/open"));
    CHECK_THAT(result.output, contains_text("left out"));
}
