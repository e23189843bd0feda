#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "release/python_release.hpp"
#include "stack/stack.hpp"

namespace pystacks::release {

/// A changed copy of a stack's folder, which becomes the real one when all of it is right, or never.
class StackDraft {
public:
    /// @param original the stack's folder @param copy where the copy is made; beside the place where it will be, as
    /// what a stack includes may be looked for in the folder above it
    StackDraft(const std::filesystem::path& original, std::filesystem::path copy, std::string attempted);

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] std::filesystem::path file() const { return folder_ / "stack.toml"; }
    [[nodiscard]] std::filesystem::path changelog_file() const;

    /// Version, checksum, file name, release, and the versions of bundled copies that the stack names. @returns what
    /// was changed, a sentence each
    std::vector<std::string> set_release(const PythonSource& source);
    /// Of the entries that are there already: a package of another name has no part in them.
    enum class History { kept, dropped };
    /// Puts an entry at the top of the changelog, by the author of the last one. One of this version that is there
    /// already stays alone.
    void add_changelog_entry(const Version& version, const std::string& sentence, History history);

    /// What stands in a patch's way, by patch.
    struct Problem {
        stack::Patch patch;
        bool own = false;  ///< of the stack's own folder; others come from what it includes
        std::string reason;
    };
    /// Has rpm read the draft, and applies the patches to @p tree. @throws Error where the draft cannot be read
    [[nodiscard]] std::vector<Problem> try_patches(const std::filesystem::path& tree) const;

private:
    std::filesystem::path folder_;
    std::string attempted_;
};

}  // namespace pystacks::release
