#include <functional>

#include "base/error.hpp"
#include "build/plan.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::build;

namespace {

/// Everything that the keys of one configuration depend on.
struct Inputs {
    stack::Stack stack;
    Layout layout{"/home/me/BUILD/x-1"};
    SourceDigests source{"tree", "files", {}};
    Environment counted = {{"SOURCE_DATE_EPOCH", "1"}};
    Toolchain tools = {"gcc 12", "make 4.3", "libffi"};
    std::string jobs = "N";

    Inputs() {
        stack.build.configure = {"--prefix=/usr", ""};
        stack.build.environment = {{"CFLAGS", "-O2 ${cflags}"}};
        stack.build.make_targets = {"all"};
        stack.build.make_arguments = {"EXTRA_CFLAGS=${prefix_map}"};
        stack.build.install_targets = {"install"};
        stack.build.install_arguments = {"COMPILEALL_OPTS=-h"};
        stack::Configuration debug;
        debug.name = "debug";
        debug.configure = {"--with-pydebug"};
        debug.environment = {{"KIND", "debug"}};
        debug.variables = {{"cflags", "-O0"}, {"unused", "1"}};
        stack.configurations = {debug};
        stack::InstallStep step;
        step.action = stack::RemoveStep{{"/x${cflags}"}};
        stack.install_steps = {step};
    }

    [[nodiscard]] ConfigurationPlan plan() const {
        return build::plan(stack, stack.configurations.front(), layout, jobs);
    }
    [[nodiscard]] PlanKeys keys() const { return build::keys(plan(), layout, source, counted, tools); }
};

/// Which of configure, make, install run again after a change: 'c', 'm', 'i'.
std::string invalidated(const std::function<void(Inputs&)>& change) {
    const Inputs before;
    Inputs after;
    change(after);
    const PlanKeys a = before.keys(), b = after.keys();
    std::string result;
    if (a.configure.digest() != b.configure.digest()) result += 'c';
    if (a.make.digest() != b.make.digest()) result += 'm';
    if (a.install.digest() != b.install.digest()) result += 'i';
    return result;
}

stack::InstallStep& step(Inputs& inputs) { return inputs.stack.install_steps.front(); }

}  // namespace

TEST_CASE("the same inputs give the same keys") {
    CHECK(invalidated([](Inputs&) {}).empty());
}

TEST_CASE("what configure reads makes everything again") {
    CHECK(invalidated([](Inputs& i) { i.source.fixed = "patched"; }) == "cmi");
    CHECK(invalidated([](Inputs& i) { i.tools.compiler = "gcc 13"; }) == "cmi");
    CHECK(invalidated([](Inputs& i) { i.tools.host = "libffi and openssl"; }) == "cmi");
    CHECK(invalidated([](Inputs& i) { i.tools.compiler_files = "another cc1"; }) == "cmi");
    CHECK(invalidated([](Inputs& i) { i.tools.programs = "another m4"; }) == "cmi");
    CHECK(invalidated([](Inputs& i) { i.layout = Layout("/other/BUILD/x-1"); }) == "cmi");
    CHECK(invalidated([](Inputs& i) { i.counted["SOURCE_DATE_EPOCH"] = "2"; }) == "cmi");
    CHECK(invalidated([](Inputs& i) { i.stack.build.configure.emplace_back("--enable-x"); }) == "cmi");
    CHECK(invalidated([](Inputs& i) { i.stack.configurations[0].configure.clear(); }) == "cmi");
    CHECK(invalidated([](Inputs& i) { i.stack.build.environment["LDFLAGS"] = "-g"; }) == "cmi");
    CHECK(invalidated([](Inputs& i) { i.stack.configurations[0].environment["KIND"] = "x"; }) == "cmi");
    CHECK(invalidated([](Inputs& i) { i.stack.configurations[0].variables["cflags"] = "-Og"; }) == "cmi");
}

TEST_CASE("what make reads leaves configure alone") {
    CHECK(invalidated([](Inputs& i) { i.source.files = "patched"; }) == "mi");
    CHECK(invalidated([](Inputs& i) { i.tools.make = "make 4.4"; }) == "mi");
    CHECK(invalidated([](Inputs& i) { i.stack.build.make_targets = {"world"}; }) == "mi");
    CHECK(invalidated([](Inputs& i) { i.stack.build.make_arguments.emplace_back("V=1"); }) == "mi");
    CHECK(invalidated([](Inputs& i) { i.stack.configurations[0].make_arguments = {"V=1"}; }) == "mi");
}

TEST_CASE("a compiler that is trained sees every file") {
    Inputs before, after;
    after.source.files = "patched";
    CHECK(before.keys().configure.digest() == after.keys().configure.digest());
    for (Inputs* inputs : {&before, &after}) inputs->stack.configurations[0].trains = {"1", {"stack.toml", 1}};
    CHECK(before.keys().configure.digest() != after.keys().configure.digest());
    for (Inputs* inputs : {&before, &after}) inputs->stack.configurations[0].trains = {"0", {"stack.toml", 1}};
    CHECK(before.keys().configure.digest() == after.keys().configure.digest());
}

