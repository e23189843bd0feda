#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pystacks::release {

/// A stack for a Python that has none yet.
struct NewStackRequest {
    std::string version;            ///< "3.14.0"
    std::filesystem::path tarball;  ///< the source of that release
    std::string from;               ///< a stack to copy; empty: the nearest of `specs` that is not newer
    std::filesystem::path output;   ///< the folder to make; empty: one of the stack's name in the current folder
    std::filesystem::path specs;    ///< where stacks are described, one folder each
};

/// What was made, and what is left to a person.
struct NewStack {
    std::filesystem::path folder;
    std::string model;                           ///< the stack that was copied
    std::vector<std::string> taken, to_look_at;  ///< a phrase each
};

/// Makes the folder, completely or not at all. @throws Error
[[nodiscard]] NewStack make_stack(const NewStackRequest& request);

}  // namespace pystacks::release
