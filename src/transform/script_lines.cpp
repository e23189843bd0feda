#include "transform/script_lines.hpp"

#include <algorithm>
#include <vector>

#include "base/expression.hpp"
#include "base/text.hpp"

namespace pystacks::transform {
namespace {

/// "python3.11", "/usr/bin/python3-debug", "$PYTHONS", "%{__python3}": no file whose name has a version in it.
bool is_interpreter(const std::string& word) {
    static const Expression name(
        R"(["']?(\S*/)?python([23](\.?[0-9]+)?[dmt]*|%\{python[23]?_(pkg)?version\})?(-?(debug|dbg))?["']?)");
    static const Expression macro(
        R"((?i)["']?[$%]\{?\??_*(python[23]?s?|pythons|python[23]?_?(versions|vers|list|flavou?rs|interpreters)))"
        R"(\}?["']?)");
    return name.matches(word) || macro.matches(word);
}

/// "for py in python2 python3; do"
bool loops_over_interpreters(const std::string& text) {
    static const Expression loop(R"(^\s*for\s+\w+\s+in\s+([^;]*))");
    const auto groups = loop.first_in(text);
    if (!groups) return false;
    const std::vector<std::string> words = split_words((*groups)[1]);
    static const Expression version(
        R"(["']?([23](\.[0-9]+)?|%\{\??python[23]?(_other)?_(pkg)?version(_nodots)?\})["']?)");
    const auto versions =
        std::count_if(words.begin(), words.end(), [](const auto& word) { return version.matches(word); });
    const bool several = versions > 1 && std::size_t(versions) == words.size();
    return several || std::any_of(words.begin(), words.end(), is_interpreter);
}

}  // namespace

bool is_for_other_python(const std::string& text, InterpreterKind interpreter) {
    static const Expression two(R"(%\{?py2_|%\{?__python2|python2_site)");
    static const Expression three(R"(%\{?py3_|%\{?__python3|python3_site|%\{?pyproject_|(^|[\s=/])python3[\s.])");
    static const Expression removes(R"(^\s*rm\s)");
    static const Expression other_three(R"(python3_other)");
    const bool other = (interpreter == InterpreterKind::python2 ? three : two).is_in(text) && !runs_text_filter(text);
    return (other || other_three.is_in(text) || loops_over_interpreters(text)) && !removes.is_in(text);
}

bool runs_text_filter(const std::string& text) {
    static const Expression program(
        R"((^|[|;&(`]|\$\()\s*(%\{_bindir\}/|/usr/bin/|%\{?__)?python[23]?(\.[0-9]+)?\}?(\s+-[A-Za-z]+)*\s+)"
        R"(('[^']*'|"[^"]*"|[^\s'"|<>;]+\.py)\s*([^|;]*[<>|].*|\)?\s*)$)");
    static const Expression builds(
        R"((^|[\s/])(setup|configure|waf|build|make|install)[^/\s]*\.py|sysconfig|distutils|get_python_lib|)"
        R"(EXT_SUFFIX|get_include|\s(install|wheel|build|build_ext|bdist\w*|develop)(\s|$))");
    static const Expression moves_text(R"([<|]|\s>)");
    return program.is_in(text) && moves_text.is_in(text) && !builds.is_in(text);
}

bool names_build_type(const std::string& text) {
    static const Expression setting(
        R"((?i)(build[-_]?type(:\w+)?|--config|configuration_types(:\w+)?)\s*[= ]\s*["']?\w+["']?)");
    static const Expression cargo(R"(target/\S*release)");
    static const Expression path(R"((?i:relwithdebinfo|minsizerel)|(^|[\s/"'=*])Release(/|\*)|/Release(\s|$|["';)])|)"
                                 R"((build|bin|out|obj|lib|%\{?_vpath_builddir\}?)[^/\s]*/release([/\s;"')]|$))");
    return path.is_in(cargo.removed_from(setting.removed_from(text)));
}

bool makes_build_type_folder(const std::string& text) {
    static const Expression makes(
        R"((\bmkdir\s|\s-B\s*|_vpath_builddir\s).*((?i:relwithdebinfo|minsizerel)|[Rr]elease\b))");
    return makes.is_in(text);
}

}  // namespace pystacks::transform
