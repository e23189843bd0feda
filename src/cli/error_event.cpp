#include "cli/error_event.hpp"

#include <cstdint>

#include "cli/error_text.hpp"
#include "log/log.hpp"

namespace pystacks::cli {
namespace {

constexpr const char* program = "pystacks: ";

void post(const Error& error, int code) {
    const std::string whole = error_text(error, Length::whole);
    log::Event event{.level = log::Level::error,
                     .message = whole.substr(std::string_view(program).size()),
                     .shown = error_text(error),
                     .kind = "error"};
    event.details = {{"attempted", error.attempted()},
                     {"subject", error.subject()},
                     {"reason", error.reason()},
                     {"hint", error.hint()},
                     {"exit_code", static_cast<std::uint64_t>(code)}};
    log::post(event);
}

}  // namespace

int report_error(const Error& error) {
    const int code = exit_code(error.kind());
    post(error, code);
    return code;
}

int report_unexpected(const std::string& sentence) { return report_error({sentence, "", ""}); }

}  // namespace pystacks::cli
