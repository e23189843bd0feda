#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pystacks::host {

/// What a host is used for. Each is a word of setup/packages.txt, which describes them.
enum class Use { compile, build, verify, extension, option, test, slow };

/// The word of the table: "build".
[[nodiscard]] std::string_view name_of(Use use);

/// A row of setup/packages.txt: something that a host needs.
struct Need {
    Use use = Use::build;
    std::string what;    ///< programs of which one is enough; "python3:MODULE"; empty where a build system looks
    std::string debian;  ///< the package that has it; empty where there is none
    std::string rpm;     ///< the package or capability, with a version where one is needed ("cmake >= 3.25"); likewise
    std::string why;     ///< what it is for, in a few words
};

/// The rows of @p table, in its order. @throws Error with the number of a line that is not a row.
[[nodiscard]] std::vector<Need> parse_needs(std::string_view table);

/// The program's own table.
[[nodiscard]] const std::vector<Need>& needs();

}  // namespace pystacks::host
