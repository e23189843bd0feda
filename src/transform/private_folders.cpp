#include "transform/private_folders.hpp"

#include <cctype>

#include "base/expression.hpp"
#include "base/text.hpp"

namespace pystacks::transform {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// Whether a folder is called as the package, as its beginning or as words of it: "gnt" of libgnt, "znc" of znc-push.
bool is_called_as(std::string_view folder, std::string_view name) {
    if (name.empty() || folder.find(name) != std::string_view::npos) return !name.empty();
    const std::size_t at = name.find(folder);
    if (at == std::string_view::npos) return false;
    return at == 0 || !is_letter_or_digit(name[at - 1]) || name.substr(0, at) == "lib";
}

}  // namespace

PrivateFolders::PrivateFolders(std::string_view name, const BuildTools& tools, const BuildRequirements& required)
    : name_(lower(name)),
      compiles_((required.python_headers || required.module_tool) &&
                (required.compiler || required.other_headers || tools.python)),
      makes_modules_(required.python_headers && required.module_tool) {}

std::string PrivateFolders::doubt_about(const std::string& path) const {
    static const Expression below(
        R"((?:%\{?_libdir\}?|/usr/lib64|(?:/usr|%\{?_(?:exec_)?prefix\}?)/(?:lib|%\{?_lib\}?))/([^/]+)((?:/.*)?))");
    static const Expression module(R"(/(.*/)?py[^/]*\.so)");
    static const Expression library(R"(/(.*/)?lib[^/]*\.so[^/]*)");
    static const Expression of_python(R"(/[^.*]*py[^/.*]*(/\**)?)");
    // What can be imported ends in .so and has no hyphen in its name; a link would have an entry of its own.
    static const Expression no_module(R"(/.*\.so\..+|/(.*/)?[^/.\[]*-[^/.]*\.so)");
    const auto groups = below.groups_of(path);
    if (!groups) return {};
    const std::string& rest = (*groups)[2];
    if (module.matches(rest)) return " is called as a module, in a folder of the package's own";
    const std::string folder = lower(replace_all((*groups)[1], "%{name}", name_));
    const bool own = is_called_as(folder, name_);
    if (!compiles_ || !(own || makes_modules_) || folder.find_first_of("*?[") != std::string::npos) return {};
    if (own && rest.find(".so") != std::string::npos)
        return library.matches(rest) || no_module.matches(rest) ? std::string()
                                                                : " may be a module, in a folder of the package's own";
    // "libfast.a", "fast.conf"; but "fast-1.0".
    static const Expression file(R"(.*\.so\..*|.*\.[a-z_]+)");
    if (rest.empty() && file.matches(folder)) return {};
    const bool whole = rest.empty() || rest == "/" || rest == "/*" || rest == "/**" || of_python.matches(rest);
    return whole ? " may have modules, and is a folder of the package's own" : std::string();
}

}  // namespace pystacks::transform
