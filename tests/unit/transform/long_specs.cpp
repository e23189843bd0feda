#include "long_specs.hpp"

#include "base/text.hpp"
#include "growth.hpp"
#include "sample.hpp"
#include "transform/transformation.hpp"

namespace pystacks::transform {

std::string lines(std::size_t count, const std::string& line) {
    std::string result;
    for (std::size_t i = 0; i < count; ++i) result += replace_all(line, "{}", std::to_string(i)) + "\n";
    return result;
}

std::string package(const std::string& name) {
    return "%package -n " + name + "\nSummary: " + name + "\n%description -n " + name + "\nIt is.";
}

std::string with_files(const std::string& files) {
    return sample("%files -n python3-fast -f %{pyproject_files}\n%doc README\n", "%files -n python3-fast\n" + files);
}

std::string with_packages(const std::string& packages, const std::string& files) {
    return replace_all(with_files(files), "%prep\n", packages + "%prep\n");
}

std::string with_script(const std::string& script) { return sample("%build\n", "%build\n" + script); }

std::string in_preamble(const std::string& text) { return sample("License: MIT\n", "License: MIT\n" + text); }

std::string by_cmake(const std::string& text) {
    return replace_all(replace_all(text, "%pyproject_wheel", "%cmake\n%cmake_build"), "%pyproject_install",
                       "%cmake_install");
}

Reason reason_of(const std::string& text) { return transform(text, "").refusals.at(0).reason; }

double growth_of(const std::function<std::string(std::size_t)>& make, std::size_t size) {
    return growth::when_doubled([&](std::size_t count) { (void)transform(make(count), ""); }, size);
}

}  // namespace pystacks::transform
