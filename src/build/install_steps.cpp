#include "build/install_steps.hpp"

#include <cerrno>
#include <cstdio>
#include <optional>
#include <system_error>
#include <variant>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"

namespace pystacks::build {
namespace {

constexpr std::string_view elf_magic = "\177ELF";

/// Does the steps; one overload an action. Errors say what is wrong, run_install_step() adds where.
class Steps {
public:
    Steps(const InstallRoot& buildroot, const InstallRoot& source) : buildroot_(buildroot), source_(source) {}

    void operator()(const stack::MoveStep& step) const {
        const fs::path from = buildroot_.resolve(step.from);
        if (!exists(from)) throw Error("cannot move", step.from, "it was not installed");
        const fs::path to = free_place(step.to, "cannot move to");
        std::error_code error;
        fs::rename(from, to, error);
        if (error) throw system_error(error.value(), "cannot move", step.from);
    }

    void operator()(const stack::CopyStep& step) const {
        const fs::path from = source_.resolve(step.from);
        if (file_type(from) != fs::file_type::regular) {
            throw Error("cannot copy", step.from, "the source tree has no such regular file");
        }
        const fs::path to = free_place(step.to, "cannot copy to");
        copy_regular_file(from, to);
        set_mode(to, step.mode);
    }

    void operator()(const stack::WriteStep& step) const {
        const fs::path path = buildroot_.resolve_with_parents(step.path);
        const auto type = file_type(path);
        if (type != fs::file_type::not_found && type != fs::file_type::regular) {
            throw Error("cannot write", step.path, "something that is not a regular file was installed there");
        }
        replace_contents(path, step.text, step.mode);
    }

    void operator()(const stack::SymlinkStep& step) const {
        const fs::path path = free_place(step.path, "cannot make the symbolic link");
        std::error_code error;
        fs::create_symlink(step.target, path, error);
        if (error) throw system_error(error.value(), "cannot make the symbolic link", step.path);
    }

    void operator()(const stack::DirectoryStep& step) const {
        const fs::path path = buildroot_.resolve_with_parents(step.path);
        const auto type = file_type(path);
        if (type == fs::file_type::directory) return;
        if (type != fs::file_type::not_found) {
            throw Error("cannot make the folder", step.path, "a file was installed there");
        }
        make_directories(path);
    }

    void operator()(const stack::RemoveStep& step) const {
        for (const std::string& path : buildroot_.matching(step.patterns)) {
            // Not through resolve(): these are paths as they were found, and some went with their folder.
            const fs::path file = buildroot_.root() / path.substr(1);
            if (exists(file)) remove_tree(file);
        }
    }

    void operator()(const stack::SubstituteStep& step) const {
        if (step.find.empty()) throw Error(ErrorKind::usage, "cannot substitute", step.pattern, "`find` is empty");
        bool replaced = false;
        for (const fs::path& file : regular_files({step.pattern})) {
            const std::string before = read_file(file);
            if (before.find(step.find) == std::string::npos) continue;
            replace_contents(file, replace_all(before, step.find, step.replace), mode_of(file));
            replaced = true;
        }
        if (!replaced) {
            throw Error("cannot substitute", step.pattern, fmt::format("no file there contains \"{}\"", step.find));
        }
    }

    void operator()(const stack::ShebangStep& step) const {
        for (const fs::path& file : regular_files(step.patterns)) {
            const unsigned mode = mode_of(file);
            const std::string before = read_file(file);
            bool executable = (mode & 0111U) != 0;
            const std::string after = with_shebang(before, executable, step.interpreter);
            const unsigned new_mode = executable ? mode : mode & ~0111U;
            if (after != before) {
                replace_contents(file, after, new_mode);
            } else if (new_mode != mode) {
                set_mode(file, new_mode);
            }
        }
    }

private:
    [[nodiscard]] static fs::file_type file_type(const fs::path& path) {
        std::error_code error;
        const auto type = fs::symlink_status(path, error).type();
        return type == fs::file_type::none ? fs::file_type::not_found : type;
    }

