#include "compare/package_difference.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "compare/pairing.hpp"
#include "compare/unified_diff.hpp"

namespace pystacks::compare {
namespace {

std::vector<FieldDifference> field_differences(const rpm::Package& a, const rpm::Package& b) {
    std::vector<FieldDifference> result;
    const auto add = [&](const char* name, const std::string& in_a, const std::string& in_b) {
        if (in_a != in_b) result.push_back({name, in_a, in_b});
    };
    add("Name", a.name, b.name);
    add("Epoch", a.epoch, b.epoch);
    add("Architecture", a.arch, b.arch);
    add("Summary", a.summary, b.summary);
    add("License", a.license, b.license);
    return result;
}

/// But for those on features of rpm itself: they follow from the package's format and compression, so that packages of
/// the same files by two releases of rpm would differ.
std::set<std::string> dependency_texts(const rpm::Package& package, rpm::DependencyKind kind) {
    std::set<std::string> texts;
    for (const rpm::Dependency& dependency : package.of(kind)) {
        if (!dependency.rpmlib) texts.insert(dependency.text);
    }
    return texts;
}

std::vector<DependencyDifference> dependency_differences(const rpm::Package& a, const rpm::Package& b) {
    std::vector<DependencyDifference> result;
    for (std::size_t index = 0; index < rpm::dependency_kinds; ++index) {
        DependencyDifference difference;
        difference.kind = static_cast<rpm::DependencyKind>(index);
        const std::set<std::string> in_a = dependency_texts(a, difference.kind);
        const std::set<std::string> in_b = dependency_texts(b, difference.kind);
        std::set_difference(in_a.begin(), in_a.end(), in_b.begin(), in_b.end(), std::back_inserter(difference.only_a));
        std::set_difference(in_b.begin(), in_b.end(), in_a.begin(), in_a.end(), std::back_inserter(difference.only_b));
        if (!difference.only_a.empty() || !difference.only_b.empty()) result.push_back(std::move(difference));
    }
    return result;
}

std::string text_of(const rpm::Scriptlet& scriptlet) {
    return "#!" + scriptlet.program + '\n' + scriptlet.body + (scriptlet.body.ends_with('\n') ? "" : "\n");
}

/// Scriptlets of one kind in their order; a package may have several triggers of one kind.
std::vector<ScriptletDifference> scriptlet_differences(const rpm::Package& a, const rpm::Package& b) {
    std::vector<ScriptletDifference> result;
    std::vector<bool> seen(b.scriptlets.size(), false);
    for (const rpm::Scriptlet& scriptlet : a.scriptlets) {
        std::size_t index = 0;
        while (index < seen.size() && (seen[index] || b.scriptlets[index].kind != scriptlet.kind)) ++index;
        const bool found = index < seen.size();
        if (found) seen[index] = true;
        if (found && b.scriptlets[index] == scriptlet) continue;
        const std::string other = found ? text_of(b.scriptlets[index]) : std::string();
        result.push_back({scriptlet.kind, true, found, unified_diff(text_of(scriptlet), other).text});
    }
    for (std::size_t index = 0; index < seen.size(); ++index) {
        if (seen[index]) continue;
        result.push_back({b.scriptlets[index].kind, false, true, unified_diff("", text_of(b.scriptlets[index])).text});
    }
    return result;
}

}  // namespace

bool PackagePair::differ() const noexcept {
    return a == no_package || b == no_package || !fields.empty() || !dependencies.empty() || !scriptlets.empty();
}

std::vector<PackagePair> compare_packages(const Side& a, const Side& b, const std::vector<std::size_t>& partners) {
    std::vector<PackagePair> result;
    std::vector<bool> seen(b.packages.size(), false);
    for (std::size_t index = 0; index < partners.size(); ++index) {
        PackagePair& pair = result.emplace_back();
        pair.a = index;
        pair.b = partners[index];
        if (pair.b == no_package) continue;
        seen[pair.b] = true;
        const rpm::Package& in_a = a.packages[pair.a];
        const rpm::Package& in_b = b.packages[pair.b];
        pair.fields = field_differences(in_a, in_b);
        pair.dependencies = dependency_differences(in_a, in_b);
        pair.scriptlets = scriptlet_differences(in_a, in_b);
    }
    for (std::size_t index = 0; index < seen.size(); ++index) {
        if (!seen[index]) result.push_back({no_package, index, {}, {}, {}});
    }
    return result;
}

}  // namespace pystacks::compare
