#include "sample.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "stack/stack.hpp"

namespace sample {

std::string text() {
    return R"(format = 1
[stack]
name = "tiny"
version = "1.0"
release = "1"
license = "MIT"
summary = "A tiny stack"
description = "Nothing in it."
source-directory = "tiny-1.0"
[[configuration]]
name = "optimized"
interpreter = "/usr/bin/tiny"

[[configuration]]
name = "debug"
interpreter = "/usr/bin/tinyd"

[[package]]
name = "tiny"
main = true
summary = "A tiny package"
files = ["/usr/**"]
)";
}

std::string text_and(const std::string& more) { return text() + more; }

std::string text_with(const std::string& old_piece, const std::string& new_piece) {
    REQUIRE(text().find(old_piece) != std::string::npos);
    return pystacks::replace_all(text(), old_piece, new_piece);
}

std::vector<std::string> problems(const std::string& stack) {
    try {
        (void)pystacks::stack::parse(stack, "tiny/stack.toml");
    } catch (const pystacks::Error& error) {
        CHECK(error.kind() == pystacks::ErrorKind::usage);
        CHECK(error.attempted() == "cannot use");
        CHECK(error.hint() == "stack.toml(5) describes every key");
        std::vector<std::string> lines = pystacks::split(error.subject() + ": " + error.reason(), '\n');
        const std::string file = "tiny/stack.toml:";
        for (std::string& line : lines) {
            if (line.rfind(file, 0) == 0) line = line.substr(file.size());
        }
        return lines;
    }
    return {};
}

}  // namespace sample
