#include "stackbuild/build_stamp.hpp"

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::stackbuild;

namespace {

InputList key_of(const std::string& spec, const std::string& gcc) {
    InputList key;
    key.add("spec", spec).add("gcc", gcc);
    return key;
}

}  // namespace

TEST_CASE("a build is up to date while inputs and results are what they were") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "build-stamp");
    const fs::path package = folder.path() / "a.rpm";
    write_file_atomically(package, "one");
    const BuildStamp stamp(folder.path(), "python3.13");
    const InputList key = key_of("Name: x", "12");

    CHECK_FALSE(stamp.finished(key));
    CHECK(stamp.changed_inputs(key).empty());
    stamp.record(key, {package});
    REQUIRE(stamp.finished(key));
    CHECK(stamp.finished(key)->front().size == 3);

    SECTION("another input") {
        const InputList other = key_of("Name: x", "13");
        CHECK_FALSE(stamp.finished(other));
        CHECK(stamp.changed_inputs(other) == std::vector<std::string>{"gcc"});
    }
    SECTION("a result with other content of the same size") {
        write_file_atomically(package, "two");
        CHECK_FALSE(stamp.finished(key));
    }
    SECTION("a result that is gone") {
        fs::remove(package);
        CHECK_FALSE(stamp.finished(key));
    }
    SECTION("a damaged stamp") {
        for (const char* text : {"", "{", "[]", "{\"key\": 7}", "{\"key\": \"x\", \"files\": 3}"}) {
            write_file_atomically(folder.path() / ".pystacks/python3.13.json", text);
            CHECK_FALSE(stamp.finished(key));
            CHECK(stamp.changed_inputs(key).empty());
        }
    }
}
