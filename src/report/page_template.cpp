#include "report/page_template.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

namespace pystacks::report {

std::string filled_page(const fs::path& templates, const std::string& json) {
    const std::string frame = read_file(templates / "page.html");
    std::string result;
    std::size_t at = 0;
    for (;;) {
        const std::size_t open = frame.find("{{", at);
        const std::size_t close = frame.find("}}", open);
        if (open == std::string::npos || close == std::string::npos) return result + frame.substr(at);
        const std::string name = frame.substr(open + 2, close - open - 2);
        result += frame.substr(at, open - at);
        result += name == "data" ? json : read_file(templates / name);
        at = close + 2;
    }
}

std::string embedded(const std::string& json) { return replace_all(json, "<", "\\u003c"); }

}  // namespace pystacks::report
