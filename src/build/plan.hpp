#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/input_list.hpp"
#include "build/environment.hpp"
#include "build/layout.hpp"
#include "build/source_state.hpp"
#include "build/toolchain.hpp"
#include "stack/stack.hpp"

namespace pystacks::build {

/// What will be done for one configuration, with every variable replaced.
struct ConfigurationPlan {
    std::string name;
    std::vector<std::string> configure, make, install;  ///< argument vectors, program first
    std::vector<std::string> train;                     ///< make's for the training alone; empty: there is none
    bool trained = false;                               ///< the build runs what it has built to train the compiler
    std::vector<std::string> early;                     ///< make's for what is made before the rest; empty: nothing is
    std::vector<std::string> bootstrap;                 ///< make's for the programs of [build.bootstrap], on its way
    std::vector<std::string> bootstrap_apart;           ///< the same, in a folder of their own
    Environment environment;                            ///< of the recipe: common, then own
    std::vector<stack::InstallStep> steps;              ///< those that apply here, in order
    std::vector<stack::InstallStep> packaging_steps;    ///< likewise, of rpm's buildroot
};

/// Beside the configuration's own variables the recipe may use ${prefix_map} (the compiler argument that hides the
/// build folder), ${source} (the source tree, relative to the build folder), ${bootstrap} (likewise), ${jobs} and
/// ${configuration}.
/// @param jobs what ${jobs} becomes @throws Error (usage) on an unknown variable
[[nodiscard]] ConfigurationPlan plan(const stack::Stack& stack, const stack::Configuration& configuration,
                                     const Layout& layout, const std::string& jobs);

/// What the three steps of a configuration read; each contains the one before.
struct PlanKeys {
    InputList configure, make, install;
};

/// configure's leaves out what files say that make can build again by itself; not where the compiler is trained,
/// because the training runs them all.
/// @param source    what the source tree is
/// @param counted   the part of the children's environment that may change results
/// @param plan      made with a @c jobs that does not depend on the number: it must not change what is built
/// @param profile   digest of the recorded profile by which the compiler need not be trained; empty: there is none
[[nodiscard]] PlanKeys keys(const ConfigurationPlan& plan, const Layout& layout, const SourceDigests& source,
                            const Environment& counted, const Toolchain& tools, const std::string& profile = {});

/// Name of the input of a make that stands for the content of source files. Where it alone has changed, make resumes in
/// the old folder.
inline constexpr const char* source_files_input = "source files";

/// The argument that gives the folder which holds @p layout's root a fixed name in what compilers write.
[[nodiscard]] std::string prefix_map(const Layout& layout);

}  // namespace pystacks::build
