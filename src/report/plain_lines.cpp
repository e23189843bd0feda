#include "report/plain_lines.hpp"

#include <string>

#include "base/characters.hpp"
#include "log/descriptor.hpp"
#include "report/lanes.hpp"

namespace pystacks::report {

void PlainLines::post(const ProgressEvent& event) {
    if (event.kind == ProgressEvent::Kind::advanced) return;
    const std::string lines = lines_without_control_characters(log_line(event)) + "\n";
    const std::lock_guard lock(writing_);
    log::write_all(descriptor_, lines);
}

}  // namespace pystacks::report