    [[nodiscard]] static bool exists(const fs::path& path) { return file_type(path) != fs::file_type::not_found; }

    [[nodiscard]] static unsigned mode_of(const fs::path& path) {
        struct stat status = {};
        if (::lstat(path.c_str(), &status) != 0) throw system_error(errno, "cannot read", path.string());
        return status.st_mode & 07777U;
    }

    static void set_mode(const fs::path& path, unsigned mode) {
        if (::chmod(path.c_str(), mode) != 0) throw system_error(errno, "cannot change the mode of", path.string());
    }

    /// Where a new file goes; nothing that was installed is replaced by a move, a copy or a link.
    [[nodiscard]] fs::path free_place(const std::string& path, const char* attempted) const {
        fs::path place = buildroot_.resolve_with_parents(path);
        if (exists(place)) throw Error(attempted, path, "it exists already", "An earlier `remove` step can make room.");
        return place;
    }

    [[nodiscard]] std::vector<fs::path> regular_files(const std::vector<std::string>& patterns) const {
        std::vector<fs::path> result;
        for (const std::string& path : buildroot_.matching(patterns)) {
            fs::path file = buildroot_.root() / path.substr(1);
            if (file_type(file) == fs::file_type::regular) result.push_back(std::move(file));
        }
        return result;
    }

    const InstallRoot& buildroot_;
    const InstallRoot& source_;
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Takes the first word of @p text off.
std::string_view take_word(std::string_view& text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    std::size_t size = 0;
    while (size < text.size() && !is_blank(text[size])) ++size;
    const std::string_view word = text.substr(0, size);
    text.remove_prefix(size);
    return word;
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// The arguments after the Python that a `#!` line names, with a leading blank; nothing when it names another program.
std::optional<std::string> python_arguments(std::string_view line) {
    std::string_view rest = line.substr(2);
    std::string_view program = take_word(rest);
    if (base_name(program) == "env") {
        program = take_word(rest);
        if (program == "-S") program = take_word(rest);
    }
    if (!base_name(program).starts_with("python")) return std::nullopt;
    const std::string_view arguments = trim(rest);
    return arguments.empty() ? std::string() : " " + std::string(arguments);
}

}  // namespace

std::string with_shebang(const std::string& text, bool& executable, const std::string& interpreter) {
    if (!text.starts_with("#!")) {
        if (!text.starts_with(elf_magic)) executable = false;
        return text;
    }
    const auto end = text.find('\n');
    std::string rest = end == std::string::npos ? std::string() : text.substr(end + 1);
    if (!executable) return rest;
    const auto arguments = python_arguments(trim(std::string_view(text).substr(0, end)));
    if (!arguments) return text;
    return "#!" + interpreter + *arguments + "\n" + rest;
}

void replace_contents(const fs::path& file, const std::string& contents, unsigned mode) {
    // Without fsync, unlike AtomicFile: the tree is made again unless its stamp was written.
    const std::string name = (file.parent_path() / ("." + file.filename().string() + ".new")).string();
    {
        const UniqueFd fd = open_file(name, O_WRONLY | O_CREAT | O_EXCL, "cannot write", 0600);
        write_all(fd.get(), contents, name);
        if (::fchmod(fd.get(), static_cast<mode_t>(mode)) != 0) {
            throw system_error(errno, "cannot change the mode of", file.string());
        }
    }
    if (::rename(name.c_str(), file.c_str()) != 0) throw system_error(errno, "cannot write", file.string());
}

void run_install_step(const stack::InstallStep& step, const InstallRoot& buildroot, const InstallRoot& source) {
    try {
        std::visit(Steps(buildroot, source), step.action);
    } catch (const Error& error) {
        std::string reason = error.attempted();
        if (!error.subject().empty()) reason += " " + error.subject();
        reason += ": " + error.reason();
        if (!step.reason.empty()) reason += fmt::format(" (why the step exists: {})", step.reason);
        throw Error(error.kind(), "cannot do an install step", step.place.text(), reason, error.hint());
    }
}

}  // namespace pystacks::build
