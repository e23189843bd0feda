#include "build/make_state.hpp"

#include <system_error>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks::build {
namespace {

void remove_note(const fs::path& path) {
    std::error_code error;
    fs::remove(path, error);
    if (error) throw system_error(error.value(), "cannot remove", path.string());
}

}  // namespace

MakeState::MakeState(const Stamps& stamps, const std::string& configuration)
    : running_(stamps.folder() / (configuration + "-make.running")),
      interrupted_(stamps.folder() / (configuration + "-make.interrupted")),
      has_stamp_(fs::exists(stamps.path(configuration + "-make"))) {}

MakeState::Folder MakeState::folder(const InputList& key) const {
    if (has_stamp_ || fs::exists(running_)) return Folder::unreliable;
    if (!fs::exists(interrupted_)) return Folder::fresh;
    return read_file(interrupted_) == key.digest() ? Folder::interrupted : Folder::unreliable;
}

bool MakeState::was_started() const { return fs::exists(running_) || fs::exists(interrupted_); }

void MakeState::started(const InputList& key) const {
    write_file_atomically(running_, key.digest());
    remove_note(interrupted_);
}

void MakeState::stopped_cleanly() const {
    std::error_code error;
    fs::rename(running_, interrupted_, error);
    if (error) throw system_error(error.value(), "cannot rename", running_.string());
}

void MakeState::distrust() const {
    std::error_code missing;  // nothing had ended in order
    fs::rename(interrupted_, running_, missing);
}

void MakeState::finished() const { remove_note(running_); }

void MakeState::forget() const {
    remove_note(running_);
    remove_note(interrupted_);
}

}  // namespace pystacks::build
