#include "base/glob.hpp"

#include <string>

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;

namespace {

bool match(const char* pattern, std::string_view path) { return PathPattern(pattern).matches(path); }

}  // namespace

TEST_CASE("plain text matches itself and the whole path") {
    CHECK(match("/usr/bin/python3.13", "/usr/bin/python3.13"));
    CHECK_FALSE(match("/usr/bin/python3.13", "/usr/bin/python3.13d"));
    CHECK_FALSE(match("/usr/bin/python3.13", "/usr/bin/python3x13"));
    CHECK_FALSE(match("/usr/bin/python3.13", "/x/usr/bin/python3.13"));
    CHECK_FALSE(match("bin/python", "/usr/bin/python"));
    CHECK(match("", ""));
    CHECK_FALSE(match("", "/"));
    CHECK(match(R"(/a\b)", R"(/a\b)"));
}

TEST_CASE("a star stays within one component") {
    CHECK(match("/usr/bin/python*", "/usr/bin/python"));
    CHECK(match("/usr/bin/python*", "/usr/bin/python3.13"));
    CHECK_FALSE(match("/usr/bin/python*", "/usr/bin/python/x"));
    CHECK(match("/usr/*/python*.pc", "/usr/lib64/python-3.13.pc"));
    CHECK(match("/a*b*c", "/axbxbxc"));
    CHECK_FALSE(match("/a*b*c", "/axbxbx"));
    CHECK(match("/.*", "/.hidden"));
    CHECK(match("/*", "/.hidden"));
}

TEST_CASE("a question mark and a set match one character, but no slash") {
    CHECK(match("/lib?", "/lib6"));
    CHECK_FALSE(match("/lib?", "/lib"));
    CHECK_FALSE(match("/lib?", "/lib64"));
    CHECK_FALSE(match("/lib?x", "/lib/x"));
    CHECK(match("/python[23]", "/python3"));
    CHECK_FALSE(match("/python[23]", "/python4"));
    CHECK(match("/python[0-9].[0-9]", "/python3.9"));
    CHECK(match("/x[!0-9]", "/xa"));
    CHECK(match("/x[^0-9]", "/xa"));
    CHECK_FALSE(match("/x[!0-9]", "/x5"));
    CHECK_FALSE(match("/x[!0-9]y", "/x/y"));
    CHECK_FALSE(match("/x[+-0]y", "/x/y"));
    CHECK(match("/x[]a]", "/x]"));
    CHECK(match("/x[!]a]", "/xb"));
    CHECK(match("/x[a-]", "/x-"));
    CHECK(match("/x[*]", "/x*"));
    CHECK_FALSE(match("/x[*]", "/xa"));
    CHECK(match("/x[{]", "/x{"));
    CHECK(match("/x?", "/x\xff"));
}

TEST_CASE("two stars cross slashes") {
    CHECK(match("/usr/lib/debug/**/*.py", "/usr/lib/debug/x/y/a.py"));
    CHECK(match("/usr/lib/debug/**/*.py", "/usr/lib/debug/a.py"));
    CHECK_FALSE(match("/usr/lib/debug/**/*.py", "/usr/lib/debuga.py"));
    CHECK_FALSE(match("/usr/lib/debug/**/*.py", "/usr/lib/debug/x/y/a.pyc"));
    CHECK(match("/a/**/b/**/c", "/a/b/c"));
    CHECK(match("/a/**/b/**/c", "/a/x/b/y/z/c"));
    CHECK_FALSE(match("/a/**/b/**/c", "/a/x/c"));
    CHECK_FALSE(match("/a/**/b", "/a/xb"));
    CHECK(match("/a**z", "/a/b/z"));
    CHECK(match("/a**z", "/az"));
}

TEST_CASE("two stars at the end match the folder itself and everything below") {
    CHECK(match("/usr/lib64/python3.13/test/**", "/usr/lib64/python3.13/test"));
    CHECK(match("/usr/lib64/python3.13/test/**", "/usr/lib64/python3.13/test/"));
    CHECK(match("/usr/lib64/python3.13/test/**", "/usr/lib64/python3.13/test/a"));
    CHECK(match("/usr/lib64/python3.13/test/**", "/usr/lib64/python3.13/test/a/b.py"));
    CHECK_FALSE(match("/usr/lib64/python3.13/test/**", "/usr/lib64/python3.13/tests"));
    CHECK_FALSE(match("/usr/lib64/python3.13/test/**", "/usr/lib64/python3.13"));
    CHECK(match("/usr/lib*/**", "/usr/lib64"));
    CHECK(match("/usr/lib*/**", "/usr/lib64/x"));
    CHECK(match("/**", "/usr"));
    CHECK(match("**", "/usr/lib"));
}

