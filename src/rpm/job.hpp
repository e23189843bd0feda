#pragma once

#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "rpm/builder.hpp"

/// What the parent and the worker tell each other, as JSON.
namespace pystacks::rpm {

enum class Task { inspect, build };

struct WorkerJob {
    Task task = Task::inspect;
    SpecJob spec;
    Amount amount = Amount::source;  ///< never `all`, which is two jobs
    bool check_build_requires = true;
    std::filesystem::path cookie_from;  ///< an SRPM whose build cookie the packages get; may be empty
    std::filesystem::path answer;       ///< where the answer goes
    int messages = -1;                  ///< descriptor for send_message(); negative: nobody listens
    bool trace = false;                 ///< librpm says everything it can say
};

[[nodiscard]] std::string to_json(const WorkerJob& job);
/// @throws Error
[[nodiscard]] WorkerJob job_from_json(const std::string& text);

[[nodiscard]] std::string to_json(const SpecInfo& info);
[[nodiscard]] std::string to_json(const BuildResult& result);
[[nodiscard]] std::string to_json(const Error& error);

/// The answer to a job. @throws the Error that the worker answered, or one that says that it did not understand.
[[nodiscard]] SpecInfo info_from_json(const std::string& text);
[[nodiscard]] BuildResult result_from_json(const std::string& text);

}  // namespace pystacks::rpm
