#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>

#include "base/file.hpp"

namespace pystacks::source {

/// Creates files below one folder, and never anywhere else, out of names that are not trusted.
///
/// Every name is walked from the folder's descriptor, component by component, without following links. All functions
/// throw ContainedWriter::Refusal for names that are refused and Error for what the system could not do.
class ContainedWriter {
public:
    /// Why a member is refused; the caller knows archive and member and makes an Error of it.
    struct Refusal {
        std::string reason;
    };

    explicit ContainedWriter(const std::filesystem::path& root);

    void make_directory(std::string_view name, const timespec& modified);
    /// An open, empty regular file; replaces a file or link of that name, as the last of equal members wins.
    [[nodiscard]] UniqueFd create_file(std::string_view name);
    /// Opens for writing, truncated, a regular file that was written before.
    [[nodiscard]] UniqueFd rewrite_file(std::string_view name);
    void make_symlink(std::string_view name, const std::string& target, const timespec& modified);
    /// @param existing a regular file written before
    void make_hard_link(std::string_view name, std::string_view existing);

    /// Checks where all links lead, now that everything that they can pass through is there, and sets the folders'
    /// times. @return the name of the first link that leads out, or an empty string.
    [[nodiscard]] std::string finish();

    enum class Mode { plain /* 0644 */, program /* 0755 */ };
    /// Sets mode and time of an open file. Call when the content is written.
    static void set_attributes(int fd, Mode mode, const timespec& modified, std::string_view name);

    [[nodiscard]] int root() const noexcept { return root_.get(); }

private:
    struct Place {
        UniqueFd directory;
        std::string leaf;
    };
    struct DirectoryTime {
        std::string name;
        timespec modified;
    };

    [[nodiscard]] Place place(const std::vector<std::string>& components, bool create);
    void clear_way(const Place& place) const;

    UniqueFd root_;
    std::vector<DirectoryTime> directories_;
    std::vector<std::vector<std::string>> symlinks_;
};

/// The components of a relative name, "." and empty ones dropped; the rules of every name in an archive.
/// @throws ContainedWriter::Refusal on absolute names, "..", and names that are too long.
[[nodiscard]] std::vector<std::string> contained_components(std::string_view name);

}  // namespace pystacks::source
