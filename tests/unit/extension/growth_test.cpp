#include "growth.hpp"

#include <string>
#include <vector>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "extension/distribution.hpp"

using namespace pystacks;
using namespace pystacks::extension;

namespace {

std::string lines(std::size_t count, const std::string& before, const std::string& after) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += before + std::to_string(i) + after + "\n";
    return text;
}

}  // namespace

TEST_CASE("metadata with many requirements") {
    CHECK(growth::ends_within(20, [] { (void)parse_metadata(lines(200'000, "Requires-Dist: a", ""), "3.13"); }));
    CHECK(growth::ends_within(20, [] { (void)parse_requires_txt(lines(200'000, "a", "")); }));
}

TEST_CASE("a distribution with many files at its top") {
    const TemporaryDirectory root(fs::temp_directory_path(), "growth-test");
    const fs::path site = root.path() / "python3.13/site-packages";
    make_directories(site / "many.dist-info");
    write_file_atomically(site / "many.dist-info/METADATA", "Name: many\nVersion: 1\n");
    write_file_atomically(site / "many.dist-info/RECORD", lines(200'000, "module", ".so,,"));
    CHECK(growth::ends_within(20, [&] { (void)owner_of(site / "module1.so"); }));
}

TEST_CASE("the distribution of many modules is read once") {
    const auto work = [](std::size_t count) {
        const TemporaryDirectory root(fs::temp_directory_path(), "growth-test");
        const fs::path site = root.path() / "python3.13/site-packages";
        make_directories(site / "many.dist-info");
        write_file_atomically(site / "many.dist-info/METADATA", "Name: many\nVersion: 1\n");
        write_file_atomically(site / "many.dist-info/RECORD", lines(count, "module", ".so,,"));
        std::vector<fs::path> modules;
        for (std::size_t i = 0; i < count; ++i) modules.push_back(site / ("module" + std::to_string(i) + ".so"));
        modules.emplace_back("/usr/lib64/libx.so");
        const std::vector<OwningDistribution> owners = owners_of(modules);
        REQUIRE(owners.size() == 1);
        CHECK(owners.front().version == "3.13");
        CHECK(owners.front().distribution->name == "many");
    };
    CHECK(growth::when_doubled(work, 500) < growth::allowed);
}
