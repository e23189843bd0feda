#include "cli/error_text.hpp"

#include "base/shortened.hpp"
#include "base/text.hpp"

namespace pystacks::cli {
namespace {

std::string without_line_end(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

}  // namespace

std::string error_text(const Error& error, Length length) {
    std::string text = "pystacks: " + error.attempted();
    if (!error.subject().empty()) text += ": " + error.subject();
    std::string reason = without_line_end(error.reason());
    if (length == Length::shortened) reason = shortened(reason);
    if (reason.find('\n') == std::string::npos) {
        if (!reason.empty()) text += ": " + reason;
        text += "\n";
    } else {
        text += ":\n";
        for (const std::string& line : split(reason, '\n')) text += line.empty() ? "\n" : "    " + line + "\n";
    }
    const std::string hint = without_line_end(error.hint());
    if (!hint.empty()) text += hint + "\n";
    return text;
}

}  // namespace pystacks::cli
