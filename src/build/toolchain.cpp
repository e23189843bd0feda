#include "build/toolchain.hpp"

#include <algorithm>
#include <initializer_list>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/input_list.hpp"
#include "base/text.hpp"
#include "process/command.hpp"

namespace pystacks::build {
namespace {

std::string answer(std::vector<std::string> program, const std::string& question, const ChildEnvironment& child,
                   const std::string& hint) {
    const std::string name = program.front();
    program.push_back(question);
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
        throw Error("cannot build", name + " " + question,
                    outcome.describe() + ": " + std::string(trim(outcome.output)), hint);
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

/// Names, sizes and times: packages bring their files' times along, so the same package looks the same everywhere.
void add_looks(InputList& key, const fs::path& folder, int depth) {
    for (const fs::path& file : files_below(folder, depth)) {
        struct stat status = {};
        if (::stat(file.c_str(), &status) != 0) continue;  // vanished
        key.add(file.string(), fmt::format("{} {}", status.st_size, status.st_mtim.tv_sec));
    }
}

/// What a linker finds in a folder, links included: libraries, and objects that start programs.
void add_libraries(InputList& key, const fs::path& folder) {
    std::vector<fs::path> names;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
        const std::string extension = entry.path().extension().string();
        if (extension == ".so" || extension == ".a" || extension == ".o") names.push_back(entry.path());
    }
    std::sort(names.begin(), names.end());
    for (const fs::path& name : names) {
        struct stat status = {};
        if (::stat(name.c_str(), &status) != 0) continue;  // vanished, or a link to nowhere
        key.add(name.string(), fmt::format("{} {}", status.st_size, status.st_mtim.tv_sec));
    }
}

void add_pkgconfig(InputList& key, const fs::path& folder) {
    for (const fs::path& file : files_below(folder, 1)) key.add(file.string(), content_digest_file(file).hex());
}

/// The absolute folders that words of a recipe's variables name with -I, -isystem or -L.
std::vector<fs::path> named_folders(const Environment& environment) {
    std::vector<fs::path> result;
    for (const auto& [name, value] : environment) {
        bool expected = false;
        for (const std::string& word : split_words(value)) {
            const bool joined = word.starts_with("-I/") || word.starts_with("-L/");
            if (joined) result.emplace_back(word.substr(2));
            if (expected && word.starts_with('/')) result.emplace_back(word);
            expected = word == "-isystem" || word == "-I" || word == "-L";
        }
    }
    return result;
}

constexpr int any_depth = 64;

/// configure finds libraries by their headers, by linking with them and by their pkg-config files.
std::string host_digest(const fs::path& root, const ChildEnvironment& child, const Environment& environment) {
    InputList key;
    for (const char* folder : {"usr/include", "usr/local/include"}) add_looks(key, root / folder, any_depth);
    std::vector<fs::path> libraries = {root / "usr/lib", root / "usr/lib64", root / "usr/local/lib",
                                       root / "usr/local/lib64"};
    std::error_code none;
    std::vector<fs::path> triplets;  // Debian's /usr/lib/TRIPLET
    for (const auto& folder : fs::directory_iterator(root / "usr/lib", none)) {
        if (folder.path().filename().string().find("-linux-") != std::string::npos) triplets.push_back(folder.path());
    }
    std::sort(triplets.begin(), triplets.end());
    libraries.insert(libraries.end(), triplets.begin(), triplets.end());
    for (const fs::path& folder : libraries) {
        add_libraries(key, folder);
        add_pkgconfig(key, folder / "pkgconfig");
    }
    for (const char* folder : {"usr/share/pkgconfig", "usr/local/share/pkgconfig"}) add_pkgconfig(key, root / folder);
    const auto path = child.values.find("PKG_CONFIG_PATH");
    if (path != child.values.end()) {
        for (const std::string& folder : split(path->second, ':')) {
            if (folder.starts_with('/')) add_pkgconfig(key, folder);
        }
    }
    for (const fs::path& folder : named_folders(environment)) {
        if (folder != root / "usr/include") add_looks(key, folder, any_depth);
    }
    return key.digest();
}

/// The path of a program counts as well as its content: configure writes some paths into the files that it makes.
void add_program(InputList& key, const fs::path& program) {
    std::error_code missing;
    if (!fs::is_regular_file(program, missing)) return;
    key.add("program", program.string()).add("content", content_digest_file(program).hex());
}

/// What PATH names. Before a compiler there may be a link of its name to ccache, which gives what the compiler gave
/// before: so the compiler behind it counts, with ccache or without.
std::optional<fs::path> program_behind_ccache(const std::string& name, const std::string& path) {
    if (name.find('/') != std::string::npos) return process::find_program(name, path);
    for (const std::string& folder : split(path, ':')) {
        if (folder.empty()) continue;
        auto found = process::find_program(name, folder);
        std::error_code vanished;
        if (found && (name == "ccache" || fs::canonical(*found, vanished).filename() != "ccache")) return found;
    }
    return std::nullopt;
}

/// Every Python on PATH: configure takes the newest that suits it.
void add_pythons(InputList& key, const std::string& path) {
    for (const std::string& folder : split(path, ':')) {
        std::vector<fs::path> pythons;
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(folder, none)) {
            const std::string name = entry.path().filename().string();
            if (name.starts_with("python") && name.find("config") == std::string::npos) pythons.push_back(entry.path());
        }
        std::sort(pythons.begin(), pythons.end());
        for (const fs::path& python : pythons) add_program(key, python);
    }
}

/// The compiler's driver, the programs that it runs and the objects that it links.
std::string compiler_digest(const std::vector<std::string>& compiler, const ChildEnvironment& child,
                            const std::string& path) {
    InputList key;
    for (const std::string& word : compiler) {
        if (word.starts_with('-')) continue;
        if (const auto program = program_behind_ccache(word, path)) add_program(key, *program);
    }
    // A compiler that does not know the question answers with an error or with the name itself.
    const auto add_own = [&](const char* question, std::initializer_list<const char*> files) {
        for (const char* file : files) {
            try {
                const fs::path own = answer(compiler, fmt::format("{}{}", question, file), child, {});
                if (own.is_absolute()) add_program(key, own);
                // "as" means: whatever PATH has.
                if (own == file) {
                    if (const auto program = process::find_program(file, path)) add_program(key, *program);
                }
            } catch (const Error&) {
                continue;
            }
        }
    };
    add_own("-print-prog-name=", {"cc1", "collect2", "lto1", "lto-wrapper", "as", "ld"});
    add_own("-print-file-name=", {"crt1.o", "Scrt1.o", "crti.o", "crtbegin.o", "crtbeginS.o", "crtend.o", "libgcc.a",
                                  "libc_nonshared.a", "liblto_plugin.so"});
    return key.digest();
}

/// Those that a configure script looks for.
std::string programs_digest(const std::string& path) {
    InputList key;
    for (const char* name :
         {"make",    "cc",    "c++",     "ar",         "gcc-ar",        "ranlib", "nm", "ld",  "as",
          "objcopy", "strip", "readelf", "pkg-config", "install",       "mkdir",  "m4", "sed", "grep",
          "awk",     "git",   "dtrace",  "llvm-ar",    "llvm-profdata", "patch",  "sh"}) {
        if (const auto program = program_behind_ccache(name, path)) add_program(key, *program);
    }
    add_pythons(key, path);
    return key.digest();
}

/// gcc answers "12.2.0" and "x86_64-linux-gnu"; a compiler that answers otherwise is known by its first line.
std::string release_of(const std::vector<std::string>& compiler, const ChildEnvironment& child) {
    try {
        return fmt::format("{} {} {}", compiler.front(), answer(compiler, "-dumpfullversion", child, {}),
                           answer(compiler, "-dumpmachine", child, {}));
    } catch (const Error&) {
        return answer(compiler, "--version", child, {});
    }
}

std::vector<std::string> compiler_of(const Environment& environment) {
    const auto cc = environment.find("CC");
    std::vector<std::string> compiler =
        split_words(cc == environment.end() ? std::string_view("gcc") : std::string_view(cc->second));
    if (compiler.empty()) compiler = {"gcc"};
    return compiler;
}

}  // namespace

