#include "rpm/builder.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "process/command.hpp"
#include "rpm/job.hpp"
#include "rpm/message_pipe.hpp"

namespace pystacks::rpm {

namespace fs = std::filesystem;

namespace {

constexpr int shown_log_lines = 30;

/// Logs what librpm says. A spec is parsed several times: a warning or an error that comes again is logged once.
class RpmMessages {
public:
    enum class Terminal { shown, hidden };
    explicit RpmMessages(Terminal terminal) : terminal_(terminal) {}

    void take(log::Level level, const std::string& text) {
        if (level >= log::Level::warning && !said_.insert(text).second) return;
        log::Event event{.level = level, .message = "rpm: " + text, .kind = "rpm"};
        event.details = {{"rpm_level", std::string(log::name_of(level))}, {"text", text}};
        // Errors are the reason of the Error that follows.
        if (level == log::Level::error) event.shown = "";
        if (terminal_ == Terminal::hidden) event.level = std::min(level, log::Level::debug);
        log::post(event);
    }

private:
    Terminal terminal_;
    std::set<std::string> said_;
};

/// Starts the worker on @p job and returns its answer, which may be an error's.
/// @param folder where the answer is written
std::string answer_of(WorkerJob job, const fs::path& folder, const fs::path& log, RpmMessages& messages) {
    const MessagePipe pipe([&messages](log::Level level, const std::string& text) { messages.take(level, text); });
    job.messages = pipe.sending_end();
    job.trace = log::shown(log::Level::trace);
    job.answer = folder / "answer.json";
    if (job.task == Task::build && job.amount == Amount::source) job.spec.stage_defines.clear();
    fs::remove(job.answer);
    process::Command command;
    command.arguments = {job.spec.program.string(), "rpm-worker"};
    command.input = to_json(job);
    command.log = log;
    command.inherited_descriptors = {job.messages};
    // What rpm and its scripts say is read: whether something was not found, for one.
    command.environment["LC_ALL"] = "C.UTF-8";
    command.unset_environment = {"LANGUAGE"};
    const process::Outcome outcome = process::run(command);
    if (outcome.succeeded() && fs::exists(job.answer)) return read_file(job.answer);
    std::string reason = "the process that runs rpm " + outcome.describe();
    if (!outcome.output.empty()) reason += ":\n" + std::string{trim(outcome.output)};
    throw Error(job.task == Task::inspect ? "cannot parse" : "cannot build", job.spec.spec.string(), reason);
}

/// The end of the log, which says more than rpm does of a section that failed; then rpm's words, which may be the log's
/// last ones already.
std::string why(const std::string& said, const std::string& tail) {
    if (tail.empty() || said.empty()) return tail + said;
    return tail.find(trim(said)) != std::string::npos ? tail : tail + "\n" + said;
}

/// One build job.
BuildResult build_once(const WorkerJob& job, const fs::path& folder, const fs::path& log, RpmMessages& messages) {
    try {
        return result_from_json(answer_of(job, folder, log, messages));
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted || log.empty()) throw;
        throw Error(error.kind(), error.attempted(), error.subject(),
                    why(error.reason(), process::log_tail(log, shown_log_lines)), error.hint());
    }
}

}  // namespace

SpecInfo inspect(const SpecJob& job) {
    const TemporaryDirectory folder{temporary_folder(), "pystacks-rpm"};
    WorkerJob work;
    work.spec = job;
    // Sources may be missing here, and rpm warns of each.
    RpmMessages messages(RpmMessages::Terminal::hidden);
    return info_from_json(answer_of(work, folder.path(), {}, messages));
}

BuildResult build(const SpecJob& job, const BuildOptions& options) {
    const TemporaryDirectory folder{temporary_folder(), "pystacks-rpm"};
    RpmMessages messages(RpmMessages::Terminal::shown);
    WorkerJob work;
    work.task = Task::build;
    work.spec = job;
    work.amount = options.amount;
    work.check_build_requires = options.check_build_requires && options.amount != Amount::source;
    if (!makes_packages(options.amount)) return build_once(work, folder.path(), options.log, messages);

    WorkerJob source = work;
    source.amount = Amount::source;
    if (options.amount == Amount::binary) {
        // Only its cookie is wanted.
        source.check_build_requires = false;
        source.spec.defines.push_back("_srcrpmdir " + folder.path().string());
    }
    BuildResult result = build_once(source, folder.path(), options.log, messages);
    work.amount = Amount::binary;
    work.check_build_requires = false;
    work.cookie_from = result.written.front();
    if (options.amount == Amount::binary) {
        result.written.clear();
        work.check_build_requires = options.check_build_requires;
    }
    const BuildResult binary = build_once(work, folder.path(), options.log, messages);
    result.written.insert(result.written.end(), binary.written.begin(), binary.written.end());
    return result;
}

}  // namespace pystacks::rpm
