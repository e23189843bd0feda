#include "trees.hpp"

#include <stdexcept>

#include <sys/stat.h>

#include "catch.hpp"
#include "merge/install_path.hpp"
#include "merge/merge.hpp"

namespace pystacks::merge::test {

Trees::Trees(std::vector<std::string> configurations) : folder_(fs::temp_directory_path(), "merge-test") {
    stack.file = "stack.toml";
    stack.name = "python3.13";
    for (const auto& name : configurations) {
        stack::Configuration configuration;
        configuration.name = name;
        configuration.variables["ldversion"] = name == "optimized" ? "3.13" : name == "debug" ? "3.13d" : "3.13t";
        stack.configurations.push_back(configuration);
        make_directories(root(name));
    }
}

fs::path Trees::make_room(const std::string& configuration, const std::string& path) const {
    const auto place = on_disk(root(configuration), path);
    make_directories(place.parent_path());
    return place;
}

void Trees::file(const std::string& configuration, const std::string& path, const std::string& bytes, mode_t mode) {
    const auto place = make_room(configuration, path);
    write_file_atomically(place, bytes, mode);
    REQUIRE(::chmod(place.c_str(), mode) == 0);
}

void Trees::symlink(const std::string& configuration, const std::string& path, const std::string& target) {
    fs::create_symlink(target, make_room(configuration, path));
}

void Trees::hard_link(const std::string& configuration, const std::string& path, const std::string& existing) {
    fs::create_hard_link(on_disk(root(configuration), existing), make_room(configuration, path));
}

void Trees::directory(const std::string& configuration, const std::string& path) {
    make_directories(on_disk(root(configuration), path));
}

void Trees::everywhere(const std::string& path, const std::string& bytes, mode_t mode) {
    for (const auto& configuration : stack.configurations) file(configuration.name, path, bytes, mode);
}

stack::Package& Trees::package(const std::string& name, std::vector<std::string> files) {
    stack::Package package;
    package.name = name;
    package.files = std::move(files);
    return stack.packages.emplace_back(std::move(package));
}

std::vector<ConfigurationTree> Trees::scan() const {
    std::vector<ConfigurationTree> trees;
    for (const auto& configuration : stack.configurations)
        trees.push_back({configuration.name, tree::scan(root(configuration.name), 1)});
    return trees;
}

tree::Tree Trees::merge() {
    Events events;
    merge_trees(stack, scan(), compare(), merged(), 1'000'000'000, events);
    return tree::scan(merged(), 1);
}

PathVerdict verdict(const Comparison& comparison, const std::string& path) {
    const auto* found = comparison.find(path);
    if (found == nullptr) FAIL("no verdict on " << path);
    return *found;
}

Error error_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error;
    }
    FAIL("nothing was thrown");
    throw std::logic_error("unreachable");
}

}  // namespace pystacks::merge::test
