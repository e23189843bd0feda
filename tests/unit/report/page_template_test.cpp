#include "report/page_template.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::report;

TEST_CASE("places are filled with values and with files, and what is filled in is not read again") {
    const TemporaryDirectory folder(temporary_folder(), "page-template");
    write_file_atomically(folder.path() / "page.css", "p { x: y }\n/* {{name}} */");
    write_file_atomically(folder.path() / "page.html", "<style>{{page.css}}</style>{{name}}, {{name}}; {{data}} }} {{");
    const PageTemplate page(folder.path() / "page.html");
    CHECK(page.filled({{"name", "{{data}}"}, {"data", "1"}}) ==
          "<style>p { x: y }\n/* {{name}} */</style>{{data}}, {{data}}; 1 }} {{");
    CHECK_THROWS_AS(page.filled({{"name", "x"}}), Error);
    CHECK_THROWS_AS(PageTemplate(folder.path() / "none.html"), Error);
}
