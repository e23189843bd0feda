#include "scene.hpp"

#include <algorithm>
#include <cstdlib>

namespace pystacks::source::test {

fs::path Scene::write(const std::string& name, const std::string& contents, mode_t mode) const {
    const fs::path file = *this / name;
    make_directories(file.parent_path());
    write_file_atomically(file, contents, mode);
    return file;
}

std::vector<std::string> Scene::names(const fs::path& folder) {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

void Recorder::post(const report::ProgressEvent& event) {
    const std::lock_guard lock(mutex_);
    events_.push_back(event);
}

bool Recorder::told(const std::string& text) const {
    const std::lock_guard lock(mutex_);
    return std::any_of(events_.begin(), events_.end(), [&](const auto& event) { return has(event.text, text); });
}

std::vector<report::ProgressEvent> Recorder::of(report::ProgressEvent::Kind kind) const {
    const std::lock_guard lock(mutex_);
    std::vector<report::ProgressEvent> found;
    std::copy_if(events_.begin(), events_.end(), std::back_inserter(found),
                 [&](const auto& event) { return event.kind == kind; });
    return found;
}

Environment::Environment(std::string name, const std::string& value) : name_(std::move(name)) {
    const char* before = std::getenv(name_.c_str());
    was_set_ = before != nullptr;
    if (was_set_) before_ = before;
    setenv(name_.c_str(), value.c_str(), 1);
}

Environment::~Environment() {
    if (was_set_) {
        setenv(name_.c_str(), before_.c_str(), 1);
    } else {
        unsetenv(name_.c_str());
    }
}

}  // namespace pystacks::source::test
