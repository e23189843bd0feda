#include "merge/bytecompile.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "merge/install_path.hpp"
#include "process/command.hpp"
#include "trees.hpp"

using namespace pystacks;
using namespace pystacks::merge;
using namespace pystacks::merge::test;

namespace {

constexpr std::int64_t clamp = 1'000'000'000;
const std::string all_levels = "\"\"\"Documented.\"\"\"\nassert True\n";  // -O and -OO each leave something out

/// The host's own Python 3, which stands in for those of a stack.
struct HostPython {
    fs::path program;  ///< itself, not a wrapper that looks at the name it is called by
    fs::path library;  ///< its standard library …
    fs::path place;    ///< … and where that lies below the prefix
};

HostPython host_python() {
    process::Command command;
    command.arguments = {
        "python3", "-c",
        "import os, sys; library = os.path.dirname(os.__file__); "
        "print(os.path.realpath(sys.executable), library, os.path.relpath(library, sys.base_prefix), sep='\\n')"};
    const auto outcome = process::run(command);
    const auto lines = split(outcome.output, '\n');
    INFO("setup/host.sh installs the python3 that is asked here: " << outcome.describe());
    REQUIRE(outcome.succeeded());
    REQUIRE(lines.size() >= 3);
    return HostPython{lines[0], lines[1], lines[2]};
}

/// A merged tree whose interpreters are the host's, with sources in /lib/sample.
class Sample {
public:
    Sample() : folder_(fs::temp_directory_path(), "bytecode") {
        for (const std::string name : {"optimized", "debug"}) {
            stack::Configuration configuration;
            configuration.name = name;
            configuration.interpreter = "/usr/bin/python-" + name;
            stack_.configurations.push_back(configuration);
        }
        stack_.file = "stack.toml";
        stack_.bytecode = {{"/lib/sample"}, {0, 1, 2}, "badsyntax", "/usr/lib", "/usr"};
        const auto python = host_python();
        const auto library = folder_.path() / "usr" / python.place;
        make_directories(library.parent_path());
        make_directories(folder_.path() / "usr/bin");
        fs::create_directory_symlink(python.library, library);
        for (const auto& configuration : stack_.configurations)
            fs::create_symlink(python.program, on_disk(folder_.path(), configuration.interpreter));
        source("/lib/sample/plain.py", "x = 1\n");
        source("/lib/sample/package/levels.py", all_levels);
    }

    void source(const std::string& path, const std::string& text, mode_t mode = 0644) {
        const auto place = at(path);
        make_directories(place.parent_path());
        write_file_atomically(place, text, mode);
        set_time(path, clamp - 5);
    }
    void set_time(const std::string& path, std::time_t seconds) {
        const timespec times[2] = {{seconds, 0}, {seconds, 0}};
        REQUIRE(::utimensat(AT_FDCWD, at(path).c_str(), times, 0) == 0);
    }
    void compile(unsigned workers = 2) { bytecompile(job(workers), events); }
    void check(unsigned workers = 2) { check_bytecode(job(workers), events); }

    [[nodiscard]] fs::path at(const std::string& path) const { return on_disk(folder_.path(), path); }
    [[nodiscard]] tree::Tree scan() const { return tree::scan(folder_.path() / "lib", 1); }
    /// Bytecode in /lib: path below it, and what it holds.
    [[nodiscard]] std::map<std::string, std::string> bytecode() const {
        std::map<std::string, std::string> found;
        for (const auto& [path, entry] : scan().entries)
            if (bytecode_source(path)) found[path] = entry.digest.hex();
        return found;
    }
    /// The file that holds the bytecode of a level: "" or "opt-1" …
    [[nodiscard]] fs::path cached(const std::string& stem, const std::string& level) const {
        for (const auto& [path, entry] : scan().entries) {
            const bool has_level = path.find(".opt-") != std::string::npos;
            const bool fits = level.empty() ? !has_level : path.find('.' + level + '.') != std::string::npos;
            if (fits && path.find("/__pycache__/" + stem + '.') != std::string::npos) return at("/lib" + path);
        }
        FAIL("no bytecode of " << stem);
        return {};
    }

