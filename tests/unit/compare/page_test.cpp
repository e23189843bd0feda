#include "compare/page.hpp"

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "files.hpp"

using namespace pystacks;
using namespace pystacks::compare;

namespace {

const fs::path templates = fs::path(PYSTACKS_REPOSITORY) / "templates/compare";

struct Fixture {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-page"};
    fs::path a = folder.path() / "a";
    fs::path b = folder.path() / "b";

    Fixture() {
        fs::create_directories(a);
        fs::create_directories(b);
    }

    std::string html() const {
        return page(compare::compare(side_of_tree(tree::scan(a, 1)), side_of_tree(tree::scan(b, 1))), templates);
    }
};

/// The text of the element that holds the data.
std::string data_of(const std::string& html) {
    const std::string start = "<script type=\"application/json\" id=\"data\">";
    const std::size_t begin = html.find(start) + start.size();
    return html.substr(begin, html.find("</script>", begin) - begin);
}

}  // namespace

TEST_CASE_METHOD(Fixture, "the page holds every file, and details of those that differ") {
    tree::write_test_file(a / "same", "x");
    tree::write_test_file(b / "same", "x");
    tree::write_test_file(a / "text", "1\n");
    tree::write_test_file(b / "text", "22\n");
    const auto data = parse_json(data_of(html()));
    CHECK(data["conclusion"] == "The trees differ.");
    CHECK(data["files"].dump() == R"([["/same",0,0,1,1,1,1,0,0],["/text",0,3,2,3,2,3,0,0]])");
    CHECK(data["details"]["1"]["diff"] == "@@ -1 +1 @@\n-1\n+22\n");
    CHECK_FALSE(data["details"].contains("0"));
}

TEST_CASE_METHOD(Fixture, "names and contents cannot get out of the data") {
    const std::string evil = "</script><script>alert(1)</script><!--{{page.js}}";
    tree::write_test_file(a / "x", evil + "\n");
    tree::write_test_file(b / "x", "{{data}}\n");
    tree::write_test_file(b / "<img src=x onerror=alert(1)>", "");
    const std::string text = html();
    CHECK(text.find("alert(1)</script>") == std::string::npos);
    CHECK(text.find("<img") == std::string::npos);
    const auto data = parse_json(data_of(text));
    CHECK_THAT(data["details"]["1"]["diff"].get<std::string>(), contains_text(evil));
    CHECK(data["files"][0][0] == "/<img src=x onerror=alert(1)>");
}

TEST_CASE_METHOD(Fixture, "the page asks for nothing from elsewhere") {
    const std::string text = html();
    for (const char* word : {"http:", "https:", "src=", "href=", "@import", "url(", "fetch(", "{{"}) {
        INFO(word);
        CHECK(text.find(word) == std::string::npos);
    }
    CHECK_THAT(text, contains_text("default-src 'none'"));
}

TEST_CASE_METHOD(Fixture, "a template that is missing is an error that names it") {
    CHECK_THROWS_WITH(page(BuildComparison(), folder.path()), contains_text("page.html"));
}
