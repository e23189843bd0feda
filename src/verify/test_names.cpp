#include "verify/test_names.hpp"

#include <optional>
#include <set>
#include <string_view>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pystacks::verify {
namespace {

constexpr std::string_view folder = "/test/";

/// "test_gc" for "/usr/lib64/python3.13/test/test_gc.py", "test_json" for ".../test/test_json/__init__.py".
std::optional<std::string> test_at(const std::string& path) {
    const std::size_t at = path.find(folder);
    if (at == std::string::npos) return std::nullopt;
    std::string name = path.substr(at + folder.size());
    for (const std::string_view ending : {std::string_view("/__init__.py"), std::string_view(".py")}) {
        if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
    }
    return std::nullopt;
}

std::set<std::string> packaged_tests(const scratch::PackageSet& packages) {
    std::set<std::string> names;
    for (const rpm::Package& package : packages.all()) {
        if (package.is_source) continue;
        for (const rpm::PackageFile& file : package.files) {
            if (auto name = test_at(file.path)) names.insert(std::move(*name));
        }
    }
    return names;
}

}  // namespace

std::string path_of_test(const std::string& name) {
    constexpr std::string_view package = "test.";
    return replace_all(name.starts_with(package) ? name.substr(package.size()) : name, ".", "/");
}

void require_tests(const TestChoice& choice, const scratch::PackageSet& packages) {
    if (choice.names.empty()) return;
    const std::set<std::string> there = packaged_tests(packages);
    if (there.count("regrtest") == 0) {
        throw Error(ErrorKind::usage, "cannot run tests", "--regrtest " + join(choice.names, ","),
                    "no package has CPython's tests", "give the -test package too, or leave --regrtest out");
    }
    for (const std::string& name : choice.names) {
        if (there.count(path_of_test(name)) != 0) continue;
        std::vector<std::string> candidates = choice_words();
        for (const std::string& each : there) {
            if (each.starts_with("test_")) candidates.push_back(each);
        }
        const std::optional<std::string> meant = nearest(name, candidates);
        throw Error(ErrorKind::usage, "cannot run tests", "--regrtest " + name,
                    meant ? "did you mean " + *meant + "?" : "no package has a test of this name",
                    "--regrtest takes quick, full, none, or names of CPython's tests with commas between them");
    }
}

}  // namespace pystacks::verify