    stack::Stack& stack() { return stack_; }
    Events events;

private:
    [[nodiscard]] BytecodeJob job(unsigned workers) const {
        return {stack_, folder_.path(), PYSTACKS_SCRIPTS, workers, clamp};
    }
    TemporaryDirectory folder_;
    stack::Stack stack_;
};

}  // namespace

TEST_CASE("every source is compiled at every level, equal levels as hard links") {
    Sample sample;
    sample.source("/lib/elsewhere.py", "x = 1\n");
    sample.compile();
    CHECK(sample.bytecode().size() == 6);
    CHECK_FALSE(fs::exists(sample.at("/lib/__pycache__")));
    CHECK_FALSE(fs::exists(sample.at("/usr/bin/__pycache__")));
    CHECK(fs::hard_link_count(sample.cached("plain", "")) == 3);
    CHECK(fs::hard_link_count(sample.cached("levels", "")) == 1);
    CHECK(fs::hard_link_count(sample.cached("levels", "opt-2")) == 1);
}

TEST_CASE("bytecode is like every file of the tree: no late times, nobody executes it") {
    Sample sample;
    sample.source("/lib/sample/script.py", "#!/usr/bin/python\n", 0755);
    sample.compile();
    for (const auto& [path, entry] : sample.scan().entries) {
        CHECK(entry.mtime <= clamp);
        if (bytecode_source(path)) CHECK(entry.mode == 0644);
    }
}

TEST_CASE("the bytes depend on the source alone") {
    const auto fill = [](Sample& sample) {
        for (int number = 0; number < 8; ++number)
            sample.source(
                "/lib/sample/m" + std::to_string(number) + ".py",
                "import os\ndef f" + std::to_string(number) + "(a, b='text'):\n    return {'k': (a, b, 'shared')}\n");
    };
    Sample one;
    Sample four;
    fill(one);
    fill(four);
    four.source("/lib/sample/a_further_one.py", "text = shared = 'k'\n");
    // What the user's own environment says to Python must not matter either.
    REQUIRE(::setenv("PYTHONOPTIMIZE", "2", 1) == 0);
    REQUIRE(::setenv("PYTHONPYCACHEPREFIX", "/nonexistent", 1) == 0);
    one.compile(1);
    REQUIRE(::unsetenv("PYTHONOPTIMIZE") == 0);
    REQUIRE(::unsetenv("PYTHONPYCACHEPREFIX") == 0);
    four.compile(4);
    const auto of_four = four.bytecode();
    CHECK(of_four.size() == one.bytecode().size() + 3);
    for (const auto& [path, digest] : one.bytecode()) CHECK(of_four.at(path) == digest);
}

TEST_CASE("compiling again changes nothing") {
    Sample sample;
    sample.compile();
    const auto first = sample.bytecode();
    sample.compile();
    CHECK(sample.bytecode() == first);
}

TEST_CASE("a source that does not compile is an error, unless it is excluded") {
    Sample sample;
    sample.source("/lib/sample/badsyntax_1.py", "def (:\n");
    CHECK_NOTHROW(sample.compile());
    sample.source("/lib/sample/broken.py", "def (:\n");
    sample.source("/lib/sample/nul.py", std::string("x\0y", 3));
    const auto error = error_of([&] { sample.compile(); });
    CHECK(error.attempted() == "cannot byte-compile");
    CHECK_THAT(error.reason(), contains_text("/lib/sample/broken.py: ") && contains_text("SyntaxError") &&
                                   contains_text("/lib/sample/nul.py: ") && !contains_text("badsyntax_1"));
    CHECK_THAT(error.hint(), contains_text("`exclude` of [bytecode] in stack.toml"));
}

