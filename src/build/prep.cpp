#include "build/prep.hpp"

#include <system_error>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "build/stamp.hpp"
#include "source/archive.hpp"
#include "source/patch.hpp"
#include "source/signature.hpp"

namespace pystacks::build {
namespace {

constexpr const char* directory_input = "source directory";

/// SOURCES is flat: rpm carries every file there under its last name.
fs::path carried(const fs::path& sources, const std::string& file) { return sources / fs::path(file).filename(); }

void require_present(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) {
        throw Error("cannot prepare the source tree", file.string(), "there is no such file",
                    "`pystacks fetch` brings the sources of a stack.");
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
                        "It is the signature of " + source.file_name() + "; `pystacks fetch` brings it.");
        }
        source::verify_signature(file, signature, keyring);
    }
}

/// Removes the tree of an earlier run and all that was made from it. What the stamps promised goes last, but the
/// source tree's own stamp first: a killed removal must not look like a prepared tree.
void remove_old(const StageContext& context, const Stamps& stamps) {
    const auto old_directory = stamps.input(prep_stamp, directory_input);
    stamps.remove(prep_stamp);
    const Layout& layout = context.layout;
    remove_tree(layout.source(context.stack.source_directory));
    if (old_directory && !old_directory->empty() && old_directory->find('/') == std::string::npos &&
        *old_directory != ".." && *old_directory != ".") {
        remove_tree(layout.source(*old_directory));
    }
    for (const fs::path& path : {layout.root() / "build", layout.root() / "install", layout.merged(),
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

void make_tree(const StageContext& context) {
    const stack::Stack& stack = context.stack;
    const TemporaryDirectory work(context.layout.root(), "prep");
    const fs::path together = work.path() / "together";
    unpack_all(context, together);
    const fs::path tree = together / stack.source_directory;
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
    fs::rename(tree, context.layout.source(stack.source_directory), error);
    if (error) throw system_error(error.value(), "cannot prepare the source tree", tree.string());
}

}  // namespace

KeyHasher prep_key(const stack::Stack& stack, const fs::path& sources) {
    KeyHasher key;
    key.add("format", "1").add(directory_input, stack.source_directory);
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
    const KeyHasher key = prep_key(context.stack, context.sources);
    const Stamps stamps(context.layout.stamps());
    if (stamps.holds(prep_stamp, key) && fs::is_directory(context.layout.source(context.stack.source_directory))) {
        post_skipped(context.progress, common_lane, "prep");
        return;
    }
    run_phase(context.progress, common_lane, "prep", {}, [&] {
        remove_old(context, stamps);
        make_tree(context);
        stamps.write(prep_stamp, key);
    });
}

}  // namespace pystacks::build
