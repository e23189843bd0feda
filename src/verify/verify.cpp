#include "verify/verify.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "findings/check_run.hpp"
#include "findings/reports.hpp"
#include "log/log.hpp"
#include "report/phase.hpp"
#include "verify/preview.hpp"
#include "verify/selection.hpp"
#include "verify/subject.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::Needs;
using findings::Result;
using findings::Status;
using findings::Verdict;

/// What the interpreters are. @throws Error when one does not start
std::string description(const std::vector<InstalledInterpreter>& interpreters) {
    std::vector<std::string> started;
    std::vector<std::string> broken;
    for (const InstalledInterpreter& each : interpreters) {
        if (each.broken.empty()) {
            started.push_back(each.executable + " is " + each.full_version +
                              (each.has(python::Trait::debug) ? " with Py_DEBUG" : ""));
        } else {
            broken.push_back(each.executable + ": " + each.broken);
        }
    }
    if (broken.empty()) return join(started, ", ");
    throw Error("cannot start", "", join(broken, "\n"));
}

}  // namespace

GivenPackages read_input(const VerificationRequest& request) {
    GivenPackages input{scratch::PackageSet::read(request.packages), {}};
    if (request.others.empty()) return input;
    for (rpm::Package& package : scratch::read_packages(request.others)) {
        if (!package.is_source && input.packages.counterpart(package) == nullptr) {
            input.others.push_back(std::move(package));
        }
    }
    return input;
}

/// Tells of results: of those that come while the packages are still being installed, afterwards.
class Verification::Telling {
public:
    void tell(const Result& result) {
        const std::lock_guard lock(mutex_);
        phase_ == nullptr ? early_.push_back(result) : advance(result);
    }

    /// @param width of the names
    void begin(report::Phase& phase, std::size_t width) {
        const std::lock_guard lock(mutex_);
        phase_ = &phase;
        width_ = width;
        for (const Result& result : early_) advance(result);
    }

private:
    void advance(const Result& result) {
        phase_->advance(++done_, findings::line_of(result, width_),
                        result.verdict.status == Status::failed ? log::Level::warning : log::Level::info);
    }

    std::mutex mutex_;
    report::Phase* phase_ = nullptr;
    std::vector<Result> early_;
    std::size_t width_ = 0, done_ = 0;
};

struct Verification::State {
    const VerificationRequest& request;
    scratch::PackageSet packages;
    std::vector<rpm::Package> others;
    scratch::ScratchRoot root;
    std::deque<std::pair<Subject, std::string>> subjects;  ///< a stack each, to which its checks refer, and its prefix
    std::vector<Check> all;
    std::vector<std::string> failed;              ///< prerequisites, in their order
    std::map<std::string, std::string> withheld;  ///< checks that cannot be run, by the prerequisite that failed

    State(const VerificationRequest& asked, GivenPackages input, const fs::path& folder)
        : request(asked),
          packages(std::move(input.packages)),
          others(std::move(input.others)),
          root(asked.root.empty() ? scratch::ScratchRoot(folder)
                                  : scratch::ScratchRoot(folder, fs::canonical(asked.root))) {}

    /// The stacks, as they are known before they are installed.
    void find_subjects() {
        const auto by_source = packages.by_source();
        for (const auto& [source, some] : by_source) {
            Subject subject{some, packages, &root, packaged_interpreters(some), request.scripts, request.jobs};
            subjects.push_back({std::move(subject), prefix_of(source, by_source.size())});
        }
    }

    [[nodiscard]] bool is_selected(const std::string& name) const {
        return (request.only.empty() || matches_any(name, request.only)) && !matches_any(name, request.skip);
    }

    /// Selected checks that need nothing but the headers of the packages.
    std::vector<Check> early_checks() {
        std::vector<Check> result;
        for (auto& [subject, prefix] : subjects) {
            for (Check& check : checks_of(subject, request, prefix)) {
                const bool early = check.needs == Needs::headers && check.interpreters.empty();
                if (early && is_selected(check.name)) result.push_back(std::move(check));
            }
        }
        return result;
    }

    void install() {
        const bool here = request.root.empty();
        const std::string name = here ? "packages.install" : "packages.installed";
        const bool installed = attempt(name, here ? about_install : about_installed, [this, here] {
            here ? root.install(packages, others, request.host_version)
                 : scratch::require_installed(*root.layer(), packages);
            return fmt::format(
                "{} packages{}", packages.all().size(),
                others.empty() ? "" : fmt::format(", with {} available that they may require", others.size()));
        });
        for (auto& [subject, prefix] : subjects) {
            installed ? prepare(subject, prefix) : prepare_without(subject, prefix, name);
        }
    }

    /// @param prefix of the names of its checks
    void prepare(Subject& subject, const std::string& prefix) {
        const std::string name = prefix + "interpreter.starts";
        attempt(name, about_starts, [&subject] {
            subject.interpreters = find_interpreters(subject.packages, *subject.layer_with_scripts());
            return description(subject.interpreters);
        });
        for (Check& check : checks_of(subject, request, prefix)) {
            const InstalledInterpreter* broken = subject.broken_among(check.interpreters);
            if (broken != nullptr) withhold(check, name, broken->executable + " does not start");
            all.push_back(std::move(check));
        }
    }