TEST_CASE("progress says how many of how many") {
    Sample sample;
    sample.compile();
    REQUIRE_FALSE(sample.events.all.empty());
    // Who starts and ends the phase is the stage, which may have more to do in it.
    for (const auto& each : sample.events.all) CHECK(each.kind == report::ProgressEvent::Kind::advanced);
    const auto& last = sample.events.all.back();
    CHECK(last.lane == "stack");
    CHECK(last.phase == "bytecode");
    CHECK(last.done == 2);
    CHECK(last.total == 2);
}

TEST_CASE("a tree without the interpreter, or without the folder, cannot be compiled") {
    Sample sample;
    SECTION("interpreter") {
        sample.stack().configurations.front().interpreter = "/usr/bin/none";
        CHECK(error_of([&] { sample.compile(); }).subject() == "/usr/bin/none");
    }
    SECTION("folder") {
        sample.stack().bytecode.paths.emplace_back("/lib/typo");
        CHECK(error_of([&] { sample.compile(); }).subject() == "/lib/typo");
    }
    SECTION("an interpreter that does not start") {
        sample.stack().configurations.front().interpreter = "/usr/bin/broken";
        write_file_atomically(sample.at("/usr/bin/broken"), "#!/bin/sh\necho no libpython >&2\nexit 127\n", 0755);
        const auto error = error_of([&] { sample.compile(); });
        CHECK(error.attempted() == "cannot run the interpreter of optimized");
        CHECK_THAT(error.reason(), contains_text("127") && contains_text("no libpython"));
    }
}

TEST_CASE("the other interpreters take the bytecode as it is, and nothing is written") {
    Sample sample;
    sample.source("/lib/sample/badsyntax_1.py", "def (:\n");
    sample.compile();
    const auto before = sample.bytecode();
    CHECK_NOTHROW(sample.check(1));
    CHECK_NOTHROW(sample.check(5));
    CHECK(sample.bytecode() == before);
}

TEST_CASE("bytecode that another interpreter would write anew is an error") {
    Sample sample;
    sample.compile();
    const auto complaint = [&sample] {
        const auto error = error_of([&] { sample.check(); });
        CHECK(error.attempted() == "cannot share bytecode");
        CHECK(error.subject() == "debug");
        return error.reason();
    };
    const auto rewrite = [](const fs::path& path, const std::string& bytes) { write_file_atomically(path, bytes); };
    const auto file = sample.cached("levels", "opt-1");
    auto bytes = read_file(file);

    SECTION("another time in its header than the source has") {
        sample.set_time("/lib/sample/plain.py", clamp - 6);
        CHECK_THAT(complaint(), contains_text("does not fit its source"));
    }
    SECTION("another magic number") {
        bytes[0] = static_cast<char>(bytes[0] + 1);
        rewrite(file, bytes);
        CHECK_THAT(complaint(), contains_text("levels.") && contains_text(".opt-1.pyc: is for another Python"));
    }
    SECTION("not there") {
        fs::remove(file);
        CHECK_THAT(complaint(), contains_text(".opt-1.pyc: is missing"));
    }
    SECTION("cut off") {
        rewrite(file, bytes.substr(0, bytes.size() - 10));
        CHECK_THAT(complaint(), contains_text("does not load"));
    }
    SECTION("not code") {
        rewrite(file, bytes.substr(0, 16) + "N");
        CHECK_THAT(complaint(), contains_text("holds no code"));
    }
    SECTION("checked by hash") {
        bytes[4] = 1;
        rewrite(file, bytes);
        CHECK_THAT(complaint(), contains_text("is not checked by the source's time and size"));
    }
    SECTION("under a name that it does not look for") {
        fs::rename(file, file.parent_path() / "levels.cpython-99.opt-1.pyc");
        CHECK_THAT(complaint(),
                   contains_text("is missing") && contains_text("levels.cpython-99.opt-1.pyc: belongs to no source"));
    }
    SECTION("compiled as if it came from elsewhere") {
        const auto other = sample.cached("plain", "");
        const auto header = read_file(file).substr(0, 16);
        rewrite(file, header + read_file(other).substr(16));
        CHECK_THAT(complaint(), contains_text("says that it comes from /lib/sample/plain.py"));
    }
}
