#include "transform/working_folder.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace pystacks::transform {
namespace {

/// The commands of a line, each as its words. Quotes are taken off words.
std::vector<std::vector<std::string>> commands_of(std::string_view line) {
    std::string text(line);
    for (char& c : text) {
        if (c == '&' || c == '|' || c == '(' || c == ')') c = ';';
    }
    std::vector<std::vector<std::string>> commands;
    for (const std::string& part : split(text, ';')) {
        std::vector<std::string> words = split_words(part);
        for (std::string& word : words) std::erase_if(word, [](char c) { return c == '"' || c == '\''; });
        while (!words.empty() && (words.front() == "do" || words.front() == "then" || words.front() == "{"))
            words.erase(words.begin());
        if (!words.empty()) commands.push_back(std::move(words));
    }
    return commands;
}

/// Where @p path leads from @p depth; nothing: out of the tree, or it is not known.
std::optional<std::size_t> walk(std::optional<std::size_t> depth, std::string_view path) {
    if (!depth || path.starts_with('/') || path.starts_with('~')) return {};
    // What these say is absolute.
    for (const std::string_view absolute : {"%{_", "%_", "$RPM_", "${RPM_", "%{buildroot", "%buildroot", "%{SOURCE",
                                            "%SOURCE", "$PWD", "%{S:", "$HOME"}) {
        if (path.starts_with(absolute)) return {};
    }
    std::size_t level = *depth;
    for (const std::string& part : split(path, '/')) {
        if (part.empty() || part == ".") continue;
        if (part != "..") {
            ++level;
        } else if (level-- == 0) {
            return {};
        }
    }
    return level;
}

bool goes_up(std::string_view path) {
    return path == ".." || path.starts_with("../") || path.find("/../") != std::string_view::npos ||
           path.ends_with("/..");
}

}  // namespace

bool WorkingFolder::follow(std::string_view line) {
    bool left = false;
    for (const std::vector<std::string>& command : commands_of(line)) left |= run(command);
    return left;
}

bool WorkingFolder::run(const std::vector<std::string>& command) {
    const std::string& name = command.front();
    if (name == "cd" || name == "pushd") {
        if (name == "pushd") pushed_.push_back(depth_);
        change(command.size() > 1 ? command[1] : std::string("~"));
    } else if (name == "popd") {
        depth_ = pushed_.empty() ? Depth() : pushed_.back();
        if (!pushed_.empty()) pushed_.pop_back();
    } else if (name == "cp" || name == "mv" || name == "ln" || name == "install") {
        return leaves(command);
    }
    return false;
}

void WorkingFolder::change(const std::string& path) {
    const Depth here = depth_;
    depth_ = path == "-" ? before_ : walk(depth_, path);
    before_ = here;
}

bool WorkingFolder::leaves(const std::vector<std::string>& command) const {
    std::vector<std::string_view> paths;
    bool symbolic = false;
    for (std::size_t i = 1; i < command.size(); ++i) {
        if (!command[i].starts_with('-')) {
            paths.emplace_back(command[i]);
        } else if (command.front() == "ln" && !command[i].starts_with("--")) {
            const bool relative_to_here = command[i].find('r') != std::string::npos;
            symbolic |= command[i].find('s') != std::string::npos && !relative_to_here;
        }
    }
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (!goes_up(paths[i])) continue;
        Depth from = depth_;
        // A symbolic link says where its target is from where the link is.
        if (symbolic && i + 1 < paths.size()) {
            const std::string_view link = paths.back();
            const std::size_t slash = link.rfind('/');
            const bool folder = link == "." || slash == link.size() - 1;
            from = walk(from, folder ? link : slash == std::string_view::npos ? "." : link.substr(0, slash));
        }
        if (!walk(from, paths[i])) return true;
    }
    return false;
}

}  // namespace pystacks::transform
