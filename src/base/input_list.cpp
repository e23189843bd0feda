#include "base/input_list.hpp"

#include <cstddef>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/hash.hpp"

namespace pystacks {
namespace {

/// A name that occurs twice has both values.
std::map<std::string, std::vector<std::string>> by_name(const std::vector<Input>& inputs) {
    std::map<std::string, std::vector<std::string>> result;
    for (const Input& each : inputs) result[each.name].push_back(each.value);
    return result;
}

}  // namespace

InputList& InputList::add(std::string_view name, std::string_view value) {
    hashed_ += fmt::format("value {} {}\n{}\n{}\n", name.size(), value.size(), name, value);
    constexpr std::size_t longest_kept = 200;
    inputs_.push_back({std::string(name), value.size() > longest_kept ? "sha256:" + sha256(value)  //
                                                                      : std::string(value)});
    return *this;
}

InputList& InputList::add_file(std::string_view name, const fs::path& path) {
    const std::string digest = sha256_file(path);
    hashed_ += fmt::format("file {} {}\n{}\n", name.size(), digest, name);
    inputs_.push_back({std::string(name), "sha256:" + digest});
    return *this;
}

std::string InputList::digest() const { return sha256(hashed_); }

std::vector<std::string> changed_names(const std::vector<Input>& before, const std::vector<Input>& now) {
    const auto old_values = by_name(before), new_values = by_name(now);
    std::set<std::string> changed;
    for (const auto& [name, values] : old_values) {
        const auto found = new_values.find(name);
        if (found == new_values.end() || found->second != values) changed.insert(name);
    }
    for (const auto& [name, values] : new_values) {
        if (!old_values.contains(name)) changed.insert(name);
    }
    return {changed.begin(), changed.end()};
}

}  // namespace pystacks
