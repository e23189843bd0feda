#include "cli/registry.hpp"

#include <vector>

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;

namespace {

/// The error that a command line gives.
Error error_of(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "pystacks");
    try {
        cli::run(static_cast<int>(arguments.size()), arguments.data());
    } catch (const Error& error) {
        return error;
    }
    return {"nothing", "", "no error"};
}

}  // namespace

TEST_CASE("command lines that make no sense are usage errors") {
    const std::vector<std::vector<const char*>> lines{{},
                                                      {"bild"},
                                                      {"build"},
                                                      {"build", "x", "-bq"},
                                                      {"build", "x", "-j", "0"},
                                                      {"build", "x", "--no-such"},
                                                      {"--no-such"},
                                                      {"build", "x", "-j", "many"},
                                                      {"spec"},
                                                      {"spec", "a", "b"}};
    for (const auto& line : lines) {
        INFO(line.size() << " " << (line.empty() ? "" : line.back()));
        const Error error = error_of(line);
        CHECK(error.kind() == ErrorKind::usage);
        CHECK(error.hint().find("--help") != std::string::npos);
    }
}

TEST_CASE("a misspelt command is told the right one") {
    CHECK(error_of({"bulid"}).reason() == "did you mean build?");
    CHECK(error_of({"xyzzyplugh"}).reason() == "there is no such command");
    CHECK(error_of({"build", "x", "--offlin"}).hint() == "see pystacks build --help");
    CHECK(error_of({"build", "--wiht", "optimizations", "x"}).reason() == "did you mean --with?");
    CHECK(error_of({"extension", "ad"}).reason() == "did you mean add?");
    CHECK(error_of({"help", "extension", "ad"}).reason() == "did you mean add?");
    CHECK(error_of({"doctor", "--for", "verfy"}).reason() == "--for: did you mean verify?");
}
