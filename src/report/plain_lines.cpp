#include "report/plain_lines.hpp"

#include <string>

#include "base/text.hpp"
#include "log/descriptor.hpp"
#include "report/display_width.hpp"
#include "report/lanes.hpp"

namespace pystacks::report {

void PlainLines::post(const ProgressEvent& event) {
    std::string line = lasting_line(event);
    // Whoever watches a log wants to know what is being waited for.
    if (event.kind == ProgressEvent::Kind::started) line = event.lane + ": " + event.phase + " started";
    if (line.empty()) return;
    std::string bytes;
    for (const std::string& part : split(line, '\n')) bytes += without_control_characters(part) + "\n";
    const std::lock_guard lock(writing_);
    log::write_all(descriptor_, bytes);
}

}  // namespace pystacks::report
