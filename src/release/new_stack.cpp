#include "release/new_stack.hpp"

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "release/python_release.hpp"
#include "release/stack_draft.hpp"
#include "stack/find.hpp"
#include "stack/toml_lines.hpp"

namespace pystacks::release {
namespace {

constexpr const char* attempted = "cannot make a stack";

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
fs::path model_for(const Version& version, const NewStackRequest& request) {
    const std::vector<fs::path> specs{request.specs};
    if (!request.from.empty()) return stack::find(request.from, specs);
    std::optional<unsigned> nearest;
    for (const std::string& name : stack::stacks_in(specs)) {
        const auto minor = minor_of(name);
        if (minor && *minor <= version.minor && (!nearest || *minor > *nearest)) nearest = minor;
    }
    if (nearest) return stack::find(fmt::format("python3.{}", *nearest), specs);
    throw Error(ErrorKind::usage, attempted, version.text(), "there is no stack of this version or an older one",
                "name a stack with --from; pystacks list shows them");
}

fs::path target_of(const NewStackRequest& request, const Version& version) {
    fs::path target = fs::absolute(request.output.empty() ? fs::path(version.stack_name()) : request.output);
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
void leave_behind(stack::TomlLines& lines, const fs::path& folder, NewStack& made) {
    if (lines.value("[[source]]", 0, "signature")) {
        const auto keyring = lines.value("[[source]]", 0, "keyring");
        for (const char* key : {"signature", "keyring", "signature-required"}) lines.remove_key("[[source]]", 0, key);
        if (keyring && keyring->find('/') == std::string::npos) remove_tree(folder / *keyring);
        made.to_look_at.emplace_back(
            "the source has no signature: another release manager signs it, so add signature and keyring");
    }
    if (lines.count("[source.distribution]") > 0) {
        lines.remove_table("[source.distribution]", 0);
        made.to_look_at.emplace_back("there is no [source.distribution]: add it if a distribution has this version");
    }
}

/// Names and numbers of another minor version.
void change_minor(const StackDraft& draft, const std::string& old_name, unsigned old_minor, const Version& version,
                  NewStack& made) {
    stack::TomlLines lines(read_file(draft.file()));
    const bool named = lines.set("[stack]", 0, "name", version.stack_name());
    const auto minor = lines.table_with("[[macro]]", "name", "pyminor");
    if (!named || !minor || !lines.set("[[macro]]", *minor, "value", std::to_string(version.minor))) {
        throw Error(ErrorKind::usage, attempted, draft.file().string(), "it has no name, or no macro pyminor",
                    "with --from, name a stack that is written like specs/python3.13");
    }
    lines.replace_in_head(fmt::format("3.{}", old_minor), fmt::format("3.{}", version.minor));
    leave_behind(lines, draft.folder(), made);
    write_file_atomically(draft.file(), lines.text());
    const fs::path filters = draft.folder() / (old_name + ".rpmlintrc");
    if (fs::is_regular_file(filters)) fs::rename(filters, draft.folder() / (version.stack_name() + ".rpmlintrc"));
}

/// A profile belongs to the sources that were trained.
void drop_profiles(const StackDraft& draft, NewStack& made) {
    stack::TomlLines lines(read_file(draft.file()));
    if (lines.count("[[profile]]") == 0) return;
    while (lines.count("[[profile]]") > 0) lines.remove_table("[[profile]]", 0);
    write_file_atomically(draft.file(), lines.text());
    remove_tree(draft.folder() / "profiles");
    made.to_look_at.emplace_back("recorded profiles are left out: pystacks profile record makes one for this version");
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
void sort_out_patches(const StackDraft& draft, const fs::path& tree, const fs::path& specs, bool same_minor,
                      NewStack& made) {
    for (const StackDraft::Problem& each : draft.try_patches(tree)) {
        if (each.own && !same_minor) {
            drop_patch(draft, each.patch.file);
            made.to_look_at.push_back(each.patch.file + " is left out, because it does not apply: is it still needed?");
        } else {
            made.to_look_at.push_back(
                fmt::format("{} does not apply: {}", each.patch.file, each.reason.substr(0, each.reason.find('\n'))));
        }
    }
    for (const stack::Patch& each : stack::load(draft.file(), {specs}).patches) {
        std::error_code different;
        if (fs::equivalent(each.place.folder(), draft.folder(), different)) {
            made.taken.push_back("the patch " + each.file);
        }
    }
}

}  // namespace

NewStack make_stack(const NewStackRequest& request) {
    const Version version = parse_version(request.version, attempted);
    const fs::path target = target_of(request, version);
    const fs::path model = fs::absolute(model_for(version, request)).lexically_normal().parent_path();
    NewStack made{target, model.filename().string(), {}, {}};
    const stack::Stack before = stack::load(model / "stack.toml", {request.specs});
    const Version old = parse_version(before.version, attempted);
    const bool same_minor = old.minor == version.minor;

    const TemporaryDirectory unpacked(temporary_folder(), "pystacks-new");
    const PythonSource source = open_source(request.tarball, version, unpacked.path(), attempted);
    const TemporaryDirectory beside(target.parent_path(), ".pystacks-new");
    StackDraft draft(model, beside.path() / target.filename(), attempted);
    made.taken.emplace_back("includes, switches, macros and its own build requirements");
    drop_profiles(draft, made);
    if (!same_minor) change_minor(draft, made.model, old.minor, version, made);
    for (std::string& each : draft.set_release(source)) made.taken.push_back(std::move(each));
    draft.add_changelog_entry(version, "First package of " + version.text() + ".",
                              same_minor ? StackDraft::History::kept : StackDraft::History::dropped);
    sort_out_patches(draft, source.tree, request.specs, same_minor, made);
    made.to_look_at.emplace_back("the changelog's author, and the comments of stack.toml");
    made.to_look_at.emplace_back("[[wheels]]: if it is wrong, -bp says what the new source's wheels contain");
    if (!same_minor) made.to_look_at.emplace_back("what else this version needs: see docs/new-python.md");
    std::error_code problem;
    fs::rename(draft.folder(), target, problem);
    if (problem) throw system_error(problem.value(), attempted, target.string());
    return made;
}

}  // namespace pystacks::release
