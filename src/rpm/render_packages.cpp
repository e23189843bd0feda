#include "rpm/render_packages.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "rpm/configuration_provides.hpp"
#include "rpm/spec_text.hpp"
#include "stack/wheel_project.hpp"

namespace pystacks::rpm {

namespace {

const stack::Package* main_package(const stack::Stack& raw) {
    const auto found = std::find_if(raw.packages.begin(), raw.packages.end(), [](const auto& p) { return p.main; });
    return found == raw.packages.end() ? nullptr : &*found;
}

enum class Named { as_spec, otherwise };

/// Opens the branch in which the main package is the spec's own, or is not. The names may depend on bconds.
std::string if_named(const stack::Package& package, Named named) {
    return fmt::format("%if \"{}\" {} \"%{{name}}\"\n", on_one_line(package.name),
                       named == Named::as_spec ? "==" : "!=");
}

const std::string& license_of(const stack::Package& package, const stack::Stack& raw) {
    return package.license.empty() ? raw.license : package.license;
}

const stack::Wheels* wheels_of(const stack::Package& package, const stack::Stack& raw) {
    const auto found = std::find_if(raw.wheels.begin(), raw.wheels.end(),
                                    [&package](const auto& wheels) { return wheels.package == package.name; });
    return found == raw.wheels.end() ? nullptr : &*found;
}

/// With what the package's wheels add, where they are not switched off.
std::string license_tag(const stack::Package& package, const stack::Stack& raw) {
    const std::string& own = license_of(package, raw);
    const stack::Wheels* wheels = wheels_of(package, raw);
    if (wheels == nullptr || wheels->license.empty()) return tag("License", own);
    std::string both = tag("License", fmt::format("{} AND {}", own, wheels->license));
    if (wheels->condition.expression.empty()) return both;
    return open_condition(wheels->condition) + both + "%else\n" + tag("License", own) + "%endif\n";
}

std::string identity(const stack::Package& package, const stack::Stack& raw) {
    return tag("Summary", package.summary) + license_tag(package, raw);
}

/// What the package's wheels are and contain, in the spelling of Fedora's guidelines for bundled projects.
std::string bundled(const stack::Package& package, const stack::Stack& raw) {
    const stack::Wheels* wheels = wheels_of(package, raw);
    if (wheels == nullptr) return {};
    const std::string name_space = wheels->name_space.empty() ? "python3dist" : wheels->name_space;
    std::vector<std::string> provides;
    for (const std::string& text : wheels->projects) {
        const auto project = stack::read_wheel_project(text);
        if (!project) continue;
        provides.push_back(fmt::format("bundled({}({})) = {}", name_space,
                                       stack::normalized_project_name(project->name),
                                       stack::rpm_version_of(project->version)));
    }
    return conditional(wheels->condition, tags("Provides", provides));
}

/// Whose package it is, unless it is the base's.
std::string configuration_of(const stack::Package& package, const stack::Stack& raw) {
    const stack::Configuration* configuration = raw.configuration(package.configuration);
    return configuration == nullptr ? std::string() : configuration_provides(*configuration);
}

std::string relations(const stack::Package& package, const stack::Stack& raw) {
    return tags("Requires", package.requires_) + tags("Provides", package.provides) + configuration_of(package, raw) +
           bundled(package, raw) + tags("Recommends", package.recommends) + tags("Suggests", package.suggests) +
           tags("Supplements", package.supplements) + tags("Conflicts", package.conflicts) +
           tags("Obsoletes", package.obsoletes);
}

std::string description_text(const std::string& text) { return fmt::format("{}\n", trim(text)); }

/// Those of other configurations last. rpm gives a folder below /usr/lib/.build-id, which several packages need, to the
/// first of them alone; so packages of the base configuration would lack it, if others came before them.
std::vector<const stack::Package*> base_first(const stack::Stack& raw) {
    std::vector<const stack::Package*> packages;
    for (const stack::Package& package : raw.packages) packages.push_back(&package);
    std::stable_partition(packages.begin(), packages.end(), [&raw](const stack::Package* package) {
        return package->configuration.empty() || package->configuration == raw.base().name;
    });
    return packages;
}

/// The description of a subpackage; rpm wants one of each.
std::string description(const stack::Package& package) {
    const std::string& text = package.description.empty() ? package.summary : package.description;
    return fmt::format("\n%description -n {}\n{}", on_one_line(package.name), description_text(text));
}

std::string main_sections(const stack::Stack& raw, const stack::Package& package) {
    const std::string name = on_one_line(package.name);
    std::string text = if_named(package, Named::otherwise);
    text += "%description\n" + description_text(raw.description);
    text += fmt::format("\n%package -n {}\n{}%endif\n", name, identity(package, raw));
    text += relations(package, raw);
    text += "\n" + if_named(package, Named::as_spec) + "%description\n%else\n" +
            fmt::format("%description -n {}\n%endif\n", name);
    text += description_text(package.description.empty() ? raw.description : package.description);
    return text;
}

std::string sub_package(const stack::Stack& raw, const stack::Package& package) {
    std::string text = fmt::format("%package -n {}\n", on_one_line(package.name));
    text += identity(package, raw);
    if (package.noarch) text += tag("BuildArch", "noarch");
    text += relations(package, raw) + description(package);
    return conditional(package.condition, std::move(text));
}

/// Distributions whose glibc runs ldconfig by a file trigger define %ldconfig_scriptlets, mostly as nothing.
std::string scriptlets(const stack::Package& package) {
    if (!package.ldconfig) return {};
    return fmt::format(
        "%if 0%{{?ldconfig_scriptlets:1}}\n"
        "%ldconfig_scriptlets -n {0}\n"
        "%else\n"
        "%post -n {0} -p /sbin/ldconfig\n"
        "%postun -n {0} -p /sbin/ldconfig\n"
        "%endif\n\n",
        on_one_line(package.name));
}

std::string files_of(const stack::Package& package) {
    const std::string name = on_one_line(package.name);
    // Relative to the build folder: rpm stores the expanded spec in the SRPM, which must not tell where it was made.
    std::string text = scriptlets(package) + fmt::format("%files -n {0} -f lists/{0}.list\n", name);
    return conditional(package.condition, std::move(text));
}

}  // namespace

std::string preamble_identity(const stack::Stack& raw) {
    const stack::Package* main = main_package(raw);
    std::string own = tag("Summary", raw.summary) + tag("License", raw.license);
    if (main == nullptr) return own;
    const std::string mains = identity(*main, raw);
    if (mains == own) return own;
    return if_named(*main, Named::as_spec) + mains + "%else\n" + own + "%endif\n";
}

std::string packages(const stack::Stack& raw) {
    const stack::Package* main = main_package(raw);
    std::string text =
        main != nullptr ? main_sections(raw, *main) : "%description\n" + description_text(raw.description);
    for (const stack::Package* package : base_first(raw)) {
        if (package != main) text += "\n" + sub_package(raw, *package);
    }
    return text;
}

std::string file_sections(const stack::Stack& raw) {
    std::string text;
    for (const stack::Package* package : base_first(raw)) text += files_of(*package) + "\n";
    return text;
}

}  // namespace pystacks::rpm
