#include "build/toolchain.hpp"

#include <algorithm>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "process/command.hpp"

namespace pystacks::build {
namespace {

std::string first_line_of_version(std::vector<std::string> program, const ChildEnvironment& child,
                                  const std::string& hint) {
    const std::string name = program.front();
    program.emplace_back("--version");
    process::Command command;
    command.arguments = std::move(program);
    command.environment = child.values;
    command.unset_environment = child.unset;
    command.time_limit_seconds = 60;
    const process::Outcome outcome = process::run(command);
    if (outcome.end == process::Outcome::End::not_started) {
        throw Error("cannot build", name, outcome.describe(), hint);
    }
    if (!outcome.succeeded()) {
        throw Error("cannot build", name + " --version", outcome.describe() + ": " + std::string(trim(outcome.output)),
                    hint);
    }
    return std::string(trim(split(outcome.output, '\n').front()));
}

/// Files below @p folder, sorted, links not followed; none when there is no such folder. What vanishes meanwhile is
/// left out.
std::vector<fs::path> files_below(const fs::path& folder, int depth) {
    std::vector<fs::path> result;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
    while (!error && entry != fs::recursive_directory_iterator()) {
        if (entry.depth() + 1 >= depth) entry.disable_recursion_pending();
        std::error_code vanished;
        if (fs::is_regular_file(entry->symlink_status(vanished))) result.push_back(entry->path());
        entry.increment(error);
    }
    std::sort(result.begin(), result.end());
    return result;
}

/// configure finds libraries by their headers and pkg-config files. Sizes are enough for the former: a new version of a
/// library has another pkg-config file.
std::string headers_digest(const fs::path& root) {
    std::string text;
    for (const fs::path& file : files_below(root / "usr/include", 2)) {
        std::error_code vanished;
        text += fmt::format("{} {}\n", file.string(), fs::file_size(file, vanished));
    }
    for (const char* folder : {"usr/lib", "usr/lib64", "usr/share"}) {
        for (const fs::path& file : files_below(root / folder / "pkgconfig", 1)) {
            text += fmt::format("{} {}\n", file.string(), content_digest_file(file).hex());
        }
    }
    std::error_code none;
    for (const auto& folder : fs::directory_iterator(root / "usr/lib", none)) {  // Debian's /usr/lib/TRIPLET/pkgconfig
        if (folder.path().filename().string().find("-linux-") == std::string::npos) continue;
        for (const fs::path& file : files_below(folder.path() / "pkgconfig", 1)) {
            text += fmt::format("{} {}\n", file.string(), content_digest_file(file).hex());
        }
    }
    return content_digest(text).hex();
}

}  // namespace

Toolchain toolchain(const ChildEnvironment& child, const Environment& environment, const fs::path& root) {
    const auto cc = environment.find("CC");
    std::vector<std::string> compiler =
        split_words(cc == environment.end() ? std::string_view("gcc") : std::string_view(cc->second));
    if (compiler.empty()) compiler = {"gcc"};
    Toolchain result;
    result.compiler = first_line_of_version(
        compiler, child, "Install the C compiler (package gcc); `pystacks doctor` lists what is missing.");
    result.make = first_line_of_version({"make"}, child,
                                        "Install GNU make (package make); `pystacks doctor` lists what is missing.");
    result.headers = headers_digest(root);
    return result;
}

}  // namespace pystacks::build