Toolchain toolchain(const ChildEnvironment& child, const Environment& environment, const fs::path& root) {
    const std::vector<std::string> compiler = compiler_of(environment);
    Toolchain result;
    result.compiler = answer(compiler, "--version", child,
                             "Install the C compiler (package gcc); `pystacks doctor` lists what is missing.");
    result.make = answer({"make"}, "--version", child,
                         "Install GNU make (package make); `pystacks doctor` lists what is missing.");
    result.release = release_of(compiler, child);
    result.host = host_digest(root, child, environment);
    const auto path = child.values.find("PATH");
    const std::string folders = path == child.values.end() ? std::string() : path->second;
    result.compiler_files = compiler_digest(compiler, child, folders);
    result.programs = programs_digest(folders);
    return result;
}

const Toolchain& ToolchainCache::get(const ChildEnvironment& child, const Environment& environment) {
    Environment relevant;
    if (const auto cc = environment.find("CC"); cc != environment.end()) relevant.insert(*cc);
    for (const fs::path& folder : named_folders(environment)) relevant.emplace("-I" + folder.string(), "");
    const auto found = found_.find(relevant);
    if (found != found_.end()) return found->second;
    return found_.emplace(relevant, toolchain(child, environment)).first->second;
}

}  // namespace pystacks::build
