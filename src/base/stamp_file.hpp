#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/input_list.hpp"

namespace pystacks {

/// A file that a step made, and the digest of what was in it.
struct MadeFile {
    std::filesystem::path path;
    std::string digest;
};

/// A file that says from which inputs a step was made and, where they are checked later, which files it made.
///
/// It is written last, so one that exists means that the step finished cleanly. Whatever cannot be read as a stamp (an
/// empty file after a power cut, another format) counts as absent: the step runs again. Different files may be used
/// from different threads.
class StampFile {
public:
    explicit StampFile(std::filesystem::path file) : file_(std::move(file)) {}

    /// The digest of the inputs that it was written with; nothing where there is no stamp.
    [[nodiscard]] std::optional<std::string> key() const;
    /// Whether the step was finished with exactly these inputs.
    [[nodiscard]] bool holds(const InputList& inputs) const { return key() == inputs.digest(); }
    /// Names of the inputs that differ from those of the stamp, sorted: "configure runs again: CC changed". Empty where
    /// there is no stamp, or one that an older pystacks wrote.
    [[nodiscard]] std::vector<std::string> changed_inputs(const InputList& inputs) const;
    /// What the step made, if the stamp holds and says so.
    [[nodiscard]] std::optional<std::vector<MadeFile>> made(const InputList& inputs) const;

    /// Published atomically; folders are made. @throws Error
    void write(const InputList& inputs, const std::vector<MadeFile>& made = {}) const;
    /// One that is not there may be removed. @throws Error
    void remove() const;

private:
    std::filesystem::path file_;
};

}  // namespace pystacks
