#include "transform/dead_branches.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "base/expression.hpp"
#include "base/text.hpp"

namespace pystacks::transform {
namespace {

using spectext::Branch;
using spectext::Definition;
using spectext::LineKind;
using spectext::no_line;
using spectext::SpecText;

enum class Answer : std::uint8_t { unknown, never, always };

Answer answer_of(std::string_view number) {
    if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos) return Answer::unknown;
    return number.find_first_not_of('0') == std::string_view::npos ? Answer::never : Answer::always;
}

/// What conditions say that rest on one number.
class Answers {
public:
    explicit Answers(const SpecText& spec) : spec_(spec) {
        for (const spectext::Line& line : spec.lines()) {
            hidden_ = hidden_ || line.kind == LineKind::include;
            note_definitions(line.text);
            if (line.kind == LineKind::comment) note_commented(line.text);
        }
        for (const Definition& each : spec.definitions()) first_.emplace(each.name, &each);
    }

    [[nodiscard]] Answer of(const Branch& branch) const {
        if (hidden_ || branch.chained || branch.opener == no_line) return Answer::unknown;
        const Answer condition = of_condition(branch.opener);
        if (!branch.negated || condition == Answer::unknown) return condition;
        return condition == Answer::never ? Answer::always : Answer::never;
    }

private:
    /// In whatever form, in the midst of a line and in Lua as well.
    void note_definitions(std::string_view text) {
        static const Expression defined(R"re((define|global|undefine|bcond\w*|define_if_undefined)[\s("':]+(\w+))re");
        if (text.find("def") == std::string_view::npos && text.find("global") == std::string_view::npos &&
            text.find("bcond") == std::string_view::npos)
            return;
        for (const Expression::Groups& groups : defined.all_in(text)) {
            ++times_[groups[1].starts_with("bcond") ? "with_" + groups[2] : groups[2]];
        }
    }

    /// "#global python_bindings 1": the spec's own switch, off.
    void note_commented(std::string_view text) {
        static const Expression commented(R"(\s*#+\s*%?%?(?:global|define)\s+(\w+)\s+\S+\s*)");
        if (const auto groups = commented.groups_of(text)) ++commented_[(*groups)[1]];
    }

    [[nodiscard]] Answer of_condition(std::size_t opener) const {
        static const Expression literal(R"(\s*%if\s+([0-9]+)\s*)");
        static const Expression macro(R"(\s*%if\s+0?%(?:\{\??(\w+)\}|(\w+))\s*)");
        const std::string_view text = spec_.lines()[opener].text;
        if (const auto groups = literal.groups_of(text)) return answer_of((*groups)[1]);
        const auto groups = macro.groups_of(text);
        if (!groups) return Answer::unknown;
        const std::string name = (*groups)[1] + (*groups)[2];
        const auto times = times_.find(name);
        if (times == times_.end()) return Answer::unknown;
        const auto off = commented_.find(name);
        const bool may_be_undefined = text.find("%{?") != std::string_view::npos;
        if (off != commented_.end() && off->second == times->second && may_be_undefined) return Answer::never;
        if (times->second != 1) return Answer::unknown;
        const auto found = first_.find(name);
        if (found == first_.end() || found->second->parametric || found->second->line >= opener) return Answer::unknown;
        const spectext::Line& line = spec_.lines()[found->second->line];
        const bool plain = line.branch == 0 && line.text.find("bcond") == std::string_view::npos;
        return plain ? answer_of(trim(found->second->body)) : Answer::unknown;
    }

    const SpecText& spec_;
    std::map<std::string, int> times_;
    std::map<std::string, int> commented_;  ///< of these, in comments
    std::map<std::string_view, const Definition*> first_;
    bool hidden_ = false;  ///< part of the spec is elsewhere
};

}  // namespace

std::optional<std::string> without_dead_branches(const SpecText& spec) {
    const Answers answers(spec);
    std::vector<bool> dead(spec.branches().size(), false);
    for (std::size_t i = 1; i < dead.size(); ++i) {
        const Branch& branch = spec.branches()[i];
        dead[i] = dead[branch.parent] || answers.of(branch) == Answer::never;
    }
    if (std::find(dead.begin(), dead.end(), true) == dead.end()) return {};
    std::string text;
    for (const spectext::Line& line : spec.lines()) {
        if (!dead[line.branch]) text += line.text;
        if (line.end != spectext::LineEnd::none) text += '\n';
    }
    return text;
}

}  // namespace pystacks::transform
