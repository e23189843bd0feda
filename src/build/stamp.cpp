#include "build/stamp.hpp"

#include "base/file.hpp"
#include "log/log.hpp"

namespace pystacks::build {

bool Stamps::holds(const std::string& name, const InputList& inputs) const {
    const std::optional<std::string> found = key(name);
    const bool same = found == inputs.digest();
    if (log::enabled(log::Level::debug)) {
        log::debug("stamp " + name + (same ? " holds" : found ? " does not hold: its inputs have changed" : ": none"));
    }
    return same;
}

bool Stamps::exists(const std::string& name) const { return key(name).has_value(); }

std::optional<std::string> Stamps::key(const std::string& name) const { return file(name).key(); }

std::vector<std::string> Stamps::changed_inputs(const std::string& name, const InputList& inputs) const {
    return file(name).changed_inputs(inputs);
}

void Stamps::write(const std::string& name, const InputList& inputs) const { file(name).write(inputs); }

void Stamps::remove(const std::string& name) const { file(name).remove(); }

void Stamps::remove_all() const { remove_tree(folder_); }

}  // namespace pystacks::build
