// The whole of prep and build on the fake interpreter's source, with the real compiler and the real make.

#include <algorithm>
#include <csignal>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "build/stages.hpp"
#include "catch.hpp"
#include "process/command.hpp"
#include "process/interruption.hpp"
#include "test_folder.hpp"

using namespace pystacks;
using namespace pystacks::build;
using pystacks::build::test::TestFolder;
using report::ProgressEvent;

namespace {

/// Remembers "LANE PHASE KIND" of what happened.
class Recorder final : public report::ProgressSink {
public:
    void post(const ProgressEvent& event) override {
        const std::lock_guard lock(mutex_);
        if (event.kind == ProgressEvent::Kind::finished) done_.push_back(event.lane + " " + event.phase);
    }
    /// What was done, and not skipped, sorted.
    [[nodiscard]] std::vector<std::string> done() const {
        auto result = done_;
        std::sort(result.begin(), result.end());
        return result;
    }

private:
    std::mutex mutex_;
    std::vector<std::string> done_;
};

const std::vector<std::string> everything = {"debug configure",   "debug install",  "debug make", "optimized configure",
                                             "optimized install", "optimized make", "stack prep"};

class FakeBuild {
public:
    FakeBuild() {
        process::Command command;
        command.arguments = {FAKE_SOURCE_SCRIPT, sources().string()};
        process::run_checked(command, "cannot make the fake source");
        for (const fs::path& patch : {sources() / "patches/greeting.patch", sources() / "patches/license.patch"}) {
            fs::rename(patch, sources() / patch.filename());
        }
        text_ = expanded(read_file(sources() / "stack.toml"));
    }

    [[nodiscard]] fs::path sources() const { return folder_ / "sources"; }
    [[nodiscard]] const TestFolder& folder() const { return folder_; }
    /// Changes the expanded stack.toml.
    void replace(const std::string& find, const std::string& with) {
        REQUIRE(text_.find(find) != std::string::npos);
        text_ = replace_all(text_, find, with);
    }

    /// prep and build. @return what was done
    std::vector<std::string> run(int jobs = 2) {
        Recorder recorder;
        run_with(recorder, jobs);
        return recorder.done();
    }

    void run_with(report::ProgressSink& sink, int jobs) {
        const stack::Stack stack = stack::parse(text_, "stack.toml");
        fs::create_directories(folder_ / "BUILD/fake1.0-1.0");
        const StageContext context{stack, sources(),    Layout(fs::canonical(folder_ / "BUILD/fake1.0-1.0")),   {},  {},
                                   jobs,  "1700000000", child_environment(current_environment(), "1700000000"), sink};
        run_prep(context);
        run_build(context);
    }

    /// All four stages, with an empty buildroot as rpm gives it. @return what was done
    std::vector<std::string> run_all() {
        Recorder recorder;
        fs::remove_all(folder_ / "BUILDROOT");
        run_with(recorder, 2);
        const stack::Stack stack = stack::parse(text_, "stack.toml");
        const StageContext context{stack,
                                   sources(),
                                   Layout(fs::canonical(folder_ / "BUILD/fake1.0-1.0")),
                                   folder_ / "BUILDROOT",
                                   SCRIPT_FOLDER,
                                   2,
                                   "1700000000",
                                   child_environment(current_environment(), "1700000000"),
                                   recorder};
        run_install(context);
        run_check(context);
        return recorder.done();
    }

