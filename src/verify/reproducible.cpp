#include "verify/reproducible.hpp"

#include <memory>

#include <unistd.h>

#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "scratch/package_set.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::Verdict;

Verdict compare_builds(const rpm::Package& first, const scratch::PackageSet& all_second,
                       const std::vector<std::string>& compare) {
    const rpm::Package* second = all_second.counterpart(first);
    if (second == nullptr) return Verdict::fail("the second build does not have it", first.nevra(), "no such package");
    if (content_digest_file(first.file) == content_digest_file(second->file)) {
        return Verdict::pass("the same bytes, " + human_size(fs::file_size(first.file)));
    }
    process::Command command;
    command.arguments = compare;
    command.arguments.insert(command.arguments.end(), {first.file.string(), second->file.string()});
    const std::string seen{trim(process::run(command).output)};
    return Verdict::fail("the two builds differ: " + split(seen, '\n').front(), "the same bytes", seen,
                         shell_join(command.arguments));
}

}  // namespace

std::pair<Circumstances, Circumstances> unlike_circumstances(const fs::path& work, int jobs) {
    Circumstances first{work / "first", jobs, "022", "builder-one", {{"LC_ALL", "C.UTF-8"}, {"TZ", "UTC"}}, ""};
    Circumstances second{work / "second/in-a-longer-folder",
                         jobs + 3,
                         "077",
                         "builder-two.example.org",
                         {{"LC_ALL", "tr_TR.UTF-8"},
                          {"LANGUAGE", "tr"},
                          {"TZ", "Pacific/Kiritimati"},
                          {"HOME", (work / "home of another").string()},
                          {"USER", "another"},
                          {"LOGNAME", "another"},
                          {"PYTHONHASHSEED", "4242"},
                          {"PYTHONDONTWRITEBYTECODE", "1"},
                          {"PYTHONPATH", "/nonexistent"},
                          {"CFLAGS", "-O0 -DNOISE"},
                          {"LDFLAGS", "-Wl,--as-needed"},
                          {"MAKEFLAGS", "--no-print-directory"},
                          {"COLUMNS", "43"},
                          {"NOISE", "a variable that nobody knows"}},
                         process::find_program("faketime") ? "+400d" : ""};
    return {std::move(first), std::move(second)};
}

process::Command build_command(const std::vector<std::string>& build, const Circumstances& circumstances) {
    process::Command command;
    command.arguments = {"unshare", "--uts"};
    if (::geteuid() != 0) command.arguments.insert(command.arguments.end(), {"--user", "--map-root-user"});
    // Before the build begins, what a child can only set for itself.
    constexpr const char* script = R"({ hostname "$1" || echo "$1" >/proc/sys/kernel/hostname; } ||
    echo 'the host name stays' >&2
umask "$2" && shift 2 && exec "$@")";
    command.arguments.insert(command.arguments.end(),
                             {"/bin/sh", "-c", script, "sh", circumstances.host, circumstances.umask});
    if (!circumstances.clock.empty()) {
        // -m: for programs with threads. Time spans and the files' own times stay what they are.
        command.arguments.insert(command.arguments.end(), {"env", "NO_FAKE_STAT=1", "faketime", "-m",
                                                           "--exclude-monotonic", "-f", circumstances.clock});
    }
    command.arguments.insert(command.arguments.end(), build.begin(), build.end());
    command.arguments.insert(command.arguments.end(),
                             {"--output", circumstances.output.string(), "--jobs", std::to_string(circumstances.jobs)});
    command.environment = circumstances.environment;
    return command;
}

Check clock_check(const Circumstances& second) {
    Verdict verdict = second.clock.empty()
                          ? Verdict::not_run("this host has no faketime: both builds saw the same clock")
                          : Verdict::pass("the clock of the second build was off by " + second.clock);
    return {"circumstances.clock", "by its clock, the second build takes place more than a year later",
            [verdict] { return verdict; }};
}

std::vector<Check> reproducible_checks(const fs::path& first, const fs::path& second,
                                       const std::vector<std::string>& compare) {
    const auto all_first =
        std::make_shared<scratch::PackageSet>(scratch::PackageSet::read({first / "RPMS", first / "SRPMS"}));
    const auto all_second =
        std::make_shared<scratch::PackageSet>(scratch::PackageSet::read({second / "RPMS", second / "SRPMS"}));
    std::vector<Check> checks;
    for (const rpm::Package& package : all_first->all()) {
        checks.push_back(
            {"reproducible." + package.name + (package.is_source ? ".src" : ""),
             "two builds under different circumstances give the same bytes",
             [all_first, all_second, &package, compare] { return compare_builds(package, *all_second, compare); }});
    }
    for (const rpm::Package& package : all_second->all()) {
        if (all_first->counterpart(package) != nullptr) continue;
        checks.push_back({"reproducible." + package.name, "two builds give the same packages", [all_second, &package] {
                              return Verdict::fail("the first build does not have it", "no such package",
                                                   package.nevra());
                          }});
    }
    return checks;
}

}  // namespace pystacks::verify
