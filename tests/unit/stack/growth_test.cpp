#include "growth.hpp"

#include <string>

#include <fmt/format.h>

#include "base/error.hpp"
#include "catch.hpp"
#include "stack/documents.hpp"

using namespace pystacks;
using namespace pystacks::stack;

TEST_CASE("many tables of the same names in a stack and in what it includes") {
    CHECK(growth::ends_within(30, [] {
        std::string own = "include = [\"all.toml\"]\n", included;
        for (int i = 0; i < 60'000; ++i) {
            own += fmt::format("[[macro]]\nname = \"own_{}\"\n", i);
            included += fmt::format("[[macro]]\nname = \"included_{}\"\n", i);
        }
        (void)merge_documents({{"stack.toml", own}, {"all.toml", included}});
    }));
}

TEST_CASE("a stack includes no more files than anybody would") {
    std::string own = "include = [";
    std::vector<Document> documents{{"stack.toml", ""}};
    for (int i = 0; i < 101; ++i) {
        own += "\"all.toml\",";
        documents.push_back({"all.toml", "[[macro]]\n"});
    }
    documents.front().text = own + "]\n";
    CHECK_THROWS_WITH(merge_documents(documents), contains_text("'include' names 101 files; at most 100 are allowed"));
}
