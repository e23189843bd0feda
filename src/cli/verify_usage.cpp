#include "cli/verify_usage.hpp"

#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/given_path.hpp"
#include "verify/test_choice.hpp"

namespace pystacks::cli::verify {
namespace {

namespace fs = std::filesystem;

using pystacks::verify::TestChoice;

constexpr const char* attempted = "cannot verify";

[[noreturn]] void refuse(const std::string& subject, const std::string& reason, const std::string& hint = {}) {
    throw Error(ErrorKind::usage, attempted, subject, reason, hint);
}

/// An option, and whether it was given.
using Given = std::pair<const char*, bool>;

void refuse_beside(const char* mode, std::initializer_list<Given> others, const std::string& why) {
    for (const auto& [name, given] : others) {
        if (given) refuse(name, std::string("it cannot be combined with ") + mode, why);
    }
}

bool any_switches(const Options& options) {
    const rpm::Switches& switches = options.switches;
    return !switches.with.empty() || !switches.without.empty() || !switches.defines.empty();
}

void check_builds(const Options& options) {
    const std::initializer_list<Given> of_installed{
        {"--regrtest", options.regrtest != usual_tests}, {"--upgrade", !options.upgrade.empty()},
        {"--rpmlintrc", !options.rpmlintrc.empty()},     {"--root", !options.root.empty()},
        {"--with-packages", !options.others.empty()},    {"--shell", options.shell}};
    if (options.unaffected) {
        refuse_beside("--unaffected", {{"--reproducible", options.reproducible}}, "each of them compares builds");
        refuse_beside("--unaffected", of_installed, "it compares two builds, and installs nothing");
    }
    if (options.reproducible) {
        refuse_beside("--reproducible", of_installed, "it compares two builds, and installs nothing");
        refuse_beside("--reproducible",
                      {{"--list", options.list}, {"--only", !options.only.empty()}, {"--skip", !options.skip.empty()}},
                      "its checks are known only after the builds: one for each package");
        return;
    }
    const std::initializer_list<Given> of_builds{{"--work", options.work != usual_work},
                                                 {"--sources", !options.sources.empty()},
                                                 {"--with, --without and --define", any_switches(options)}};
    for (const auto& [name, given] : of_builds) {
        if (given) refuse(name, "only --reproducible builds something", "pystacks verify --reproducible STACK");
    }
}

void check_modes(const Options& options) {
    check_builds(options);
    const std::initializer_list<Given> of_results{{"--json", options.output.json},
                                                  {"--junit", !options.output.junit.empty()},
                                                  {"--html", !options.output.html.empty()},
                                                  {"--strict", options.output.strict}};
    const std::initializer_list<Given> of_choice{{"--only", !options.only.empty()},
                                                 {"--skip", !options.skip.empty()},
                                                 {"--regrtest", options.regrtest != usual_tests},
                                                 {"--list", options.list}};
    if (options.shell) {
        refuse_beside("--shell", of_results, "a shell has no results");
        refuse_beside("--shell", of_choice, "it runs no checks");
    }
    if (options.list) refuse_beside("--list", of_results, "it runs no checks, so there are no results");
    if (!options.root.empty() && !options.others.empty()) {
        refuse("--with-packages", "it cannot be combined with --root", "nothing is installed in an existing root");
    }
}

void check_packages(const Options& options) {
    if (options.packages.empty() && !options.list) {
        refuse("", "PACKAGES is required", "give packages, or a folder of them, such as dist/RPMS");
    }
    if (options.unaffected && options.packages.size() != 2) {
        refuse("--unaffected", "it takes two folders",
               "pystacks verify --unaffected WITH WITHOUT: packages built with and without the debug configuration");
    }
    if (options.reproducible) {
        if (options.packages.size() != 1) {
            refuse("--reproducible", "it takes one stack", "pystacks verify --reproducible STACK");
        }
        return;
    }
    for (const std::vector<fs::path>& some : {options.packages, options.others}) {
        for (const fs::path& package : some) {
            if (const std::string problem = problem_of_input(package, Wanted::either); !problem.empty()) {
                refuse(package.string(), problem, "give packages, or a folder of them, such as dist/RPMS");
            }
        }
    }
}

void require_folder(const char* option, const fs::path& folder) {
    if (folder.empty()) return;
    const std::string subject = fmt::format("{} {}", option, folder.string());
    if (const std::string problem = problem_of_input(folder, Wanted::folder); !problem.empty())
        refuse(subject, problem);
}

/// Said now, and not when everything has been run.
void require_writable(const char* option, const fs::path& file) {
    if (file.empty()) return;
    const std::string subject = fmt::format("{} {}", option, file.string());
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (file == "-") refuse(subject, "it takes the name of a file", "/dev/stdout is standard output");
    if (fs::is_directory(file)) {
        const char* name = std::string_view(option) == "--html" ? "verify.html" : "verify.xml";
        refuse(subject, "it is a folder", fmt::format("for example: {} {}", option, (file / name).string()));
    }
    if (!fs::exists(folder)) refuse(subject, "there is no folder " + folder.string(), "make it first");
    if (const std::string problem = problem_of_output(file); !problem.empty()) refuse(subject, problem);
}

void check_files(const Options& options) {
    require_folder("--root", options.root);
    require_folder("--sources", options.sources);
    const auto require_input = [](const char* option, const fs::path& path, Wanted wanted) {
        const std::string problem = path.empty() ? std::string() : problem_of_input(path, wanted);
        if (!problem.empty()) refuse(fmt::format("{} {}", option, path.string()), problem);
    };
    require_input("--upgrade", options.upgrade, Wanted::either);
    require_input("--rpmlintrc", options.rpmlintrc, Wanted::file);
    require_writable("--junit", options.output.junit);
    require_writable("--html", options.output.html);
    if (!options.output.junit.empty() && options.output.junit == options.output.html &&
        fs::is_regular_file(options.output.junit)) {
        refuse("--html " + options.output.html.string(), "--junit writes the same file");
    }
}

}  // namespace

void check_usage(const Options& options) {
    check_packages(options);
    check_modes(options);
    check_files(options);
    const TestChoice tests = TestChoice::of(options.regrtest);
    if (tests.kind == TestChoice::Kind::named && tests.names.empty()) {
        refuse("--regrtest '" + options.regrtest + "'", "it names no test",
               "it takes quick, full, none, or names of CPython's tests with commas between them");
    }
}

}  // namespace pystacks::cli::verify
