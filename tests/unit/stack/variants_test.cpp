#include <string>
#include <vector>

#include "base/text.hpp"
#include "catch.hpp"
#include "sample.hpp"
#include "stack/stack.hpp"

using namespace pystacks;
using sample::problems;
using sample::text_and;
using sample::text_with;
using Lines = std::vector<std::string>;

namespace {

/// sample::text() with @p keys in the debug configuration, from line 16 on.
std::string debug_with(const std::string& keys) { return text_with("name = \"debug\"\n", "name = \"debug\"\n" + keys); }

/// A third configuration, from line 23 on.
std::string third(const std::string& keys) {
    return text_and("[[configuration]]\nname = \"third\"\ninterpreter = \"/usr/bin/tinyt\"\n" + keys);
}

stack::Stack parsed(const std::string& text) { return stack::parse(text, "tiny/stack.toml"); }

}  // namespace

TEST_CASE("a configuration says what it is a variant of; otherwise it is one of the base") {
    const stack::Stack stack = parsed(third("variant-of = \"debug\"\n"));
    CHECK(stack.configuration("optimized")->variant_of.empty());
    CHECK(stack.configuration("debug")->variant_of == "optimized");
    CHECK(stack.configuration("third")->variant_of == "debug");
    CHECK(stack.configuration("fourth") == nullptr);
}

TEST_CASE("a variant of nothing, of itself, or in a circle") {
    CHECK(problems(debug_with("variant-of = \"optimised\"\n")) ==
          Lines{"16:14: 'variant-of' names no [[configuration]]: 'optimised'; did you mean 'optimized'?"});
    CHECK(problems(debug_with("variant-of = \"debug\"\n")) ==
          Lines{"16:14: 'variant-of' leads in a circle: debug -> debug; one of them must be a variant of the base, "
                "'optimized'"});
    CHECK(
        problems(third("variant-of = \"debug\"\n") +
                 "[[configuration]]\nname = \"fourth\"\ninterpreter = \"/usr/bin/tinyf\"\nvariant-of = \"fifth\"\n"
                 "[[configuration]]\nname = \"fifth\"\ninterpreter = \"/usr/bin/tiny5\"\nvariant-of = \"fourth\"\n") ==
        Lines{"30:14: 'variant-of' leads in a circle: fourth -> fifth -> fourth; one of them must be a variant of the "
              "base, 'optimized'"});
}

TEST_CASE("the base is a variant of none, and has no package of its own") {
    CHECK(
        problems(text_with("name = \"optimized\"\n", "name = \"optimized\"\nvariant-of = \"debug\"\n")) ==
        Lines{"12:14: 'variant-of' is in the first [[configuration]], 'optimized', which is the base: it is a variant "
              "of none"});
    CHECK(
        problems(text_with("name = \"optimized\"\n", "name = \"optimized\"\npackage = \"tiny\"\n")) ==
        Lines{"12:11: 'package' is in the first [[configuration]], 'optimized', which is the base: [[package]] tables "
              "claim its files by 'files'"});
}

TEST_CASE("a variant of what is switched off is compared with nothing, so it is refused") {
    const auto variant_of_debug = [](const std::string& if_debug, const std::string& if_third) {
        const std::string text = third("if = \"" + if_third + "\"\nvariant-of = \"debug\"\n");
        return problems(replace_all(text, "name = \"debug\"\n", "name = \"debug\"\nif = \"" + if_debug + "\"\n"));
    };
    CHECK(variant_of_debug("0", "1") ==
          Lines{"28:14: 'third' is a variant of 'debug', which is switched off: switch both off, or both on"});
    CHECK(variant_of_debug("0", "0").empty());
    CHECK(variant_of_debug("1", "1").empty());
    CHECK(variant_of_debug("%{with debug_build}", "1").empty());  // rpm has not decided yet
}

TEST_CASE("traits are words that there are") {
    CHECK(parsed(debug_with("traits = [\"debug\", \"address-sanitizer\"]\n")).configuration("debug")->build_traits() ==
          python::Traits{python::Trait::debug, python::Trait::address_sanitizer});
    CHECK(problems(debug_with("traits = [\"freethreaded\"]\n")) ==
          Lines{"16:10: 'traits' has 'freethreaded', which is not a trait; did you mean 'free-threaded'?"});
    CHECK(
        problems(debug_with("traits = [\"quick\"]\n")) ==
        Lines{"16:10: 'traits' has 'quick', which is not a trait; there are: debug, free-threaded, address-sanitizer, "
              "thread-sanitizer, undefined-sanitizer"});
    CHECK(problems(debug_with("traits = [\"%{trait}\"]\n")).empty());
}

