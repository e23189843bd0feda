#include "source/arrival.hpp"

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks::source {

namespace {

constexpr const char* lane = "stack";

void rename_file(const fs::path& from, const fs::path& to, const char* attempted) {
    std::error_code error;
    fs::rename(from, to, error);
    if (error) throw system_error(error.value(), attempted, from.string());
}

}  // namespace

fs::path set_aside(const fs::path& file, const fs::path& name, const std::string& digest) {
    fs::path rejected = name;
    rejected += ".rejected-" + digest.substr(0, 8);
    rename_file(file, rejected, "cannot set aside");
    return rejected;
}

void bring_in(const fs::path& from, const fs::path& to) {
    fs::path arriving = to;
    arriving += ".arriving";
    std::error_code ignored;
    fs::remove(arriving, ignored);  // of a run that was killed
    copy_regular_file(from, arriving);
    rename_file(arriving, to, "cannot write");
}

std::string digest_mismatch(const std::string& found, const std::string& expected) {
    return "has sha256 " + found + ", expected " + expected;
}

void tell(report::ProgressSink* progress, const std::string& text) {
    if (progress != nullptr) report::post_message(*progress, lane, text);
}

void warn(report::ProgressSink* progress, const std::string& text) {
    if (progress != nullptr) report::post_warning(*progress, lane, text);
}

}  // namespace pystacks::source
