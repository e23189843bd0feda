#include "merge/difference.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/file.hpp"
#include "merge/install_path.hpp"
#include "python/bytecode.hpp"

namespace pystacks::merge {
namespace {

using tree::Entry;
using tree::FileType;

constexpr std::size_t largest_shown_text = std::size_t{1} << 20U;
constexpr std::size_t longest_shown_line = 100;

std::string_view name_of(FileType type) {
    switch (type) {
        case FileType::regular:
            return "a file";
        case FileType::directory:
            return "a directory";
        case FileType::symlink:
            return "a symlink";
        case FileType::other:
            break;
    }
    return "a device, socket or pipe";
}

bool looks_like_text(std::string_view bytes) { return bytes.find('\0') == std::string_view::npos; }

/// A line as a message may show it: bounded, and nothing in it that a terminal would obey.
std::string shown(std::string_view line) {
    std::string result(line.substr(0, longest_shown_line));
    std::replace_if(
        result.begin(), result.end(), [](unsigned char c) { return std::iscntrl(c) != 0; }, ' ');
    if (line.size() > longest_shown_line) result += "…";
    return result;
}

std::string_view take_line(std::string_view& text) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    return line;
}

/// "; line 1: “#!/usr/bin/python3.13” / “#!/usr/bin/python3.13d”", or nothing when either is not text.
std::string first_differing_line(std::string_view first, std::string_view second) {
    if (!looks_like_text(first) || !looks_like_text(second)) return {};
    for (std::size_t number = 1; !first.empty() || !second.empty(); ++number) {
        const auto a = take_line(first);
        const auto b = take_line(second);
        if (a != b) return fmt::format("; line {}: “{}” / “{}”", number, shown(a), shown(b));
    }
    return {};
}

Likeness compare_contents(const ConfigurationTree& first, const ConfigurationTree& second, const std::string& path,
                          const Entry& a, const Entry& b) {
    if (a.size == b.size && a.digest == b.digest) return {true, "same bytes"};
    const bool may_be_bytecode = path.ends_with(".pyc") || path.ends_with(".pyo");
    std::string detail;
    if (may_be_bytecode || std::max(a.size, b.size) <= largest_shown_text) {
        const auto first_bytes = read_file(on_disk(first.tree.root, path));
        const auto second_bytes = read_file(on_disk(second.tree.root, path));
        if (may_be_bytecode && python::compare_bytecode(first_bytes, second_bytes) != tree::Sameness::different)
            return {true, "same bytecode"};
        detail = first_differing_line(first_bytes, second_bytes);
    }
    const auto sizes =
        a.size == b.size ? fmt::format("{} bytes in both {} and {}, but not the same", a.size, first.name, second.name)
                         : fmt::format("{} bytes in {}, {} in {}", a.size, first.name, b.size, second.name);
    return {false, sizes + detail};
}

}  // namespace

Likeness compare_path(const ConfigurationTree& first, const ConfigurationTree& second, const std::string& path) {
    const Entry& a = first.tree.entries.at(path);
    const Entry& b = second.tree.entries.at(path);
    if (a.type != b.type)
        return {false, fmt::format("{} in {}, {} in {}", name_of(a.type), first.name, name_of(b.type), second.name)};
    switch (a.type) {
        case FileType::directory:
            return {true, "directory"};
        case FileType::symlink:
            if (a.target == b.target) return {true, "same symlink target"};
            return {false, fmt::format("leads to {} in {}, to {} in {}", a.target, first.name, b.target, second.name)};
        case FileType::other:
            return {false, fmt::format("{} in {} and {}", name_of(a.type), first.name, second.name)};
        case FileType::regular:
            break;
    }
    auto contents = compare_contents(first, second, path, a, b);
    if (a.mode == b.mode) return contents;
    const auto modes = fmt::format("mode {:04o} in {}, {:04o} in {}", a.mode, first.name, b.mode, second.name);
    return {false, contents.same ? contents.how + ", but " + modes : contents.how + "; " + modes};
}

bool directory_meets_other(const ConfigurationTree& first, const ConfigurationTree& second, const std::string& path) {
    const auto is_directory = [&path](const ConfigurationTree& configuration) {
        return configuration.tree.entries.at(path).type == FileType::directory;
    };
    return is_directory(first) != is_directory(second);
}

}  // namespace pystacks::merge
