#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pystacks {

/// One thing that a step reads.
struct Input {
    std::string name;
    std::string value;  ///< as it is; of a file, and of more than 200 bytes, "sha256:" and the digest
    friend bool operator==(const Input&, const Input&) = default;
};

/// All that a step reads, in the order in which it was added. A name may occur more than once.
class InputList {
public:
    InputList& add(std::string_view name, std::string_view value);
    /// What is in the file. @throws Error
    InputList& add_file(std::string_view name, const std::filesystem::path& path);

    /// SHA-256, hexadecimal, of all inputs. Names and values are delimited and counted, so that neighbouring inputs
    /// cannot run into each other.
    [[nodiscard]] std::string digest() const;
    [[nodiscard]] const std::vector<Input>& inputs() const noexcept { return inputs_; }

private:
    std::string hashed_;
    std::vector<Input> inputs_;
};

/// Names of the inputs that only one of the two has, or that have other values in it; sorted.
[[nodiscard]] std::vector<std::string> changed_names(const std::vector<Input>& before, const std::vector<Input>& now);

}  // namespace pystacks
