#include "cli/error_event.hpp"

#include <cstdint>

#include "cli/error_text.hpp"
#include "log/log.hpp"

namespace pystacks::cli {
namespace {

constexpr const char* program = "pystacks: ";

void post(const std::string& shown, const Error& error, int code) {
    log::Event event{.level = log::Level::error,
                     .message = shown.substr(std::string_view(program).size()),
                     .shown = shown,
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
    post(error_text(error), error, code);
    return code;
}

int report_unexpected(const std::string& sentence) { return report_error({sentence, "", ""}); }

}  // namespace pystacks::cli