    /// The same in a process of its own, which tests may signal: an interruption cannot be taken back.
    [[nodiscard]] pid_t start() {
        Recorder recorder;
        return start(recorder);
    }
    [[nodiscard]] pid_t start(report::ProgressSink& sink) {
        const pid_t child = ::fork();
        if (child != 0) return child;
        process::install_signal_handlers();
        int status = 1;
        try {
            run_with(sink, 1);
            status = 0;
        } catch (const Error& error) {
            status = exit_code(error.kind());
        }
        ::_exit(status);
    }

private:
    /// rpm's part: the few macros that this stack uses.
    static std::string expanded(std::string text) {
        const std::map<std::string, std::string> macros = {
            {"%{?dist}", ""},
            {"%{fakever}", "1.0"},
            {"%{version}", "1.0"},
            {"%{name}", "fake1.0"},
            {"%{release}", "1"},
            {"%{?_isa}", "(x86-64)"},
            {"%{?with_never:--with-never}", ""},
            {"%{?with_optimizations:--enable-optimizations}", ""},
            {"%{with optimizations}", "0"},
            {"%{!?profile_of_other_sources:train}%{?profile_of_other_sources}", "train"},
            {"%{build_cflags}", "-g -Wall"},
            {"%{?build_ldflags}", ""},
            {"%{?_package_note_flags}", ""},
            {"%{with debug_build}", "1"},
            {"%{with tracing}", "0"},
            {"%{with extra_patch}", "0"},
            {"%{_libdir}", "/usr/lib64"},
            {"%{_bindir}", "/usr/bin"},
            {"%{_includedir}", "/usr/include"},
            {"%{_mandir}", "/usr/share/man"},
            {"%{_datadir}", "/usr/share"},
            {"%{_prefix}", "/usr"},
            {"%{_arch}", "x86_64"},
            {"%{__isa_bits}", "64"}};
        for (const auto& [macro, value] : macros) text = replace_all(text, macro, value);
        return text;
    }

