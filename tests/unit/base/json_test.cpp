#include "base/json.hpp"

#include "catch.hpp"

using namespace pystacks;

TEST_CASE("JSON text holds what is not UTF-8 as U+FFFD") {
    CHECK(json_text(nlohmann::json{{"path", "a\xFF"}}) == "{\"path\":\"a\xEF\xBF\xBD\"}");
    CHECK(json_text(nlohmann::ordered_json{{"z", 1}, {"a", 2}}) == R"({"z":1,"a":2})");
}

TEST_CASE("JSON text is indented by as many spaces as asked") {
    CHECK(json_text(nlohmann::json{{"a", {1}}}, 1) == "{\n \"a\": [\n  1\n ]\n}");
}

TEST_CASE("A damaged file, or one that holds another value, is no JSON object") {
    CHECK(parse_json_object(R"({"a":1})") == nlohmann::json{{"a", 1}});
    CHECK_FALSE(parse_json_object(R"(["a"])"));
    CHECK_FALSE(parse_json_object(R"({"a":)"));
    CHECK_FALSE(parse_json_object(""));
    CHECK_THROWS_AS(parse_json(R"({"a":)"), nlohmann::json::parse_error);
}