TEST_CASE("suffixes and interpreters tell configurations apart") {
    CHECK(problems(debug_with("suffix = \"d\"\n")).empty());
    CHECK(problems(debug_with("suffix = \"-debug\"\n")) ==
          Lines{"17:15: 'interpreter' must end with the suffix of 'debug', '-debug', found '/usr/bin/tinyd'"});
    CHECK(problems(debug_with("suffix = \"/d\"\n")) ==
          Lines{"16:10: 'suffix' is the end of the names of commands, so it cannot contain '/', found '/d'"});
    CHECK(problems(text_and("[[configuration]]\nname = \"third\"\ninterpreter = \"/usr/bin/tinyd\"\n")) ==
          Lines{"25:15: 'interpreter' of 'third' is also that of 'debug': '/usr/bin/tinyd'"});
    CHECK(problems(replace_all(third("suffix = \"t\"\n"), "\"/usr/bin/tinyd\"\n",
                               "\"/usr/bin/tiny-t\"\nsuffix = \"t\"\n")) ==
          Lines{"27:10: 'suffix' of 'third' is also that of 'debug': 't'"});
}

TEST_CASE("a configuration names the package with its own files") {
    const std::string package = "[[package]]\nname = \"tiny-debug\"\nsummary = \"s\"\nfiles = []\n";
    const stack::Stack stack = parsed(debug_with("package = \"tiny-debug\"\n") + package);
    CHECK(stack.packages.front().configuration.empty());
    CHECK(stack.packages.back().configuration == "debug");
    CHECK(problems(debug_with("package = \"tiny-debgu\"\n") + package) ==
          Lines{"16:11: 'package' names no [[package]]: 'tiny-debgu'; did you mean 'tiny-debug'?"});
    CHECK(problems(
              third("package = \"tiny-debug\"\n") + package +
              "[[configuration]]\nname = \"fourth\"\ninterpreter = \"/usr/bin/tinyf\"\npackage = \"tiny-debug\"\n") ==
          Lines{"34:11: 'package' of 'fourth' is also that of 'third': 'tiny-debug'"});
}

TEST_CASE("what was said elsewhere before is answered with where to say it now") {
    CHECK(
        problems(text_and("configuration = \"debug\"\n")) ==
        Lines{"23:1: there is no key 'configuration' in [[package]] any more: the configuration says which package has "
              "its own files: write the package's name as 'package' in its [[configuration]]"});
    CHECK(problems(text_and("[build.profile]\nconfiguration = \"optimized\"\n"))
              .front()
              .starts_with("23:8: there is no key 'profile' in [build] any more: each configuration says how its "
                           "compiler is trained"));
}

TEST_CASE("the folder of the library and the suffix are variables of the configuration") {
    const stack::Stack stack =
        parsed(replace_all(third("variant-of = \"debug\"\nsuffix = \"t\"\n"), "interpreter = \"/usr/bin/tiny\"\n",
                           "interpreter = \"/usr/bin/tiny\"\nlibdir = \"/usr/lib/tiny\"\n"));
    for (const stack::Configuration& each : stack.configurations) {
        CHECK(each.variables.at("pylibdir") == "/usr/lib/tiny");
        CHECK(each.variables.at("dynload_dir") == "/usr/lib/tiny/lib-dynload");
    }
    CHECK(stack.base().variables.at("suffix").empty());
    CHECK(stack.configuration("third")->variables.at("suffix") == "t");
}

TEST_CASE("patterns of packages have the variables of the base, or of the package's configuration") {
    const std::string keys = "libdir = \"/usr/lib/tiny-debug\"\npackage = \"tiny-debug\"\n";
    const std::string package =
        "[[package]]\nname = \"tiny-debug\"\nsummary = \"s\"\nfiles = [\"${pylibdir}/**\"]\n"
        "[packages]\nsystem-directories = [\"${pylibdir}\"]\n"
        "[bytecode]\npaths = [\"${pylibdir}\"]\nlevels = [0]\nhome = \"${pylibdir}/home\"\n";
    std::string text = replace_all(debug_with(keys) + package, "interpreter = \"/usr/bin/tiny\"\n",
                                   "interpreter = \"/usr/bin/tiny\"\nlibdir = \"/usr/lib/tiny\"\n");
    text = replace_all(text, "[\"/usr/**\"]", "[\"${dynload_dir}/**\"]");
    const stack::Stack stack = parsed(text);
    CHECK(stack.packages.front().files == Lines{"/usr/lib/tiny/lib-dynload/**"});
    CHECK(stack.packages.back().files == Lines{"/usr/lib/tiny-debug/**"});
    CHECK(stack.system_directories == Lines{"/usr/lib/tiny"});
    CHECK(stack.bytecode.paths == Lines{"/usr/lib/tiny", "/usr/lib/tiny-debug"});
    CHECK(stack.bytecode.home == "/usr/lib/tiny/home");
}

TEST_CASE("the library of a configuration that is switched off is not compiled") {
    const stack::Stack stack =
        parsed(debug_with("if = \"0\"\nlibdir = \"/usr/lib/debug-tiny\"\n") +
               "[bytecode]\npaths = [\"/usr/lib/tiny${suffix}\", \"/usr/lib/x\"]\nlevels = [0]\n");
    CHECK(stack.bytecode.paths == Lines{"/usr/lib/tiny", "/usr/lib/x"});
}

TEST_CASE("a variable that the configuration does not have") {
    CHECK(problems(text_with("[\"/usr/**\"]", "[\"${pylibdr}/**\"]")) ==
          Lines{"22:9: cannot replace '${pylibdr}' in 'files' for the configuration 'optimized': the configuration has "
                "no variable of that name"});
}
