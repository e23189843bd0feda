#include "stack/toml_lines.hpp"

#include "catch.hpp"

using pystacks::stack::TomlLines;

namespace {

constexpr const char* sample = R"(# CPython 3.13: what is its own.

format = 1

[stack]
name = "python3.13"   # kept
description = """
[[macro]]
"""

# The bundled copy's.
[[macro]]
name = "mimalloc_version"
value = '2.12'

[[source]]
url = "https://example.org/%{version}.tar.xz"
# Mirrors lack it.
signature-required = false
unpack = true

[source.distribution]
suites = ["sid"]
)";

}  // namespace

TEST_CASE("lines that are not changed stay as they are") {
    CHECK(TomlLines(sample).text() == sample);
    CHECK(TomlLines("").text().empty());
}

TEST_CASE("values are read and set, the rest of their lines stays") {
    TomlLines lines(sample);
    CHECK(lines.count("[[macro]]") == 1);
    CHECK(lines.value("[[macro]]", 0, "value") == "2.12");
    CHECK_FALSE(lines.value("[[source]]", 0, "unpack"));
    CHECK(lines.table_with("[[macro]]", "name", "mimalloc_version") == 0U);
    CHECK_FALSE(lines.table_with("[[macro]]", "name", "other"));
    CHECK(lines.set("[stack]", 0, "name", "python3.14"));
    CHECK_FALSE(lines.set("[stack]", 0, "version", "3.14.0"));
    CHECK(lines.text().find("name = \"python3.14\"   # kept\n") != std::string::npos);
}

TEST_CASE("keys and tables go with the comments above them") {
    TomlLines lines(sample);
    lines.remove_key("[[source]]", 0, "signature-required");
    lines.remove_table("[[macro]]", 0);
    lines.remove_table("[source.distribution]", 0);
    lines.replace_in_head("3.13", "3.14");
    CHECK(lines.text() == R"(# CPython 3.14: what is its own.

format = 1

[stack]
name = "python3.13"   # kept
description = """
[[macro]]
"""

[[source]]
url = "https://example.org/%{version}.tar.xz"
unpack = true
)");
    lines.insert_before("[[source]]", "[[macro]]\nname = \"a\"\nvalue = \"b\"\n");
    CHECK(lines.text().find("\"\"\"\n\n[[macro]]\nname = \"a\"\nvalue = \"b\"\n\n[[source]]\n") != std::string::npos);
}
