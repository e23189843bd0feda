#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

/// A spec as its author wrote it: lines, sections and conditions. Nothing is expanded and nothing is lost; the text can
/// be written back byte for byte.
namespace pystacks::spectext {

constexpr std::size_t no_line = std::numeric_limits<std::size_t>::max();

enum class LineEnd : std::uint8_t { none, lf, crlf };

enum class LineKind : std::uint8_t {
    content,
    blank,
    comment,       ///< "#…" and "%dnl …"
    open,          ///< %if, %ifarch …
    otherwise,     ///< %else, %elif …
    close,         ///< %endif
    header,        ///< of a section
    include,       ///< %include, %{load:…}
    definition,    ///< %global, %define, %bcond…
    continuation,  ///< belongs to a line above: a macro that is not closed there, or a definition that goes on
};

struct Line {
    std::string_view text;  ///< without its end
    LineEnd end = LineEnd::lf;
    LineKind kind = LineKind::content;
    std::size_t section = 0;
    std::size_t branch = 0;  ///< in which it is; for a condition's own lines: the branch around the condition
};

enum class SectionKind : std::uint8_t {
    preamble,
    package,
    description,
    prep,
    generate_buildrequires,
    conf,
    build,
    install,
    check,
    clean,
    files,
    changelog,
    scriptlet,
    list,  ///< %sourcelist, %patchlist
    made,  ///< the line of a macro that is known to make sections, as %pyproject_extras_subpkg, and %end
};

/// Which part of a phase's script a section is: "%build -a" is appended to what BuildSystem or another section says.
enum class SectionPart : std::uint8_t { whole, prepended, appended };

/// The name in a spec: "%build". Empty for the preamble, scriptlets, lists and what macros make.
[[nodiscard]] std::string_view name_of(SectionKind kind) noexcept;

struct Section {
    SectionKind kind = SectionKind::preamble;
    std::size_t header = no_line;  ///< the preamble has none
    std::size_t begin = 0;         ///< first line after the header
    std::size_t end = 0;           ///< one after the last line
    std::string_view options;      ///< what the header says after its name, trimmed

    [[nodiscard]] SectionPart part() const noexcept;
};

/// What is read when a condition holds, or when it does not. Number 0 is what is always read.
struct Branch {
    std::size_t parent = 0;
    std::size_t opener = no_line;  ///< the line of %if
    bool negated = false;          ///< behind %else
    bool chained = false;          ///< of a condition with %elif
};

/// A macro that the spec defines without parameters.
struct Definition {
    std::string_view name;
    std::string_view body;  ///< trimmed; of several lines: with what is between them
    std::size_t line = 0;
    bool parametric = false;
};

class SpecText {
public:
    explicit SpecText(std::string bytes);
    SpecText(const SpecText&) = delete;
    SpecText& operator=(const SpecText&) = delete;
    ~SpecText() = default;

    [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }
    [[nodiscard]] const std::vector<Line>& lines() const noexcept { return lines_; }
    [[nodiscard]] const std::vector<Section>& sections() const noexcept { return sections_; }
    [[nodiscard]] const std::vector<Branch>& branches() const noexcept { return branches_; }
    [[nodiscard]] const std::vector<Definition>& definitions() const noexcept { return definitions_; }

    /// What is wrong with the text's structure: an %if or a macro that is never closed; no_line when nothing is.
    [[nodiscard]] std::size_t broken_line() const noexcept { return broken_line_; }

    [[nodiscard]] std::vector<const Section*> all(SectionKind kind) const;
    /// The branch of a line that is inserted after @p line.
    [[nodiscard]] std::size_t branch_after(std::size_t line) const;
    /// The last line of what begins at @p line.
    [[nodiscard]] std::size_t end_of_logical(std::size_t line) const;
    /// That line and its continuations, as they are written.
    [[nodiscard]] std::string_view logical(std::size_t line) const;
    /// Whether macros that may make scriptlets (%ldconfig_scriptlets), and whole conditions that have nothing else of
    /// the section, count as the section's own at its end.
    enum class Scriptlets : std::uint8_t { are_apart, are_own };
    /// The last line of the section that is its own: comments, blank lines and conditions that are opened before the
    /// next section belong to that one. The header (or no_line) when there is none.
    [[nodiscard]] std::size_t last_own_line(const Section& section,
                                            Scriptlets scriptlets = Scriptlets::are_apart) const;

private:
    void split();
    void read_structure();
    void read_line(std::size_t number);
    void read_condition(std::size_t number, std::string_view word);
    void add_definition(std::size_t first, std::size_t last);
    void note_openers();

    std::string bytes_;
    std::vector<Line> lines_;
    std::vector<Section> sections_;
    std::vector<Branch> branches_;
    std::vector<Definition> definitions_;
    std::vector<std::size_t> earliest_openers_;  ///< of each branch and those after it
    std::size_t branch_ = 0;
    std::size_t broken_line_ = no_line;
};

}  // namespace pystacks::spectext
