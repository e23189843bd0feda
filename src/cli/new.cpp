#include "cli/new.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "cli/print.hpp"
#include "host/data_folders.hpp"
#include "log/log.hpp"
#include "release/python_release.hpp"
#include "release/stack_draft.hpp"
#include "stack/find.hpp"
#include "stack/toml_lines.hpp"

namespace pystacks::cli::new_stack {
namespace {

using release::PythonSource;
using release::StackDraft;
using release::Version;

constexpr const char* attempted = "cannot make a stack";

/// What the command did, and what is left to a person.
struct Notes {
    std::vector<std::string> taken, to_look_at;
};

/// 13 of "python3.13".
std::optional<unsigned> minor_of(const std::string& name) {
    constexpr std::string_view begin = "python3.";
    unsigned minor = 0;
    if (!name.starts_with(begin)) return std::nullopt;
    const char* const end = name.data() + name.size();
    const auto [stop, problem] = std::from_chars(name.data() + begin.size(), end, minor);
    return problem == std::errc() && stop == end ? std::optional(minor) : std::nullopt;
}

/// The stack.toml of the nearest stack that is not newer.
fs::path model_for(const Version& version, const std::string& wanted) {
    const std::vector<fs::path> specs{host::data_folders().specs};
    if (!wanted.empty()) return stack::find(wanted, specs);
    std::optional<unsigned> nearest;
    for (const std::string& name : stack::stacks_in(specs)) {
        const auto minor = minor_of(name);
        if (minor && *minor <= version.minor && (!nearest || *minor > *nearest)) nearest = minor;
    }
    if (nearest) return stack::find(fmt::format("python3.{}", *nearest), specs);
    throw Error(ErrorKind::usage, attempted, version.text(), "there is no stack of this version or an older one",
                "name a stack with --from; pystacks list shows them");
}

fs::path target_of(const Options& options, const Version& version) {
    fs::path target = fs::absolute(options.output.empty() ? fs::path(version.stack_name()) : options.output);
    target = target.lexically_normal();
    if (!target.has_filename()) target = target.parent_path();
    std::error_code absent;
    if (fs::symlink_status(target, absent).type() != fs::file_type::not_found) {
        throw Error(ErrorKind::usage, attempted, target.string(), "it already exists",
                    "pystacks update moves a stack to another release; --output names another folder");
    }
    if (!fs::is_directory(target.parent_path())) {
        throw Error(ErrorKind::usage, attempted, target.parent_path().string(), "there is no such folder");
    }
    return target;
}

/// What is true of the model's minor version alone.
void leave_behind(stack::TomlLines& lines, const fs::path& folder, Notes& notes) {
    if (lines.value("[[source]]", 0, "signature")) {
        const auto keyring = lines.value("[[source]]", 0, "keyring");
        for (const char* key : {"signature", "keyring", "signature-required"}) lines.remove_key("[[source]]", 0, key);
        if (keyring && keyring->find('/') == std::string::npos) remove_tree(folder / *keyring);
        notes.to_look_at.emplace_back(
            "the source has no signature: another release manager signs it, so add signature and keyring");
    }
    if (lines.count("[source.distribution]") > 0) {
        lines.remove_table("[source.distribution]", 0);
        notes.to_look_at.emplace_back("there is no [source.distribution]: add it if a distribution has this version");
    }
}

/// Names and numbers of another minor version.
void change_minor(const StackDraft& draft, const std::string& old_name, unsigned old_minor, const Version& version,
                  Notes& notes) {
    stack::TomlLines lines(read_file(draft.file()));
    const bool named = lines.set("[stack]", 0, "name", version.stack_name());
    const auto minor = lines.table_with("[[macro]]", "name", "pyminor");
    if (!named || !minor || !lines.set("[[macro]]", *minor, "value", std::to_string(version.minor))) {
        throw Error(ErrorKind::usage, attempted, draft.file().string(), "it has no name, or no macro pyminor",
                    "with --from, name a stack that is written like specs/python3.13");
    }
    lines.replace_in_head(fmt::format("3.{}", old_minor), fmt::format("3.{}", version.minor));
    leave_behind(lines, draft.folder(), notes);
    write_file_atomically(draft.file(), lines.text());
    const fs::path filters = draft.folder() / (old_name + ".rpmlintrc");
    if (fs::is_regular_file(filters)) fs::rename(filters, draft.folder() / (version.stack_name() + ".rpmlintrc"));
}

/// A profile belongs to the sources that were trained.
void drop_profiles(const StackDraft& draft, Notes& notes) {
    stack::TomlLines lines(read_file(draft.file()));
    if (lines.count("[[profile]]") == 0) return;
    while (lines.count("[[profile]]") > 0) lines.remove_table("[[profile]]", 0);
    write_file_atomically(draft.file(), lines.text());
    remove_tree(draft.folder() / "profiles");
    notes.to_look_at.emplace_back("recorded profiles are left out: pystacks profile record makes one for this version");
}

void drop_patch(const StackDraft& draft, const std::string& file) {
    stack::TomlLines lines(read_file(draft.file()));
    const auto number = lines.table_with("[[patch]]", "file", file);
    if (!number) return;
    lines.remove_table("[[patch]]", *number);
    write_file_atomically(draft.file(), lines.text());
    fs::remove(draft.folder() / "patches" / file);
}

/// Patches that do not apply to another minor version were made for the old one.
void sort_out_patches(const StackDraft& draft, const fs::path& tree, bool same_minor, Notes& notes) {
    for (const StackDraft::Problem& each : draft.try_patches(tree)) {
        if (each.own && !same_minor) {
            drop_patch(draft, each.patch.file);
            notes.to_look_at.push_back(each.patch.file +
                                       " is left out, because it does not apply: is it still needed?");
        } else {
            notes.to_look_at.push_back(
                fmt::format("{} does not apply: {}", each.patch.file, each.reason.substr(0, each.reason.find('\n'))));
        }
    }
    for (const stack::Patch& each : stack::load(draft.file(), {host::data_folders().specs}).patches) {
        std::error_code different;
        if (fs::equivalent(each.place.folder(), draft.folder(), different)) {
            notes.taken.push_back("the patch " + each.file);
        }
    }
}

void tell(const Notes& notes, const std::string& model, const fs::path& target) {
    std::string text = fmt::format("copied from {}:\n", model);
    for (const std::string& each : notes.taken) text += "  " + each + "\n";
    text += "to check:\n";
    for (const std::string& each : notes.to_look_at) text += "  " + each + "\n";
    const std::string folder = shell_quote(target.string());
    log::info(text + fmt::format("next: pystacks doctor {0}, then pystacks build {0} --sources DIR -bp", folder));
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("VERSION", options.version, "a release of Python 3, such as 3.14.0").required();
    app.add_option("TARBALL", options.tarball, "its source, as upstream publishes it").required().existing_file();
    app.add_option("--from", options.from, "the stack to begin with; by default the nearest that is not newer")
        .type_name("STACK");
    app.add_option("--output", options.output, "the folder to make; by default pythonX.Y in this one").type_name("DIR");
}

int run(const Options& options) {
    const Version version = release::parse_version(options.version, attempted);
    const fs::path target = target_of(options, version);
    const fs::path model = fs::absolute(model_for(version, options.from)).lexically_normal().parent_path();
    const std::string model_name = model.filename().string();
    const stack::Stack before = stack::load(model / "stack.toml", {host::data_folders().specs});
    const Version old = release::parse_version(before.version, attempted);
    const bool same_minor = old.minor == version.minor;

    const TemporaryDirectory unpacked(temporary_folder(), "pystacks-new");
    const PythonSource source = release::open_source(options.tarball, version, unpacked.path(), attempted);
    const TemporaryDirectory beside(target.parent_path(), ".pystacks-new");
    StackDraft draft(model, beside.path() / target.filename(), attempted);
    Notes notes;
    notes.taken.emplace_back("includes, switches, macros and its own build requirements");
    drop_profiles(draft, notes);
    if (!same_minor) change_minor(draft, model_name, old.minor, version, notes);
    for (std::string& each : draft.set_release(source)) notes.taken.push_back(std::move(each));
    draft.add_changelog_entry(version, "First package of " + version.text() + ".",
                              same_minor ? StackDraft::History::kept : StackDraft::History::dropped);
    sort_out_patches(draft, source.tree, same_minor, notes);
    notes.to_look_at.emplace_back("the changelog's author, and the comments of stack.toml");
    notes.to_look_at.emplace_back("[[wheels]]: if it is wrong, -bp says what the new source's wheels contain");
    if (!same_minor) notes.to_look_at.emplace_back("what else this version needs: see docs/new-python.md");
    std::error_code problem;
    fs::rename(draft.folder(), target, problem);
    if (problem) throw system_error(problem.value(), attempted, target.string());
    print_data(target.string() + "\n");
    tell(notes, model_name, target);
    return 0;
}

}  // namespace pystacks::cli::new_stack
