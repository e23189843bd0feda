#include "cli/command_line.hpp"

#include <iostream>

#include <CLI/CLI.hpp>

namespace pystacks::cli {

CommandLine::CommandLine(const std::string& name, const std::string& help, const std::vector<std::string>* words)
    : app_(std::make_unique<CLI::App>(help, name)), words_(words) {}

CommandLine::~CommandLine() = default;

void CommandLine::add_version(const std::string& text) { app_->set_version_flag("--version", text); }

CommandLine::Outcome CommandLine::parse(int argc, const char* const* argv) {
    try {
        app_->parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        if (problem.get_exit_code() != 0) return {false, problem.what()};
        app_->exit(problem, std::cout, std::cerr);
        return {true, ""};
    }
    return {};
}

}  // namespace pystacks::cli
