#include "transform/made_folders.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "transform/build_tools.hpp"
#include "transform/copied_folders.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::SectionKind;
using spectext::SpecText;

/// The words of a command, without quotes and the buildroot.
std::vector<std::string> words_of(const std::string& line) {
    static const Expression root(R"(["']|%\{?\??buildroot\}?|\$\{?RPM_BUILD_ROOT\}?)");
    return split_words(root.removed_from(line));
}

/// Whether a file of that name is something else than a module, whatever its folder.
bool is_no_module(std::string_view path) {
    static const Expression other(R"((.*/)?(lib[^/*?]*\.so(\.[^/]*)?|[^/]+\.(jar|class|sh|pl|rb|lua|txt|conf|xml)))");
    return other.matches(path);
}

/// Whether it puts files into the buildroot that the spec does not name.
bool installs_by_itself(const std::string& line) {
    static const Expression tool(R"(\bmake\b|_install\b|\b(ninja|cmake|meson|scons|waf|pip|setup\.py)\b)");
    return tool.is_in(line);
}

}  // namespace

bool is_filled_without_modules(const SpecText& spec, const MacroValues& values, std::string folder) {
    folder = folder_name(std::move(folder));
    bool made = false, filled = false;
    for (const spectext::Line& line : spec.lines()) {
        const bool code = line.kind == LineKind::content || line.kind == LineKind::continuation;
        if (!code || !in_build_script(spec, line)) continue;
        const std::string text = values.look(line.text);
        if (made && installs_by_itself(text)) return false;
        const std::vector<std::string> words = words_of(text);
        if (words.empty()) continue;
        const bool moves = words.front() == "cd" || words.front() == "pushd";
        // From there, paths are relative.
        if (moves && (text.find("buildroot") != std::string::npos || text.find("BUILD_ROOT") != std::string::npos))
            return false;
        const auto is_there = [&](const std::string& word) { return word == folder || word.starts_with(folder + "/"); };
        if (std::none_of(words.begin(), words.end(), is_there)) {
            if (text.find(folder) != std::string::npos) return false;
            continue;
        }
        if (spec.sections()[line.section].kind != SectionKind::install) return false;
        if (words.front() == "mkdir") {
            made = true;
            continue;
        }
        const bool puts = words.front() == "cp" || words.front() == "mv" || words.front() == "ln";
        // Of an option with a value ("install -m 755"), the value would be taken for a file.
        if (!puts || !is_there(words.back())) return false;
        for (std::size_t i = 1; i + 1 < words.size(); ++i) {
            if (!words[i].starts_with('-') && !is_no_module(words[i])) return false;
        }
        filled = true;
    }
    return made && filled;
}

}  // namespace pystacks::transform
