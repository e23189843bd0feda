#include "build/merged_trees.hpp"

#include <charconv>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "build/configuration_build.hpp"
#include "build/stamp.hpp"
#include "tree/tree.hpp"

namespace pystacks::build {

std::int64_t epoch_of(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) {
        throw Error(ErrorKind::usage, "cannot read the environment", "SOURCE_DATE_EPOCH",
                    "\"" + text + "\" is not a number");
    }
    return value;
}

namespace {

void add_list(InputList& key, const std::string& name, const std::vector<std::string>& values) {
    key.add(name + " count", std::to_string(values.size()));
    for (const std::string& value : values) key.add(name, value);
}

void add_settlements(InputList& key, const stack::Stack& stack) {
    for (const stack::Alias& alias : stack.aliases) key.add("alias", alias.path).add("alias of", alias.of);
    for (const stack::ConflictRule& rule : stack.rules) {
        if (!rule.condition.enabled()) continue;
        key.add("rule", rule.path).add("rule winner", rule.winner).add("rule reason", rule.reason);
    }
}

void add_bytecode(InputList& key, const StageContext& context) {
    const stack::Bytecode& bytecode = context.stack.bytecode;
    add_list(key, "bytecode path", bytecode.paths);
    for (const int level : bytecode.levels) key.add("bytecode level", std::to_string(level));
    key.add("bytecode exclude", bytecode.exclude).add("library path", bytecode.library_path).add("home", bytecode.home);
    for (const char* script : {"bytecompile.py", "check_bytecode.py"}) key.add_file(script, context.scripts / script);
}

}  // namespace

ComparedTrees compare_installs(const StageContext& context) {
    ComparedTrees result;
    for (const stack::Configuration* configuration : context.stack.enabled_configurations()) {
        result.trees.push_back({configuration->name, tree::scan(context.layout.install(configuration->name),
                                                                static_cast<unsigned>(context.jobs))});
    }
    result.comparison = merge::compare(context.stack, result.trees);
    return result;
}

InputList merge_key(const StageContext& context) {
    const Stamps stamps(context.layout.stamps());
    InputList key;
    key.add("format", "1").add("SOURCE_DATE_EPOCH", context.source_date_epoch).add("pystacks", context.program);
    for (const stack::Configuration* configuration : context.stack.enabled_configurations()) {
        const auto installed = stamps.key(install_stamp(configuration->name));
        if (!installed) {
            throw Error("cannot merge", stamps.path(install_stamp(configuration->name)).string(),
                        fmt::format("the {} configuration is not built", configuration->name), "Run %build first.");
        }
        key.add("configuration", configuration->name).add("install", *installed);
        key.add("interpreter", configuration->interpreter);
        // Aliases use them.
        for (const auto& [name, value] : configuration->variables) key.add("variable " + name, value);
    }
    add_settlements(key, context.stack);
    add_bytecode(key, context);
    return key;
}

InputList lists_key(const StageContext& context) {
    InputList key;
    key.add("format", "1").add("merge", merge_key(context).digest());
    add_list(key, "system directory", context.stack.system_directories);
    for (const stack::Package& package : context.stack.packages) {
        key.add("package", package.name).add("enabled", package.condition.enabled() ? "1" : "0");
        key.add("package configuration", package.configuration).add("main", package.main ? "1" : "0");
        // The partition reads only names. A new release comes after the name, so it does not change the lists.
        for (const std::string& requirement : package.requires_) {
            key.add("requires", requirement.substr(0, requirement.find(' ')));
        }
        add_list(key, "files", package.files);
        add_list(key, "doc files", package.doc_files);
        add_list(key, "license files", package.license_files);
    }
    return key;
}

merge::BytecodeJob bytecode_job(const StageContext& context) {
    return {context.stack, context.layout.merged(), context.scripts, static_cast<unsigned>(context.jobs),
            epoch_of(context.source_date_epoch)};
}

}  // namespace pystacks::build