    /// Where the packages do not install. @param name of the check that says so
    void prepare_without(Subject& subject, const std::string& prefix, const std::string& name) {
        Check starts{prefix + "interpreter.starts", about_starts, {}};
        withhold(starts, name, "the packages are not installed");
        all.push_back(std::move(starts));
        for (Check& check : checks_of(subject, request, prefix)) {
            if (check.needs == Needs::installation || !check.interpreters.empty()) {
                withhold(check, name, "the packages are not installed");
            }
            all.push_back(std::move(check));
        }
    }

    void withhold(Check& check, const std::string& prerequisite, const std::string& reason) {
        withheld[check.name] = prerequisite;
        check.run = [verdict = Verdict::not_run(reason + ": see " + prerequisite)] { return verdict; };
    }

    /// Does what the other checks need, and makes a check of how it went.
    bool attempt(const std::string& name, const char* about, const std::function<std::string()>& work) {
        Verdict verdict;
        try {
            verdict = Verdict::pass(work());
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::failed) throw;
            verdict = Verdict::fail(split(error.what(), '\n').front(), about, error.what());
            failed.push_back(name);
        }
        all.push_back({name, about, [verdict] { return verdict; }});
        return verdict.status == Status::passed;
    }

    /// What is to be run. What fails, so that a selected check cannot be run, is among it unless it is skipped.
    [[nodiscard]] std::vector<Check> selected() const {
        std::vector<Check> result = selected_checks(all, request.only, request.skip);
        std::vector<Check> missing;
        for (const std::string& name : failed) {
            const auto is_named = [&](const Check& check) { return check.name == name; };
            const bool needed = std::any_of(result.begin(), result.end(), [&](const Check& check) {
                const auto found = withheld.find(check.name);
                return found != withheld.end() && found->second == name;
            });
            if (!needed || std::any_of(result.begin(), result.end(), is_named)) continue;
            if (!matches_any(name, request.skip)) missing.push_back(*std::find_if(all.begin(), all.end(), is_named));
        }
        result.insert(result.begin(), missing.begin(), missing.end());
        return result;
    }
};

Verification::Verification(const VerificationRequest& request, GivenPackages input, const fs::path& folder,
                           report::ProgressSink& progress)
    : state_(std::make_unique<State>(request, std::move(input), folder)), progress_(progress) {
    state_->find_subjects();
}

Verification::~Verification() = default;

void Verification::install() {
    report::Phase phase(progress_, "verify", "install");
    state_->install();
    phase.finish();
}

std::vector<Result> Verification::run() {
    Telling telling;
    findings::CheckRun run(state_->request.jobs, [&](const Result& result, std::size_t) { telling.tell(result); });
    std::vector<Check> early = state_->early_checks();
    std::set<std::string> begun;
    for (const Check& check : early) begun.insert(check.name);
    run.add(std::move(early));
    install();

    std::vector<Check> selected = state_->selected();
    std::map<std::string, std::size_t> places;
    std::size_t width = 0;
    for (const Check& check : selected) {
        places.emplace(check.name, places.size());
        width = std::max(width, check.name.size());
    }
    report::Phase phase(progress_, "verify", "checks", selected.size());
    telling.begin(phase, width);
    std::erase_if(selected, [&](const Check& check) { return begun.contains(check.name); });
    run.add(std::move(selected));
    std::vector<Result> results = run.finish();
    phase.finish();
    std::sort(results.begin(), results.end(),
              [&](const Result& a, const Result& b) { return places.at(a.name) < places.at(b.name); });
    return results;
}

int Verification::shell(const std::vector<std::string>& command) {
    // What there is in an incomplete root may be what somebody wants to look at.
    for (const Check& check : state_->all) {
        const bool failed = std::find(state_->failed.begin(), state_->failed.end(), check.name) != state_->failed.end();
        if (failed) log::say(log::Level::warning, check.run().seen);
    }
    const std::unique_ptr<scratch::Layer> layer = state_->root.layer();
    scratch::bring_templates(*layer, state_->request.scripts.parent_path());
    return scratch::enter(*layer, command);
}

std::string Verification::packages() const {
    std::vector<std::string> names;
    const scratch::PackageSet& packages = state_->packages;
    for (const scratch::PackagedConfiguration& each : packages.configurations()) {
        for (const rpm::Package* package : packages.of_configuration(each.name)) names.push_back(package->nevra());
    }
    for (const rpm::Package* package : packages.of(scratch::Role::program)) {
        if (packages.configuration_of(*package) == nullptr) names.push_back(package->nevra());
    }
    if (names.empty()) return "no packages";
    return names.size() == 1 ? names.front() : fmt::format("{} and {} more packages", names.front(), names.size() - 1);
}

}  // namespace pystacks::verify
