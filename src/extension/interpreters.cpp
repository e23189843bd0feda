#include "extension/interpreters.hpp"

#include <string>
#include <utility>

#include "base/error.hpp"
#include "python/trait_names.hpp"

namespace pystacks::extension {

Interpreters matched(python::Interpreter release, python::Interpreter variant, python::Traits traits) {
    const std::string build = name_of(traits);
    const auto refuse = [&](const python::Interpreter& which, const std::string& reason) {
        throw Error(ErrorKind::usage, "cannot make a " + build + " build", which.executable, reason,
                    "pydebug_python is the release interpreter, pydebug_interpreter the debug one");
    };
    for (const std::string& word : python::words_of(traits)) {
        const python::Trait trait = *python::trait_of_word(word);
        if (release.has(trait)) refuse(release, "it is a " + word + " build, and should be the release interpreter");
        if (!variant.has(trait)) {
            refuse(variant, "it is not a " + word + " build" +
                                (trait == python::Trait::debug ? ": it does not count references" : ""));
        }
    }
    if (release.abi.version != variant.abi.version) {
        refuse(variant,
               "it is Python " + variant.abi.version + ", but " + release.executable + " is " + release.abi.version);
    }
    if (release.suffix == variant.suffix) {
        refuse(variant,
               "both interpreters name their modules *" + variant.suffix + ", so they cannot be in one folder");
    }
    return {std::move(release), std::move(variant)};
}

Interpreters describe_both(const std::string& release, const std::string& variant, python::Traits traits,
                           const std::filesystem::path& templates) {
    return matched(python::describe(release, templates), python::describe(variant, templates), traits);
}

}  // namespace pystacks::extension
