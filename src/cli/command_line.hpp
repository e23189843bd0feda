#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/arguments.hpp"

namespace pystacks::cli {

/// A program's whole command line.
class CommandLine {
public:
    /// @param words as for Arguments
    CommandLine(const std::string& name, const std::string& help, const std::vector<std::string>* words = nullptr);
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;
    ~CommandLine();

    /// What the program itself takes, and where its commands are added.
    [[nodiscard]] Arguments arguments() noexcept { return Arguments(*app_, words_); }
    /// The same for those who include CLI11.
    [[nodiscard]] CLI::App& app() noexcept { return *app_; }
    /// `--version` prints @p text.
    void add_version(const std::string& text);

    struct Outcome {
        bool answered = false;  ///< it asked for help or the version, which was printed
        std::string problem;    ///< why it makes no sense; empty when it does
    };
    [[nodiscard]] Outcome parse(int argc, const char* const* argv);

private:
    std::unique_ptr<CLI::App> app_;
    const std::vector<std::string>* words_;
};

}  // namespace pystacks::cli