TEST_CASE("two stars at the start match at any depth") {
    CHECK(match("**/*.bat", "/a.bat"));
    CHECK(match("**/*.bat", "/x/y/a.bat"));
    CHECK(match("**/*.bat", "a.bat"));
    CHECK(match("**/*~", "/usr/lib/x.py~"));
    CHECK_FALSE(match("**/a.bat", "/xa.bat"));
    CHECK(match("**/__pycache__/**", "/usr/lib/__pycache__"));
    CHECK(match("**/__pycache__/**", "/usr/lib/__pycache__/x.pyc"));
}

TEST_CASE("braces stand for alternatives, nested ones too") {
    CHECK(match("/bin/{idle,pydoc}3", "/bin/idle3"));
    CHECK(match("/bin/{idle,pydoc}3", "/bin/pydoc3"));
    CHECK_FALSE(match("/bin/{idle,pydoc}3", "/bin/python3"));
    CHECK_FALSE(match("/bin/{idle,pydoc}3", "/bin/{idle,pydoc}3"));
    CHECK(match("/python{,3{,.13}}", "/python"));
    CHECK(match("/python{,3{,.13}}", "/python3"));
    CHECK(match("/python{,3{,.13}}", "/python3.13"));
    CHECK(match("/lib/{_test*,xx?}.*", "/lib/_testcapi.so"));
    CHECK(match("/{a,b/**}", "/b/x/y"));
    CHECK(match("/a,b", "/a,b"));
    CHECK(match("/{a}", "/a"));
    CHECK(match("/{a[,}]b,c}", "/a,b"));
}

TEST_CASE("what is no pattern is refused, with the pattern in the message") {
    for (const char* bad : {"/a{b", "/a}b", "/a{b}}", "/a[b", "/a[", "/a[]", "/a[!]", "/a[z-a]", "/{a[b,c}", "{[}"}) {
        CAPTURE(bad);
        try {
            const PathPattern pattern(bad);
            FAIL("was accepted");
        } catch (const Error& error) {
            CHECK(error.kind() == ErrorKind::usage);
            CHECK(error.subject() == bad);
        }
    }
}

TEST_CASE("the number of alternatives and the length are bounded") {
    const std::string two = "{a,b}";
    std::string most;
    for (int i = 0; i < 8; ++i) most += two;
    CHECK(match(most.c_str(), "abababab"));
    CHECK_THROWS_AS(PathPattern(most + two), Error);
    CHECK_THROWS_AS(PathPattern("{a,b}{" + std::string(300, ',') + "}"), Error);
    CHECK_NOTHROW(PathPattern(std::string(1000, 'a')));
    CHECK_THROWS_AS(PathPattern(std::string(1001, 'a')), Error);
    CHECK(PathPattern(std::string(400, '{') + std::string(400, '}')).matches(""));
}

TEST_CASE("patterns that make others backtrack for ever are answered") {
    std::string pattern = "/";
    for (int i = 0; i < 200; ++i) pattern += "*a";
    pattern += "b";
    const std::string path = "/" + std::string(4000, 'a');
    CHECK_FALSE(PathPattern(pattern).matches(path));
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "/**/*a*";
    std::string long_path;
    for (int i = 0; i < 1000; ++i) long_path += "/xax";
    CHECK(PathPattern(deep).matches(long_path));
    CHECK_FALSE(PathPattern(deep + "/b").matches(long_path));
}

TEST_CASE("in a list the last pattern that matches decides") {
    const PathPatternList list({"/lib/**", "!/lib/config/Makefile", "", "!/lib/test/**", "/lib/test/support.py"});
    CHECK(list.matches("/lib/os.py"));
    CHECK_FALSE(list.matches("/lib/config/Makefile"));
    CHECK(list.matches("/lib/config/other"));
    CHECK_FALSE(list.matches("/lib/test"));
    CHECK(list.matches("/lib/test/support.py"));
    CHECK_FALSE(list.matches("/bin/x"));
}

TEST_CASE("an empty list matches nothing") {
    CHECK(PathPatternList().empty());
    CHECK_FALSE(PathPatternList().matches("/x"));
    CHECK(PathPatternList({"", "!"}).empty());
    CHECK_THROWS_AS(PathPatternList({"!/a{"}), Error);
}
