#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/stamp_file.hpp"

namespace pystacks::build {

/// The stamps of one build folder: NAME.json says which inputs a finished step had read.
///
/// Each is a StampFile, and means what that says. Different names may be used from different threads.
class Stamps {
public:
    explicit Stamps(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Whether the step NAME was finished with exactly these inputs.
    [[nodiscard]] bool holds(const std::string& name, const InputList& inputs) const;
    [[nodiscard]] bool exists(const std::string& name) const;
    /// The key that the stamp was written with.
    [[nodiscard]] std::optional<std::string> key(const std::string& name) const;
    /// Names of the inputs that differ from those of the stamp, sorted; for "configure runs again: CC changed".
    [[nodiscard]] std::vector<std::string> changed_inputs(const std::string& name, const InputList& inputs) const;

    /// Published atomically. @throws Error
    void write(const std::string& name, const InputList& inputs) const;
    void remove(const std::string& name) const;
    /// Removes every stamp. @throws Error
    void remove_all() const;

    [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_ / (name + ".json"); }
    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

private:
    [[nodiscard]] StampFile file(const std::string& name) const { return StampFile(path(name)); }

    std::filesystem::path folder_;
};

}  // namespace pystacks::build
