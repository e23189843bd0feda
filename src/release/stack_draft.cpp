#include "release/stack_draft.hpp"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "source/patch.hpp"
#include "stack/toml_lines.hpp"
#include "stackbuild/workspace.hpp"

namespace pystacks::release {
namespace {

/// Of the build's clock, where there is one.
std::tm today() {
    constexpr int decimal = 10;
    std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    if (const char* given = std::getenv("SOURCE_DATE_EPOCH")) now = std::strtoll(given, nullptr, decimal);
    return fmt::gmtime(now);
}

/// "NAME <MAIL>" of "* Sun Nov 22 2026 NAME <MAIL> - 3.13.5-1".
std::string author_of(const std::string& entry) {
    constexpr std::size_t words_before = 5;
    const std::vector<std::string> words = split_words(entry);
    std::string author;
    for (std::size_t i = words_before; i < words.size() && words[i] != "-"; ++i) author += " " + words[i];
    return std::string(trim(author));
}

/// The version in an entry's first line.
bool is_of(const std::string& entry, const Version& version) {
    const std::vector<std::string> words = split_words(entry);
    return !words.empty() && words.back().starts_with(version.text() + "-");
}

/// The stack's own value, where it has one; else a new macro if @p inherited is another one.
void set_macro(stack::TomlLines& lines, const stack::Stack& before, const std::string& name,
               const std::optional<std::string>& value, std::vector<std::string>& changes) {
    if (!value) return;
    std::string known;
    for (const stack::Macro& each : before.macros) {
        if (each.name == name) known = each.value;
    }
    if (known == *value) return;
    if (const auto own = lines.table_with("[[macro]]", "name", name)) {
        lines.set("[[macro]]", *own, "value", *value);
    } else {
        lines.insert_before("[[source]]", fmt::format("[[macro]]\nname = \"{}\"\nvalue = \"{}\"\n", name, *value));
    }
    changes.push_back(fmt::format("{} is now {}{}", name, *value, known.empty() ? "" : " (was " + known + ")"));
}

}  // namespace

StackDraft::StackDraft(const fs::path& original, fs::path copy, std::string attempted)
    : folder_(std::move(copy)), attempted_(std::move(attempted)) {
    std::error_code problem;
    // Links are followed: relative ones would lead elsewhere from the copy.
    fs::copy(original, folder_, fs::copy_options::recursive, problem);
    if (problem) throw system_error(problem.value(), attempted_, original.string());
}

fs::path StackDraft::changelog_file() const {
    const stack::TomlLines lines(read_file(file()));
    const auto name = lines.value("[stack]", 0, "changelog");
    if (name && name->find('/') == std::string::npos && fs::is_regular_file(folder_ / *name)) return folder_ / *name;
    throw Error(ErrorKind::usage, attempted_, file().string(), "its [stack] names no changelog file",
                "add one: changelog = \"changelog\"");
}

std::vector<std::string> StackDraft::set_release(const PythonSource& source) {
    const stack::Stack before = stackbuild::load_stack(folder_.string(), {});
    stack::TomlLines lines(read_file(file()));
    std::vector<std::string> changes;
    const auto url = lines.value("[[source]]", 0, "url");
    const bool known = lines.set("[stack]", 0, "version", source.version.text()) && url &&
                       lines.set("[[source]]", 0, "sha256", source.sha256);
    if (!known || url->find("%{version}") == std::string::npos) {
        throw Error(ErrorKind::usage, attempted_, file().string(),
                    "it lacks its version, or the url with %{version} and the sha256 of its first source",
                    "change it by hand: see docs/new-python.md");
    }
    const std::string old_name = url->substr(url->rfind('/') + 1);
    const std::string new_name = replace_all(source.file, source.version.text(), "%{version}");
    if (old_name != new_name) {
        lines.set("[[source]]", 0, "url", replace_all(*url, old_name, new_name));
        if (const auto signature = lines.value("[[source]]", 0, "signature")) {
            lines.set("[[source]]", 0, "signature", replace_all(*signature, old_name, new_name));
        }
        changes.push_back("the source is now " + new_name + " (was " + old_name + ")");
    }
    if (const auto release = lines.value("[stack]", 0, "release")) {
        const std::size_t digits = release->find_first_not_of("0123456789");
        lines.set("[stack]", 0, "release", "1" + (digits == release->npos ? "" : release->substr(digits)));
    }
    set_macro(lines, before, "libmpdec_version", source.libmpdec, changes);
    set_macro(lines, before, "mimalloc_version", source.mimalloc, changes);
    write_file_atomically(file(), lines.text());
    const stack::Stack after = stackbuild::load_stack(folder_.string(), {});
    if (after.version != source.version.text() || after.sources.front().sha256 != source.sha256) {
        throw Error(attempted_, file().string(), "pystacks does not understand its layout",
                    "change it by hand: see docs/new-python.md");
    }
    return changes;
}

void StackDraft::add_changelog_entry(const Version& version, const std::string& sentence, History history) {
    const fs::path path = changelog_file();
    const std::string before = read_file(path);
    const std::string first = before.substr(0, before.find('\n'));
    if (is_of(first, version)) return;
    const std::string entry =
        fmt::format("* {:%a %b %d %Y} {} - {}-1\n- {}\n", today(), author_of(first), version.text(), sentence);
    const bool alone = history == History::dropped || before.empty();
    write_file_atomically(path, alone ? entry : entry + "\n" + before);
}

std::vector<StackDraft::Problem> StackDraft::try_patches(const fs::path& tree) const {
    const TemporaryDirectory topdir(temporary_folder(), "pystacks-release");
    const stackbuild::Workspace workspace =
        stackbuild::open_workspace(stackbuild::load_stack(folder_.string(), {}), topdir.path(), {});
    std::vector<Problem> problems;
    for (const stack::Patch& patch : workspace.expanded.patches) {
        if (!patch.condition.enabled()) continue;
        const fs::path folder = patch.place.folder();
        try {
            source::apply_patch(folder / "patches" / patch.file, patch.strip, tree);
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::interrupted) throw;
            std::error_code different;
            problems.push_back({patch, fs::equivalent(folder, folder_, different), error.reason()});
        }
    }
    return problems;
}

}  // namespace pystacks::release
