#include "build/prep.hpp"

#include <system_error>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/temporary_directory.hpp"
#include "build/bundled_wheels.hpp"
#include "build/merged_trees.hpp"
#include "build/source_state.hpp"
#include "build/stamp.hpp"
#include "source/archive.hpp"
#include "source/patch.hpp"
#include "source/signature.hpp"

namespace pystacks::build {
namespace {

/// SOURCES is flat: rpm carries every file there under its last name.
fs::path carried(const fs::path& sources, const std::string& file) { return sources / fs::path(file).filename(); }

void require_present(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) {
        throw Error("cannot prepare the source tree", file.string(), "there is no such file",
                    "`pystacks fetch` gets the sources of a stack.");
    }
}

/// Nothing is unpacked that is not what the stack says, however it came into the folder.
void verify_sources(const StageContext& context) {
    for (const stack::Source& source : context.stack.sources) {
        const fs::path file = carried(context.sources, source.file_name());
        require_present(file);
        if (!source.sha256.empty()) {
            const std::string found = sha256_file(file);
            if (found != source.sha256) {
                throw Error("cannot prepare the source tree", file.string(),
                            fmt::format("its sha256 is\n  {}, the stack says\n  {}", found, source.sha256));
            }
        }
        if (source.signature.empty() || source.keyring.empty()) continue;
        const fs::path signature = carried(context.sources, source.signature);
        const fs::path keyring = carried(context.sources, source.keyring);
        std::error_code error;
        if (!fs::exists(signature, error)) {
            // The archive may have come from a distribution that does not carry the signature.
            if (!source.signature_required) continue;
            throw Error("cannot prepare the source tree", signature.string(), "there is no such file",
                        "It is the signature of " + source.file_name() + "; `pystacks fetch` gets it.");
        }
        source::verify_signature(file, signature, keyring);
    }
}

/// Removes an earlier tree of which nothing is known, and all that was made from it. What the stamps promised goes
/// last, but the source tree's own stamp first: a killed removal must not look like a prepared tree.
void remove_old(const Layout& layout, const Stamps& stamps) {
    stamps.remove(prep_stamp);
    for (const fs::path& path : {layout.source(), layout.root() / "build", layout.root() / "install", layout.merged(),
                                 layout.file_lists(), layout.comparison(), layout.logs(), layout.stamps()}) {
        remove_tree(path);
    }
}

/// Unpacks every archive into one folder, each in a place of its own first: unpack() wants an empty one.
void unpack_all(const StageContext& context, const fs::path& together) {
    make_directories(together);
    for (const stack::Source& source : context.stack.sources) {
        if (!source.unpack) continue;
        const fs::path archive = carried(context.sources, source.file_name());
        const TemporaryDirectory alone(together.parent_path(), "archive");
        source::unpack(archive, alone.path() / "tree", source::UnpackLimits{}, &context.progress);
        for (const auto& entry : fs::directory_iterator(alone.path() / "tree")) {
            const fs::path place = together / entry.path().filename();
            std::error_code error;
            if (fs::exists(fs::symlink_status(place, error))) {
                throw Error("cannot unpack", archive.string(),
                            fmt::format("another archive has \"{}\" too", place.filename().string()));
            }
            fs::rename(entry.path(), place, error);
            if (error) throw system_error(error.value(), "cannot unpack", archive.string());
        }
    }
}

/// Unpacks and patches below @p work. @return the tree
fs::path fresh_tree(const StageContext& context, const fs::path& work) {
    const stack::Stack& stack = context.stack;
    const fs::path together = work / "together";
    unpack_all(context, together);
    fs::path tree = together / stack.source_directory;
    std::error_code error;
    if (!fs::is_directory(fs::symlink_status(tree, error))) {
        throw Error(ErrorKind::usage, "cannot prepare the source tree", stack.source_directory,
                    "no source unpacks to a folder of this name", "See source-directory in [stack].");
    }
    for (const stack::Patch& patch : stack.patches) {
        if (!patch.condition.enabled()) continue;
        post_message(context.progress, common_lane, "applying " + patch.file);
        source::apply_patch(carried(context.sources, patch.file), patch.strip, tree);
    }
    return tree;
}

/// The tree that is there becomes what a new one would be. Only what differs is replaced, so that make builds only what
/// depends on it.
void make_tree(const StageContext& context, const Stamps& stamps) {
    const TemporaryDirectory work(context.layout.root(), "prep");
    const fs::path fresh = fresh_tree(context, work.path());
    const fs::path tree = context.layout.source();
    const auto before = read_state(context.layout.source_state());
    SourceState state;
    state.entries = read_source(fresh, static_cast<unsigned>(context.jobs));
    state.digests = source_digests(state.entries, fresh, context.stack.build.incremental);
    stamps.remove(prep_stamp);
    if (before && fs::is_directory(tree)) {
        state.entries = update_tree(tree, before->entries, fresh, state.entries, epoch_of(context.source_date_epoch));
    } else {
        remove_old(context.layout, stamps);
        std::error_code error;
        fs::rename(fresh, tree, error);
        if (error) throw system_error(error.value(), "cannot prepare the source tree", tree.string());
    }
    make_directories(context.layout.stamps());
    write_state(context.layout.source_state(), state);
}

/// Whether the tree is still what prep made, and made of the same.
bool is_prepared(const StageContext& context, const Stamps& stamps, const InputList& key) {
    if (!stamps.holds(prep_stamp, key)) return false;
    const auto state = read_state(context.layout.source_state());
    if (!state) return false;
    const auto difference = first_difference(state->entries, context.layout.source());
    if (!difference) return true;
    post_message(context.progress, common_lane,
                 "the source tree has changed since it was prepared, and is restored: " + *difference);
    return false;
}

}  // namespace

InputList prep_key(const stack::Stack& stack, const fs::path& sources, const std::string& program) {
    InputList key;
    key.add("format", "2").add("source directory", stack.source_directory).add("pystacks", program);
    for (const std::string& pattern : stack.build.incremental) key.add("incremental", pattern);
    for (const stack::Source& source : stack.sources) {
        if (!source.unpack) continue;
        const fs::path file = carried(sources, source.file_name());
        require_present(file);
        key.add_file("source " + source.file_name(), file);
    }
    int number = 0;
    for (const stack::Patch& patch : stack.patches) {
        if (!patch.condition.enabled()) continue;
        const fs::path file = carried(sources, patch.file);
        require_present(file);
        key.add(fmt::format("patch {} strip", number), std::to_string(patch.strip));
        key.add_file(fmt::format("patch {}", number), file);
        ++number;
    }
    return key;
}

void prepare(const StageContext& context) {
    verify_sources(context);
    const InputList key = prep_key(context.stack, context.sources, context.program);
    const Stamps stamps(context.layout.stamps());
    if (is_prepared(context, stamps, key)) {
        post_skipped(context.progress, common_lane, "prep");
    } else {
        run_phase(context.progress, common_lane, "prep", {}, [&] {
            make_tree(context, stamps);
            stamps.write(prep_stamp, key);
        });
    }
    // Whether the tree is new or not: what the stack says of its wheels may be.
    check_wheels(context.stack, context.layout.source());
}

}  // namespace pystacks::build
