#include "base/input_list.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;

TEST_CASE("neighbouring inputs of a key do not run into each other") {
    CHECK(InputList().add("ab", "c").digest() != InputList().add("a", "bc").digest());
    CHECK(InputList().add("a", "b\nc").digest() != InputList().add("a", "b").add("c", "").digest());
    CHECK(InputList().add("a", "1").add("b", "2").digest() != InputList().add("b", "2").add("a", "1").digest());
    CHECK(InputList().add("a", "1").digest() == InputList().add("a", "1").digest());
}

TEST_CASE("a key depends on a file's bytes, not on its name or time") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "pystacks-input-test");
    write_file_atomically(folder.path() / "one", "same");
    write_file_atomically(folder.path() / "two", "same");
    write_file_atomically(folder.path() / "three", "other");
    const auto key = [&](const char* name) { return InputList().add_file("input", folder.path() / name).digest(); };
    CHECK(key("one") == key("two"));
    CHECK(key("one") != key("three"));
    CHECK(key("one") != InputList().add("input", sha256("same")).digest());
    CHECK_THROWS_AS(key("none"), Error);
}

TEST_CASE("a digest is what it was in the first version, so that no build is repeated for a new one") {
    InputList list;
    list.add("flags", "-O2").add("", "a\tb");
    CHECK(list.digest() == sha256("value 5 3\nflags\n-O2\nvalue 0 3\n\na\tb\n"));
}

TEST_CASE("a list has its inputs by name, long ones by their digest") {
    InputList list;
    list.add("flags", "-O2").add("text", "a\nb").add("long", std::string(201, 'x'));
    CHECK(list.inputs() ==
          std::vector<Input>{{"flags", "-O2"}, {"text", "a\nb"}, {"long", "sha256:" + sha256(std::string(201, 'x'))}});
}

TEST_CASE("an input has changed when it is new, gone, has another value, or comes in another order") {
    const std::vector<Input> before{{"a", "1"}, {"b", "1"}, {"b", "2"}, {"c", "\t"}};
    CHECK(changed_names(before, before).empty());
    CHECK(changed_names(before, {{"b", "1"}, {"a", "1"}, {"c", "\t"}, {"b", "2"}}).empty());
    CHECK(changed_names(before, {{"b", "2"}, {"b", "1"}, {"c", "\n"}, {"d", ""}}) ==
          std::vector<std::string>{"a", "b", "c", "d"});
}
