#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "report/progress.hpp"

namespace pystacks::source::test {

/// A folder of its own for each test.
class Scene {
public:
    Scene() : folder_(fs::temp_directory_path(), "pystacks-source-test") {}
    [[nodiscard]] fs::path operator/(const std::string& name) const { return folder_.path() / name; }
    /// Writes a file, and the folders above it.
    fs::path write(const std::string& name, const std::string& contents, mode_t mode = 0644) const;
    /// The names in a folder, sorted.
    [[nodiscard]] static std::vector<std::string> names(const fs::path& folder);

private:
    TemporaryDirectory folder_;
};

/// Remembers what it is told.
class Recorder : public report::ProgressSink {
public:
    void post(const report::ProgressEvent& event) override;
    [[nodiscard]] bool told(const std::string& text) const;  ///< whether a message has @p text in it
    [[nodiscard]] std::vector<report::ProgressEvent> of(report::ProgressEvent::Kind kind) const;

private:
    mutable std::mutex mutex_;
    std::vector<report::ProgressEvent> events_;
};

/// A variable of the environment, put back by the destructor.
class Environment {
public:
    Environment(std::string name, const std::string& value);
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
    ~Environment();

private:
    std::string name_;
    std::string before_;
    bool was_set_;
};

/// What @p action throws, as the user would read it, hint included; empty when it throws nothing.
template <typename Action>
std::string error_of(Action&& action) {
    try {
        action();
    } catch (const Error& error) {
        return std::string(error.what()) + "\n" + error.hint();
    }
    return {};
}

[[nodiscard]] inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace pystacks::source::test
