#include "merge/file_list.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <fmt/format.h>
#include <fnmatch.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/glob.hpp"

// Measured with rpm 4.18 on lists with one name each, and read in its history:
// - In double quotes, white space is kept. Before 4.19 * ? [ ] { } are still globbed there and a backslash protects
//   nothing; but when the glob matches no file the name is taken as it is. From 4.19 on, quotes make all of these
//   literal. So a quoted name means itself everywhere, unless an old rpm finds another file that its glob matches.
//   But for one that ends in a backslash: 4.20.1 and 6.1 take that with the quote after it, and miss the quote.
// - Macros are expanded, in quotes too, and not once: `%%%%{name}` still ends as the value of %name, `%%(id)` as the
//   output of a command. No number of % is right for all versions. A quote in the name ends the quotes.
// - For names that cannot be quoted there is the glob: without quotes, a `?` for each character that means something
//   to rpm.
// - Tabs and other control characters are refused ("Illegal character"), so are names that are not UTF-8.
// - Spaces (at the ends too), ' $ ~ # ! ; ( ) - and UTF-8 mean nothing.

namespace pystacks::merge {
namespace {

constexpr std::string_view glob_characters = "*?[]{}\\";
constexpr std::string_view unquotable = "%\"";
constexpr std::string_view means_something = "*?[]{}\\%\"' ";

bool has_any(std::string_view text, std::string_view characters) {
    return text.find_first_of(characters) != std::string_view::npos;
}

bool is_quotable(std::string_view path) { return !has_any(path, unquotable) && !path.ends_with('\\'); }

/// Length of the UTF-8 sequence at the start of @p text; 0 when it is none.
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&text](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
    const auto first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t index = 1; index < length; ++index)
        if ((byte(index) & 0xC0U) != 0x80U) return 0;
    const auto second = byte(1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool outside = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return overlong || outside ? 0 : length;
}

void require_packageable(const std::string& path) {
    const auto refuse = [&path](const std::string& reason) {
        throw Error("cannot list", path, reason, "rename it, or remove it with an [[install-step]]");
    };
    for (std::string_view rest = path; !rest.empty();) {
        const auto length = utf8_length(rest);
        if (length == 0) refuse("rpm packages only names in UTF-8");
        const auto first = static_cast<std::uint8_t>(rest.front());
        if (first < 0x20 || first == 0x7F) refuse("rpm refuses control characters in names");
        rest.remove_prefix(length);
    }
}

/// What an rpm could match with the line of @p path, at the widest; empty when it is the path alone.
std::string widest_glob(const std::string& path) {
    if (!has_any(path, glob_characters) && is_quotable(path)) return {};
    const auto special = is_quotable(path) ? glob_characters : means_something;
    std::string glob;
    std::size_t start = 0;
    while (start < path.size()) {
        const auto end = std::min(path.find('/', start), path.size());
        const auto part = std::string_view(path).substr(start, end - start);
        const auto first = part.find_first_of(special);
        if (first == std::string_view::npos) {
            glob += part;
        } else {
            glob += part.substr(0, first);
            glob += '*';
            glob += part.substr(part.find_last_of(special) + 1);
        }
        if (end < path.size()) glob += '/';
        start = end + 1;
    }
    return glob;
}

/// An old rpm globs what it finds; so that a list stays exact, no other path may look like one of these names.
void require_unambiguous(const Partition& partition) {
    for (const auto& package : partition.packages)
        for (const auto& owned : package.paths) {
            const auto glob = widest_glob(owned.path);
            if (glob.empty()) continue;
            for (const auto& other_package : partition.packages)
                for (const auto& other : other_package.paths)
                    if (other.path != owned.path && ::fnmatch(glob.c_str(), other.path.c_str(), FNM_PATHNAME) == 0)
                        throw Error("cannot list", owned.path,
                                    fmt::format("rpm could take the name for a pattern that {} matches", other.path),
                                    "rename one of them, or remove it with an [[install-step]]");
        }
}

std::string_view directive(OwnedPath::Mark mark) {
    switch (mark) {
        case OwnedPath::Mark::directory:
            return "%dir ";
        case OwnedPath::Mark::license:
            return "%license ";
        case OwnedPath::Mark::doc:
            return "%doc ";
        case OwnedPath::Mark::file:
            break;
    }
    return {};
}

/// Whether rpm may rename the file after %install: brp-compress, where the distribution runs it, compresses manual and
/// info pages, and the distribution chooses how. Names that mean something to a glob are left alone.
bool may_be_compressed(const std::string& path) {
    static const PathPattern pages("/**/{man/man*,man/*/man*,info}/*");
    return pages.matches(path) && !has_any(path, means_something);
}

}  // namespace

std::string file_list_path(const std::string& path) {
    require_packageable(path);
    if (may_be_compressed(path)) return path + "{,.gz,.bz2,.xz,.zst}";
    if (is_quotable(path)) return '"' + path + '"';
    std::string glob = path;
    std::replace_if(
        glob.begin(), glob.end(), [](char c) { return means_something.find(c) != std::string_view::npos; }, '?');
    return glob;
}

std::string render_file_list(const PackageFiles& package) {
    std::string text = "%defattr(-,root,root,-)\n";
    for (const auto& [path, mark] : package.paths) {
        text += directive(mark);
        text += file_list_path(path);
        text += '\n';
    }
    return text;
}

void write_file_lists(const Partition& partition, const std::filesystem::path& folder) {
    require_unambiguous(partition);
    make_directories(folder);
    // A list of a package that is switched off by now would be packaged by nobody, but read by people.
    std::vector<std::filesystem::path> old_lists;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".list") old_lists.push_back(entry.path());
    for (const auto& path : old_lists) remove_tree(path);
    for (const auto& package : partition.packages)
        write_file_atomically(folder / (package.package + ".list"), render_file_list(package));
}

}  // namespace pystacks::merge
