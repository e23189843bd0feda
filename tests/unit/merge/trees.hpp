#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "merge/comparison.hpp"
#include "report/progress.hpp"

/// Small install trees on disk, and the stack that they belong to.
namespace pystacks::merge::test {

/// A stack with the configurations "optimized" (the base) and "debug", whose ${ldversion} are 3.13 and 3.13d.
class Trees {
public:
    explicit Trees(std::vector<std::string> configurations = {"optimized", "debug"});

    void file(const std::string& configuration, const std::string& path, const std::string& bytes, mode_t mode = 0644);
    void symlink(const std::string& configuration, const std::string& path, const std::string& target);
    void hard_link(const std::string& configuration, const std::string& path, const std::string& existing);
    void directory(const std::string& configuration, const std::string& path);
    void everywhere(const std::string& path, const std::string& bytes, mode_t mode = 0644);

    /// Packages in the order in which they are declared.
    stack::Package& package(const std::string& name, std::vector<std::string> files);

    [[nodiscard]] std::vector<ConfigurationTree> scan() const;
    [[nodiscard]] Comparison compare() const { return merge::compare(stack, scan()); }
    [[nodiscard]] fs::path root(const std::string& configuration) const { return folder_.path() / configuration; }
    [[nodiscard]] fs::path merged() const { return folder_.path() / "merged"; }
    [[nodiscard]] const fs::path& folder() const { return folder_.path(); }
    /// Merges and scans the result.
    tree::Tree merge();

    stack::Stack stack;

private:
    [[nodiscard]] fs::path make_room(const std::string& configuration, const std::string& path) const;
    TemporaryDirectory folder_;
};

/// The verdict on @p path; fails the test when there is none.
PathVerdict verdict(const Comparison& comparison, const std::string& path);

/// The Error that @p action throws; fails the test when it throws none.
Error error_of(const std::function<void()>& action);

/// Remembers what was posted.
class Events : public report::ProgressSink {
public:
    void post(const report::ProgressEvent& event) override { all.push_back(event); }
    std::vector<report::ProgressEvent> all;
};

}  // namespace pystacks::merge::test
