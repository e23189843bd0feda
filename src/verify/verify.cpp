#include "verify/verify.hpp"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "report/phase.hpp"
#include "verify/checks.hpp"
#include "verify/plan_checks.hpp"
#include "verify/runner.hpp"
#include "verify/subject.hpp"

namespace pystacks::verify {
namespace {

/// Where several stacks are verified, "gdb.*" means that of each, and "python3.13/gdb.*" that of one.
bool matches(const PathPattern& pattern, std::string_view name) {
    return pattern.matches(name) || pattern.matches(name.substr(name.find('/') + 1));
}

bool matches_any(const std::string& name, const std::vector<std::string>& patterns) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return matches(PathPattern(pattern), name); });
}

void require_all_used(const std::vector<Check>& checks, const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns) {
        const PathPattern compiled(pattern);
        if (std::none_of(checks.begin(), checks.end(),
                         [&](const Check& check) { return matches(compiled, check.name); })) {
            throw Error(ErrorKind::usage, "cannot select checks", pattern, "no check has such a name",
                        "--list shows the names; * stands for any characters");
        }
    }
}

/// "python3.13" of "python3.13-3.13.5-1.fc44.src.rpm".
std::string source_name(const std::string& source_rpm) {
    return source_rpm.substr(0, source_rpm.rfind('-', source_rpm.rfind('-') - 1));
}

}  // namespace

struct Verification::State {
    const Request& request;
    scratch::PackageSet packages;
    scratch::ScratchRoot root;
    std::deque<Subject> subjects;  ///< a stack each, whose checks keep references to it
    std::vector<Check> all;
    bool complete = true;  ///< whether all checks could be made: not where no interpreter starts

    State(const Request& asked, const fs::path& folder)
        : request(asked),
          packages(scratch::PackageSet::read(asked.packages)),
          root(asked.root.empty() ? scratch::ScratchRoot(folder)
                                  : scratch::ScratchRoot(folder, fs::canonical(asked.root))) {}

    void prepare() {
        const bool here = request.root.empty();
        const char* about =
            here ? "the packages install, with all that they require" : "the root has these very packages";
        complete = attempt(here ? "packages.install" : "packages.installed", about, [this, here] {
            here ? root.install(packages, request.host_version) : scratch::require_installed(*root.layer(), packages);
        });
        if (!complete) return;
        const auto by_source = packages.by_source();
        for (const auto& [source, some] : by_source) {
            subjects.push_back({some, packages, &root, {}, request.scripts, request.jobs});
            prepare(subjects.back(), by_source.size() == 1 ? "" : source_name(source) + "/");
        }
    }

    /// @param prefix of the names of its checks
    void prepare(Subject& subject, const std::string& prefix) {
        const bool answered = attempt(prefix + "interpreter.starts", "every interpreter starts", [&subject] {
            subject.interpreters = find_interpreters(subject.packages, *subject.layer_with_scripts());
        });
        complete = complete && answered;
        if (answered) {
            const fs::path plan = request.scripts / "plan.toml";
            add(planned_checks(parse_plan(read_file(plan), plan), subject), prefix);
        }
        add(all_built_in_checks(subject, request), prefix);
    }

    void add(std::vector<Check> checks, const std::string& prefix) {
        for (Check& check : checks) {
            check.name.insert(0, prefix);
            all.push_back(std::move(check));
        }
    }

    /// Does what the other checks need, and makes a check of how it went.
    bool attempt(const std::string& name, const char* about, const std::function<void()>& work) {
        try {
            work();
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::failed) throw;
            Verdict verdict = Verdict::fail(split(error.what(), '\n').front(), about, error.what());
            all.push_back({name, about, [verdict] { return verdict; }});
            return false;
        }
        all.push_back({name, about, [] { return Verdict::pass({}); }});
        return true;
    }
};

Verification::Verification(const Request& request, const fs::path& folder, report::ProgressSink& progress)
    : state_(std::make_unique<State>(request, folder)), progress_(progress) {
    report::Phase phase(progress_, "verify", "install");
    state_->prepare();
    phase.finish();
}

Verification::~Verification() = default;

std::vector<Check> Verification::checks() const {
    if (!state_->complete) return state_->all;  // there is no choosing among what is left
    require_all_used(state_->all, state_->request.only);
    require_all_used(state_->all, state_->request.skip);
    std::vector<Check> selected;
    for (const Check& check : state_->all) {
        const bool wanted = state_->request.only.empty() || matches_any(check.name, state_->request.only);
        if (wanted && !matches_any(check.name, state_->request.skip)) selected.push_back(check);
    }
    return selected;
}

std::vector<Result> Verification::run() {
    const std::vector<Check> selected = checks();
    report::Phase phase(progress_, "verify", "checks", selected.size());
    std::vector<Result> results =
        run_checks(selected, state_->request.jobs, [&](const Result& result, std::size_t done) {
            if (result.verdict.status == Status::failed) {
                report::ProgressEvent failure;
                failure.text = "failed: " + result.name + ": " + result.verdict.reason;
                progress_.post(failure);
            }
            phase.advance(done);
        });
    phase.finish();
    return results;
}

int Verification::shell(const std::vector<std::string>& command) {
    // What there is in an incomplete root may be what somebody wants to look at.
    for (const Check& check : state_->complete ? std::vector<Check>() : state_->all) {
        const Verdict verdict = check.run();
        if (verdict.status == Status::failed) log::say(log::Level::warning, verdict.seen);
    }
    const std::unique_ptr<scratch::Layer> layer = state_->root.layer();
    scratch::bring_scripts(*layer, state_->request.scripts);
    return scratch::enter(*layer, command);
}

std::string Verification::packages() const {
    std::vector<std::string> names;
    for (const rpm::Package* package : state_->packages.of(scratch::Role::base)) names.push_back(package->nevra());
    for (const rpm::Package* package : state_->packages.of(scratch::Role::debug)) names.push_back(package->nevra());
    if (names.empty()) return "no packages";
    return names.size() == 1 ? names.front() : fmt::format("{} and {} more packages", names.front(), names.size() - 1);
}

}  // namespace pystacks::verify
