#include "base/json.hpp"

#include "catch.hpp"

using namespace pystacks;

TEST_CASE("JSON text holds what is not UTF-8 as U+FFFD") {
    CHECK(json_text(nlohmann::json{{"path", "a\xFF"}}) == "{\"path\":\"a\xEF\xBF\xBD\"}");
    CHECK(json_text(nlohmann::ordered_json{{"z", 1}, {"a", 2}}) == R"({"z":1,"a":2})");
}

TEST_CASE("JSON text on a terminal is no command") {
    const std::string text =
        "\x1b[2J \x7f \xc2\x9b"
        "31m \xc2\xa0 é";
    const std::string json = json_text(nlohmann::json{{"text", text}});
    CHECK(json == "{\"text\":\"\\u001b[2J \\u007f \\u009b31m \xc2\xa0 é\"}");
    CHECK(parse_json(json)["text"] == text);
    CHECK(json_text(nlohmann::json("\x7f")) == "\"\\u007f\"");
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