TEST_CASE("what install reads leaves the objects alone") {
    CHECK(invalidated([](Inputs& i) { i.stack.build.install_targets = {"altinstall"}; }) == "i");
    CHECK(invalidated([](Inputs& i) { i.stack.build.install_arguments.clear(); }) == "i");
    CHECK(invalidated([](Inputs& i) { step(i).action = stack::RemoveStep{{"/y"}}; }) == "i");
    CHECK(invalidated([](Inputs& i) { step(i).action = stack::DirectoryStep{"/x-O0"}; }) == "i");
    CHECK(invalidated([](Inputs& i) { i.stack.install_steps.clear(); }) == "i");
    CHECK(invalidated([](Inputs& i) { step(i).configurations = {"optimized"}; }) == "i");
}

TEST_CASE("what changes nothing invalidates nothing") {
    CHECK(invalidated([](Inputs& i) { i.stack.release = "2"; }).empty());
    // Whoever makes these programs and however, what they write is the same.
    CHECK(invalidated([](Inputs& i) { i.stack.bootstrap.arguments = {"CFLAGS=-O1"}; }).empty());
    CHECK(invalidated([](Inputs& i) { i.stack.description = "other"; }).empty());
    CHECK(invalidated([](Inputs& i) { step(i).reason = "said otherwise"; }).empty());
    CHECK(invalidated([](Inputs& i) { step(i).configurations = {"debug"}; }).empty());
    CHECK(invalidated([](Inputs& i) { i.stack.configurations[0].variables["unused"] = "2"; }).empty());
    CHECK(invalidated([](Inputs& i) { i.stack.build.configure.emplace_back(""); }).empty());
}

TEST_CASE("early targets have the arguments of make and their own, and are an input of it") {
    Inputs inputs;
    inputs.stack.build.make_arguments = {"V=1"};
    inputs.stack.configurations[0].early_arguments = {"CFLAGS=${cflags}"};
    CHECK(inputs.plan().early.empty());
    inputs.stack.configurations[0].early_targets = {"", "Modules/getbuildinfo.o"};
    CHECK(inputs.plan().early == std::vector<std::string>{"make", "V=1", "CFLAGS=-O0", "Modules/getbuildinfo.o"});
    CHECK(inputs.plan().make == std::vector<std::string>{"make", "V=1", "all"});
    CHECK(invalidated([](Inputs& i) { i.stack.configurations[0].early_targets = {"a.o"}; }) == "mi");
    CHECK(invalidated([](Inputs& i) { i.stack.configurations[0].early_targets = {""}; }).empty());
}

TEST_CASE("how the compiler is trained is an input of make where a make of its own trains it") {
    Inputs inputs;
    stack::ProfileRecipe& recipe = inputs.stack.configurations[0].profile;
    recipe.targets = {"train"};
    const auto make_key = [&](const std::string& profile) {
        return build::keys(inputs.plan(), inputs.layout, inputs.source, inputs.counted, inputs.tools, profile)
            .make.digest();
    };
    const auto changes = [&](const std::string& profile) {
        recipe.targets = {"train"};
        const std::string before = make_key(profile);
        recipe.targets = {"train-longer"};
        return make_key(profile) != before;
    };
    CHECK_FALSE(changes(""));
    inputs.stack.configurations[0].early_targets = {"a.o"};
    CHECK(changes(""));
    CHECK_FALSE(changes("digest of a recorded profile"));
}

TEST_CASE("an argument that moves to its neighbour is a change") {
    CHECK(invalidated([](Inputs& i) { i.stack.build.configure = {"--prefix=/usr --with-pydebug"}; }) == "cmi");
}

TEST_CASE("programs for bootstrapping are made on the way with a configuration's arguments, and apart without") {
    Inputs inputs;
    inputs.stack.build.make_arguments = {"V=1"};
    inputs.stack.bootstrap = {{}, "debug", {"freeze"}, {"CFLAGS=-O0"}, {}};
    inputs.stack.configurations[0].make_arguments = {"FREEZE=${bootstrap}/freeze"};
    const ConfigurationPlan plan = inputs.plan();
    CHECK(plan.make == std::vector<std::string>{"make", "V=1", "FREEZE=../bootstrap/freeze", "all"});
    CHECK(plan.bootstrap == std::vector<std::string>{"make", "V=1", "FREEZE=../bootstrap/freeze", "freeze"});
    CHECK(plan.bootstrap_apart == std::vector<std::string>{"make", "V=1", "CFLAGS=-O0", "freeze"});
    CHECK(stack::uses_bootstrap(inputs.stack.configurations[0]));
    CHECK_FALSE(stack::uses_bootstrap({}));
}

TEST_CASE("a plan has its variables replaced and what is empty left out") {
    const ConfigurationPlan plan = Inputs().plan();
    CHECK(plan.configure == std::vector<std::string>{"../../source/configure", "--prefix=/usr", "--with-pydebug"});
    CHECK(plan.make ==
          std::vector<std::string>{"make", "EXTRA_CFLAGS=-ffile-prefix-map=/home/me/BUILD/=/usr/src/debug/", "all"});
    CHECK(plan.install ==
          std::vector<std::string>{"make", "EXTRA_CFLAGS=-ffile-prefix-map=/home/me/BUILD/=/usr/src/debug/",
                                   "DESTDIR=/home/me/BUILD/x-1/install/debug", "COMPILEALL_OPTS=-h", "install"});
    CHECK(plan.environment.at("CFLAGS") == "-O2 -O0");
    CHECK(plan.environment.at("KIND") == "debug");
}

TEST_CASE("an unknown variable is the packager's error") {
    Inputs inputs;
    inputs.stack.build.configure = {"--with=${cflag}"};
    CHECK_THROWS_AS(inputs.plan(), Error);
}