    TestFolder folder_;
    std::string text_;
};

int wait_for_exit(pid_t child) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Lets a build stop with core.o half made in the debug configuration, calls @p stop, and waits for its end.
int stop_in_the_middle(FakeBuild& build, const std::function<void(pid_t)>& stop) {
    const std::string gate = (build.folder() / "gate").string();
    build.replace("FAKE_KIND = \"debug\"", "FAKE_WAIT_FOR = \"" + gate + "\"");
    const pid_t child = build.start();
    REQUIRE(child > 0);
    while (!fs::exists(gate + ".waiting")) {
        REQUIRE(::waitpid(child, nullptr, WNOHANG) == 0);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    stop(child);
    const int status = wait_for_exit(child);
    build.folder().write("gate", "");
    return status;
}

const std::string debug_folder = "BUILD/fake1.0-1.0/build/debug/";

}  // namespace

TEST_CASE("every configuration is built once, and not again") {
    FakeBuild build;
    CHECK(build.run() == everything);
    CHECK(build.folder().has("BUILD/fake1.0-1.0/install/optimized/usr/bin/fake1.0"));
    CHECK(build.folder().has("BUILD/fake1.0-1.0/install/debug/usr/bin/fake1.0d"));
    CHECK(build.folder().has("BUILD/fake1.0-1.0/install/debug/usr/bin/fake1.0-debug"));
    CHECK_FALSE(build.folder().has("BUILD/fake1.0-1.0/install/optimized/usr/bin/fake1.0-debug"));
    CHECK(build.folder().read("BUILD/fake1.0-1.0/source/lib/greeting.py").find("good morning") != std::string::npos);
    CHECK(build.folder()
              .read("BUILD/fake1.0-1.0/install/debug/usr/lib64/fake1.0/_fakesysconfig1.0d.py")
              .find("/usr/src/debug/") != std::string::npos);
    CHECK(build.run(3).empty());
}

TEST_CASE("a change does again what depends on it, in the configurations that it concerns") {
    FakeBuild build;
    build.run();
    build.replace("-O0 -Wno-cpp", "-Og -Wno-cpp");
    CHECK(build.run() == std::vector<std::string>{"debug configure", "debug install", "debug make"});
    build.replace("\"**/*.bat\"", "\"**/*.cmd\"");
    CHECK(build.run() == std::vector<std::string>{"debug install", "optimized install"});
    const std::string patch = read_file(build.sources() / "greeting.patch");
    write_file_atomically(build.sources() / "greeting.patch", replace_all(patch, "good morning", "good evening"));
    CHECK(build.run() ==
          std::vector<std::string>{"debug install", "debug make", "optimized install", "optimized make", "stack prep"});
    CHECK(build.folder().read("BUILD/fake1.0-1.0/source/lib/greeting.py").find("good evening") != std::string::npos);
    build.replace("\"lib/**.py\", ", "");
    CHECK(build.run() == everything);
}

TEST_CASE("all stages lead to one buildroot, and only the copy is made again") {
    FakeBuild build;
    const std::vector<std::string> done = build.run_all();
    CHECK(std::count(done.begin(), done.end(), "stack check") == 1);
    for (const char* path :
         {"usr/bin/fake1.0", "usr/bin/fake1.0d", "usr/lib64/fake1.0/lib-dynload/_fakemath.fake-10d.so"}) {
        CAPTURE(path);
        CHECK(build.folder().has(std::string("BUILDROOT/") + path));
    }
    CHECK(build.folder().read("BUILD/fake1.0-1.0/lists/fake1.0-debug.list").find("/usr/bin/fake1.0d\"") !=
          std::string::npos);
    CHECK(build.folder().has("BUILD/fake1.0-1.0/comparison.json"));
    CHECK(build.run_all() == std::vector<std::string>{"stack copy"});
    CHECK(build.folder().has("BUILDROOT/usr/bin/fake1.0d"));
}

TEST_CASE("another partition does not merge again") {
    FakeBuild build;
    build.run_all();
    build.replace("files = [\"${pylibdir}/test/**\"]", "files = [\"${pylibdir}/test/**\", \"${pylibdir}/script.py\"]");
    CHECK(build.run_all() == std::vector<std::string>{"stack copy", "stack lists"});
}

TEST_CASE("a module that does not import stops the check with its name") {
    FakeBuild build;
    // A module of another name lacks the function that its name asks for.
    build.replace("[[alias]]\npath = \"/usr/bin/fake1.0\"", R"([[install-step]]
move = "/usr/lib64/fake1.0/lib-dynload/_fakemath.fake-10d.so"
to = "/usr/lib64/fake1.0/lib-dynload/_other.fake-10d.so"
configurations = ["debug"]
reason = "breaks it"

[[alias]]
path = "/usr/bin/fake1.0")");
    CHECK_THROWS_WITH(build.run_all(),
                      contains_text("debug") && contains_text("_other") && contains_text("PyInit__other"));
}

TEST_CASE("install before build says what to run first") {
    FakeBuild build;
    Recorder recorder;
    stack::Configuration configuration;
    configuration.name = "optimized";
    stack::Stack unbuilt;
    unbuilt.configurations = {configuration};
    fs::create_directories(build.folder() / "EMPTY");
    const StageContext context{
        unbuilt, build.sources(), Layout(build.folder() / "EMPTY"), build.folder() / "ROOT", SCRIPT_FOLDER, 1, "0",
        {},      recorder};
    CHECK_THROWS_AS(run_build(context), Error);
    CHECK_THROWS_WITH(run_install(context), contains_text("optimized") && contains_text("not built"));
}

TEST_CASE("a source that is not what the stack says stops prep") {
    FakeBuild build;
    write_file_atomically(build.sources() / "fake-1.0.tar.gz", "other bytes");
    CHECK_THROWS_WITH(build.run(), contains_text("sha256"));
    fs::remove(build.sources() / "fake-1.0.tar.gz");
    CHECK_THROWS_WITH(build.run(), contains_text("fake-1.0.tar.gz") && contains_text("no such file"));
}

TEST_CASE("a patch that does not apply leaves no tree that looks prepared") {
    FakeBuild build;
    const std::string patch = read_file(build.sources() / "greeting.patch");
    write_file_atomically(build.sources() / "greeting.patch", replace_all(patch, "hello", "hallo"));
    CHECK_THROWS_AS(build.run(), Error);
    CHECK_FALSE(build.folder().has("BUILD/fake1.0-1.0/source"));
    write_file_atomically(build.sources() / "greeting.patch", patch);
    CHECK(build.run() == everything);
}

TEST_CASE("a missing compiler has a name") {
    FakeBuild build;
    build.replace("CFLAGS = \"\"", "CFLAGS = \"\"\nCC = \"no-such-compiler\"");
    CHECK_THROWS_WITH(build.run(), contains_text("no-such-compiler"));
}

TEST_CASE("after a kill the configuration is built from nothing, the finished ones are not") {
    FakeBuild build;
    CHECK(stop_in_the_middle(build, [](pid_t child) { ::kill(child, SIGKILL); }) == 128 + SIGKILL);
    REQUIRE(build.folder().has(debug_folder + "Makefile"));
    const std::vector<std::string> done = build.run();
    CHECK(std::count(done.begin(), done.end(), "debug configure") == 1);
    CHECK(std::count(done.begin(), done.end(), "debug make") == 1);
    CHECK(std::count(done.begin(), done.end(), "stack prep") == 0);
    CHECK(build.run().empty());
}

TEST_CASE("after an interruption make goes on where it was") {
    // Now and then make sees the end of its child before the signal that both got, and reports a failure (exit status
    // 2), which is no proof of order: then the folder is built from nothing, which is not what is looked at here.
    std::optional<FakeBuild> build;
    const bool in_early_make = GENERATE(false, true);
    for (int attempt = 0; attempt < 20; ++attempt) {
        build.emplace();
        if (in_early_make) build->replace("name = \"debug\"", "name = \"debug\"\nearly-targets = [\"core.o\"]");
        CHECK(stop_in_the_middle(*build, [](pid_t child) { ::kill(child, SIGTERM); }) ==
              exit_code(ErrorKind::interrupted));
        if (build->folder().has("BUILD/fake1.0-1.0/stamps/debug-make.interrupted")) break;
    }
    REQUIRE(build->folder().has("BUILD/fake1.0-1.0/stamps/debug-make.interrupted"));
    CHECK_FALSE(build->folder().has(debug_folder + "core.o"));
    REQUIRE(build->folder().has(debug_folder + "strings.o"));
    const auto before = fs::last_write_time(build->folder() / (debug_folder + "strings.o"));
    const std::vector<std::string> done = build->run();
    CHECK(std::count(done.begin(), done.end(), "debug configure") == 0);
    CHECK(std::count(done.begin(), done.end(), "debug make") == 1);
    CHECK(fs::last_write_time(build->folder() / (debug_folder + "strings.o")) == before);
    CHECK(build->run().empty());
}

TEST_CASE("an interruption while no make runs leaves the folder in order") {
    class Interrupter final : public report::ProgressSink {
        void post(const ProgressEvent& event) override {
            const bool begins = event.kind == ProgressEvent::Kind::started && event.phase == "make";
            if (begins && event.lane == "debug") process::request_interruption();
        }
    } interrupter;
    FakeBuild build;
    build.replace("name = \"debug\"", "name = \"debug\"\nearly-targets = [\"core.o\"]");
    CHECK(wait_for_exit(build.start(interrupter)) == exit_code(ErrorKind::interrupted));
    CHECK(build.folder().has("BUILD/fake1.0-1.0/stamps/debug-make.interrupted"));
    const std::vector<std::string> done = build.run();
    CHECK(std::count(done.begin(), done.end(), "debug configure") == 0);
    CHECK(std::count(done.begin(), done.end(), "debug make") == 1);
}

TEST_CASE("a failing configuration is shown with its log, and the others stop") {
    FakeBuild build;
    build.replace("-O0 -Wno-cpp", "-O0 -Werror -include no-such-header.h");
    // configure's own test compiles with CFLAGS only, so make is what fails. In a process of its own: see start().
    const fs::path message = build.folder() / "message";
    const pid_t child = ::fork();
    if (child == 0) {
        process::install_signal_handlers();
        try {
            Recorder recorder;
            build.run_with(recorder, 2);
        } catch (const Error& error) {
            write_file_atomically(message, error.what());
        }
        ::_exit(0);
    }
    CHECK(wait_for_exit(child) == 0);
    REQUIRE(fs::exists(message));
    const std::string text = read_file(message);
    CHECK(text.find("cannot make the debug configuration") != std::string::npos);
    CHECK(text.find("debug-make.log") != std::string::npos);
    CHECK(text.find("no-such-header.h") != std::string::npos);
}
