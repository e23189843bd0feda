#include "report/page_template.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

namespace pystacks::report {

PageTemplate::PageTemplate(const fs::path& file) : folder_(file.parent_path()), text_(read_file(file)) {}

std::string PageTemplate::filled(const Values& values) const {
    std::string result;
    std::size_t at = 0;
    for (;;) {
        const std::size_t open = text_.find("{{", at);
        const std::size_t close = text_.find("}}", open);
        if (open == std::string::npos || close == std::string::npos) return result + text_.substr(at);
        const std::string name = text_.substr(open + 2, close - open - 2);
        const auto value = values.find(name);
        result += text_.substr(at, open - at);
        result += value != values.end() ? value->second : read_file(folder_ / name);
        at = close + 2;
    }
}

std::string filled_page(const fs::path& templates, const std::string& json) {
    return PageTemplate(templates / "page.html").filled({{"data", json}});
}

std::string embedded(const std::string& json) { return replace_all(json, "<", "\\u003c"); }

}  // namespace pystacks::report
