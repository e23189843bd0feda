#include "stack/install_steps.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "stack/paths.hpp"

namespace pystacks::stack {

namespace {

/// The actions that the step names; a step in order names one.
std::vector<const StepAction*> actions_of(const toml::table& table) {
    std::vector<const StepAction*> actions;
    for (const StepAction& action : step_actions) {
        if (table.contains(action.key)) actions.push_back(&action);
    }
    return actions;
}

std::string list_of_actions() {
    std::string list;
    for (std::size_t i = 0; i < step_actions.size(); ++i) {
        if (i > 0) list += i + 1 == step_actions.size() ? " or " : ", ";
        list += in_quotes(step_actions[i].key);
    }
    return list;
}

bool contains(const std::vector<std::string_view>& keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// A key that some action takes along, but not this one.
bool is_stray(std::string_view key, const StepAction& action) {
    if (key == action.key || contains(action.required, key) || contains(action.optional, key)) return false;
    return std::any_of(step_actions.begin(), step_actions.end(), [key](const StepAction& other) {
        return contains(other.required, key) || contains(other.optional, key);
    });
}

void check_companions(const Item<RawStep>& item, const StepAction& action, const std::set<std::string>& misspelled,
                      Problems& problems) {
    for (const auto key : action.required) {
        if (item.table->contains(key) || misspelled.contains(std::string(key))) continue;
        problems.add(item.table->source(),
                     fmt::format("[[install-step]] with {} lacks {}", in_quotes(action.key), in_quotes(key)));
    }
    for (const auto& [key, value] : *item.table) {
        if (is_stray(key.str(), action)) {
            problems.add(key.source(),
                         fmt::format("{} has no meaning beside {}", in_quotes(key.str()), in_quotes(action.key)));
        }
    }
}

unsigned read_mode(const Item<RawStep>& item, unsigned otherwise, Problems& problems) {
    const std::string& text = item.value.mode;
    const toml::node* node = item.table->get("mode");
    if (node == nullptr || !node->is_string()) return otherwise;
    const bool octal = text.size() >= 3 && text.size() <= 4 && text.find_first_not_of("01234567") == std::string::npos;
    // Set-id and sticky bits have no place in what make installs for Python, and would be a way around the packager.
    if (!octal || (text.size() == 4 && text.front() != '0')) {
        problems.add(node->source(), fmt::format("'mode' must be an octal number from \"0000\" to \"0777\", found {}",
                                                 in_quotes(text)));
        return otherwise;
    }
    return static_cast<unsigned>(std::stoul(text, nullptr, 8));
}

void check_not_empty(const Item<RawStep>& item, std::string_view key, const std::string& value, Problems& problems) {
    const toml::node* node = item.table->get(key);
    if (node != nullptr && node->is_string() && value.empty()) report_empty_value(*node, key, problems);
}

/// The paths of all actions; those of other actions are empty, and empty ones pass.
void check_values(const Item<RawStep>& item, Problems& problems) {
    const RawStep& step = item.value;
    for (const auto& [key, value] : {std::pair{"move", &step.move},
                                     {"write", &step.write},
                                     {"symlink", &step.symlink},
                                     {"directory", &step.directory},
                                     {"to", &step.to}}) {
        check_not_empty(item, key, *value, problems);
        check_install_path(item.where(key), key, *value, problems);
    }
    for (const auto& [key, value] : {std::pair{"copy", &step.copy},
                                     {"substitute", &step.substitute},
                                     {"target", &step.target},
                                     {"find", &step.find},
                                     {"interpreter", &step.interpreter}}) {
        check_not_empty(item, key, *value, problems);
    }
    check_inner_path(item.where("copy"), "copy", step.copy, "the source tree", problems);
    check_install_path(item.where("interpreter"), "interpreter", step.interpreter, problems);
    check_pattern(item.where("substitute"), "substitute", step.substitute, problems);
    for (const auto& pattern : step.remove) check_pattern(item.where("remove"), "remove", pattern, problems);
    for (const auto& pattern : step.shebang) check_pattern(item.where("shebang"), "shebang", pattern, problems);
}

void set_action(InstallStep& step, const StepAction& action, const Item<RawStep>& item, Problems& problems) {
    const RawStep& raw = item.value;
    if (action.key == "move") step.action = MoveStep{raw.move, raw.to};
    if (action.key == "copy") step.action = CopyStep{raw.copy, raw.to, read_mode(item, 0644, problems)};
    if (action.key == "write") step.action = WriteStep{raw.write, raw.text, read_mode(item, 0644, problems)};
    if (action.key == "symlink") step.action = SymlinkStep{raw.symlink, raw.target};
    if (action.key == "directory") step.action = DirectoryStep{raw.directory};
    if (action.key == "remove") step.action = RemoveStep{raw.remove};
    if (action.key == "substitute") step.action = SubstituteStep{raw.substitute, raw.find, raw.replace};
    if (action.key == "shebang") step.action = ShebangStep{raw.shebang, raw.interpreter};
}

}  // namespace

InstallStep to_install_step(const Item<RawStep>& item, const std::set<std::string>& misspelled, Problems& problems) {
    const RawStep& raw = item.value;
    InstallStep step;
    step.configurations = raw.configurations;
    step.packaging = raw.packaging;
    step.condition = raw.condition;
    step.reason = raw.reason;
    step.place = raw.place;

    const auto actions = actions_of(*item.table);
    if (actions.size() > 1) {
        problems.add(item.table->source(),
                     fmt::format("[[install-step]] has more than one action, {} and {}: write one step for each",
                                 in_quotes(actions[0]->key), in_quotes(actions[1]->key)));
    } else if (actions.size() == 1) {
        check_companions(item, *actions.front(), misspelled, problems);
        check_values(item, problems);
        set_action(step, *actions.front(), item, problems);
    } else if (std::none_of(step_actions.begin(), step_actions.end(),
                            [&](const StepAction& action) { return misspelled.contains(std::string(action.key)); })) {
        problems.add(item.table->source(),
                     fmt::format("[[install-step]] has no action: it needs {}", list_of_actions()));
    }
    return step;
}

}  // namespace pystacks::stack
