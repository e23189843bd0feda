#include "build/plan.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "build/context.hpp"

namespace pystacks::build {
namespace {

using Variables = std::map<std::string, std::string>;

template <class... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

/// Appends with variables replaced. An argument that rpm expanded to nothing was switched off: it is left out.
void append(std::vector<std::string>& target, const std::vector<std::string>& arguments, const Variables& variables) {
    for (const std::string& argument : arguments) {
        std::string text = stack::substitute_variables(argument, variables);
        if (!text.empty()) target.push_back(std::move(text));
    }
}

/// Replaces the variables in every string of a step.
stack::InstallStep resolve(stack::InstallStep step, const Variables& variables) {
    const auto one = [&](std::string& text) { text = stack::substitute_variables(text, variables); };
    const auto all = [&](std::vector<std::string>& texts) { std::for_each(texts.begin(), texts.end(), one); };
    std::visit(Overloaded{
                   [&](stack::MoveStep& s) { one(s.from), one(s.to); },
                   [&](stack::CopyStep& s) { one(s.from), one(s.to); },
                   [&](stack::WriteStep& s) { one(s.path), one(s.text); },
                   [&](stack::SymlinkStep& s) { one(s.path), one(s.target); },
                   [&](stack::DirectoryStep& s) { one(s.path); },
                   [&](stack::RemoveStep& s) { all(s.patterns); },
                   [&](stack::SubstituteStep& s) { one(s.pattern), one(s.find), one(s.replace); },
                   [&](stack::ShebangStep& s) { all(s.patterns), one(s.interpreter); },
               },
               step.action);
    return step;
}

void add_list(InputList& key, const std::string& name, const std::vector<std::string>& values) {
    key.add(name + " count", std::to_string(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i) key.add(fmt::format("{} {}", name, i), values[i]);
}

void add_map(InputList& key, const std::string& name, const Environment& values) {
    key.add(name + " count", std::to_string(values.size()));
    for (const auto& [variable, value] : values) key.add(name + " " + variable, value);
}

void add_step(InputList& key, const std::string& name, const stack::InstallStep& step) {
    const auto add = [&](const char* what, const std::string& value) { key.add(name + " " + what, value); };
    std::visit(Overloaded{
                   [&](const stack::MoveStep& s) { add("move", s.from), add("to", s.to); },
                   [&](const stack::CopyStep& s) {
                       add("copy", s.from), add("to", s.to), add("mode", std::to_string(s.mode));
                   },
                   [&](const stack::WriteStep& s) {
                       add("write", s.path), add("text", s.text), add("mode", std::to_string(s.mode));
                   },
                   [&](const stack::SymlinkStep& s) { add("symlink", s.path), add("target", s.target); },
                   [&](const stack::DirectoryStep& s) { add("directory", s.path); },
                   [&](const stack::RemoveStep& s) { add_list(key, name + " remove", s.patterns); },
                   [&](const stack::SubstituteStep& s) {
                       add("substitute", s.pattern), add("find", s.find), add("replace", s.replace);
                   },
                   [&](const stack::ShebangStep& s) {
                       add_list(key, name + " shebang", s.patterns), add("interpreter", s.interpreter);
                   },
               },
               step.action);
}

bool applies_to(const stack::InstallStep& step, const std::string& configuration) {
    const auto& names = step.configurations;
    return step.condition.enabled() &&
           (names.empty() || std::find(names.begin(), names.end(), configuration) != names.end());
}

}  // namespace

std::string prefix_map(const Layout& layout) {
    return fmt::format("-ffile-prefix-map={}/={}", layout.root().parent_path().string(), mapped_prefix);
}

ConfigurationPlan plan(const stack::Stack& stack, const stack::Configuration& configuration, const Layout& layout,
                       const std::string& jobs) {
    Variables variables = configuration.variables;
    const std::string source = "../../" + layout.source().filename().string();
    variables["prefix_map"] = prefix_map(layout);
    variables["source"] = source;
    if (!stack.bootstrap.targets.empty()) variables["bootstrap"] = "../" + layout.bootstrap().filename().string();
    variables["jobs"] = jobs;
    variables["configuration"] = configuration.name;

    ConfigurationPlan result;
    result.name = configuration.name;
    result.configure = {source + "/configure"};
    append(result.configure, stack.build.configure, variables);
    append(result.configure, configuration.configure, variables);

    result.make = {"make"};
    append(result.make, stack.build.make_arguments, variables);
    result.bootstrap_apart = result.make;
    append(result.make, configuration.make_arguments, variables);
    result.bootstrap = result.make;
    result.trained = configuration.trains_by_itself();
    if (configuration.is_trained()) {
        result.trained = true;
        result.train = result.make;
        append(result.train, configuration.profile.targets, variables);
    }
    std::vector<std::string> early_targets;
    append(early_targets, configuration.early_targets, variables);
    if (!early_targets.empty()) {
        result.early = result.make;
        append(result.early, configuration.early_arguments, variables);
        result.early.insert(result.early.end(), early_targets.begin(), early_targets.end());
    }
    // make install gets make's arguments too: whatever it builds itself must be built the same way.
    result.install = result.make;
    append(result.make, stack.build.make_targets, variables);
    append(result.bootstrap, stack.bootstrap.targets, variables);
    append(result.bootstrap_apart, stack.bootstrap.arguments, variables);
    append(result.bootstrap_apart, stack.bootstrap.targets, variables);
    result.install.push_back("DESTDIR=" + layout.install(configuration.name).string());
    append(result.install, stack.build.install_arguments, variables);
    append(result.install, stack.build.install_targets, variables);

    for (const auto* values : {&stack.build.environment, &configuration.environment}) {
        for (const auto& [name, value] : *values) {
            result.environment[name] = stack::substitute_variables(value, variables);
        }
    }
    for (const stack::InstallStep& step : stack.install_steps) {
        if (!applies_to(step, configuration.name)) continue;
        (step.packaging ? result.packaging_steps : result.steps).push_back(resolve(step, variables));
    }
    return result;
}

PlanKeys keys(const ConfigurationPlan& plan, const Layout& layout, const SourceDigests& source,
              const Environment& counted, const Toolchain& tools, const std::string& profile) {
    PlanKeys result;
    InputList& configure = result.configure;
    const bool trains = plan.trained && profile.empty();
    configure.add("format", "1").add("source tree", trains ? source.files : source.fixed);
    configure.add("build folder", layout.root().string());
    configure.add("compiler", tools.compiler).add("files of the compiler", tools.compiler_files);
    configure.add("programs of the host", tools.programs);
    configure.add("headers and libraries of the host", tools.host);
    add_list(configure, "configure argument", plan.configure);
    add_map(configure, "environment", counted);
    add_map(configure, "recipe environment", plan.environment);

    InputList& make = result.make;
    make.add("format", "1").add("configure", configure.digest()).add("make", tools.make);
    make.add(source_files_input, source.files);
    add_list(make, "make argument", plan.make);
    if (!plan.early.empty()) {
        add_list(make, "early make argument", plan.early);
        if (trains) add_list(make, "training argument", plan.train);
    }
    if (!profile.empty()) make.add("recorded profile", profile);

    InputList& install = result.install;
    install.add("format", "1").add("make", make.digest());
    add_list(install, "install argument", plan.install);
    install.add("install step count", std::to_string(plan.steps.size()));
    for (std::size_t i = 0; i < plan.steps.size(); ++i)
        add_step(install, fmt::format("install step {}", i), plan.steps[i]);
    return result;
}

}  // namespace pystacks::build
