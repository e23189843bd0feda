#include "rpm/payload.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "catch.hpp"
#include "fixture.hpp"

using namespace pystacks;
using namespace pystacks::rpm;

namespace {

constexpr const char* spec = R"(
Name: payload
Version: 1
Release: 1
Summary: A package to unpack
License: MIT
BuildArch: noarch
%global __os_install_post %{nil}
%description
Words.
%install
mkdir -p %{buildroot}/opt/p
echo first > %{buildroot}/opt/p/a
seq 10000 > %{buildroot}/opt/p/numbers
ln %{buildroot}/opt/p/numbers %{buildroot}/opt/p/linked
ln -s /etc/passwd %{buildroot}/opt/p/outside
%files
/opt/p
%ghost /opt/q
)";

struct Sample {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-payload"};
    fs::path target = folder.path() / "target";

    Sample() { fs::create_directories(target); }

    fs::path build(const std::string& flags) const {
        write_file_atomically(folder.path() / "payload.spec", std::string(spec));
        test::output_of({"rpmbuild", "-bb", "--quiet", "--define", "_topdir " + folder.path().string(), "--define",
                         "_binary_payload " + flags, (folder.path() / "payload.spec").string()});
        return folder.path() / "RPMS/noarch/payload-1-1.noarch.rpm";
    }

    std::size_t unpacked() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(target), fs::directory_iterator()));
    }
};

std::string digest_of(const Package& package, const std::string& path) {
    const auto found = std::find_if(package.files.begin(), package.files.end(),
                                    [&](const PackageFile& file) { return file.path == path; });
    REQUIRE(found != package.files.end());
    return found->digest;
}

}  // namespace

TEST_CASE("only the contents that are asked for are unpacked, under their digests") {
    const Sample sample;
    for (const char* flags : {"w6.gzdio", "w2.xzdio", "w3.zstdio"}) {
        const fs::path file = sample.build(flags);
        check_payload(file);
        const Package package = read_package(file);
        fs::remove_all(sample.target);
        fs::create_directories(sample.target);
        const std::string numbers = digest_of(package, "/opt/p/linked");  // one of two names of a hard link
        unpack_contents(package, {numbers}, sample.target);
        CHECK(sample.unpacked() == 1);
        CHECK(sha256_file(unpacked_content(sample.target, numbers)) == numbers);
    }
    const Package package = read_package(sample.build("w3.zstdio"));
    unpack_contents(package, {}, sample.target);
    unpack_contents(package, {digest_of(package, "/opt/p/a"), digest_of(package, "/opt/p/numbers")}, sample.target);
    CHECK(sample.unpacked() == 2);
}

TEST_CASE("a payload that was cut off or changed is refused with the package's name") {
    const Sample sample;
    const fs::path file = sample.build("w3.zstdio");
    const std::string bytes = read_file(file);
    const fs::path bad = sample.folder.path() / "bad.rpm";
    std::string changed = bytes;
    changed[changed.size() - 100] = static_cast<char>(~changed[changed.size() - 100]);
    for (const std::string& content :
         {bytes.substr(0, bytes.size() - 1), bytes.substr(0, bytes.size() - 2000), changed}) {
        write_file_atomically(bad, content);
        const Package package = read_package(bad);  // the header is whole
        CHECK_THROWS_WITH(check_payload(bad), contains_text(bad.string()));
        CHECK_THROWS_WITH(unpack_contents(package, {digest_of(package, "/opt/p/numbers"), "00"}, sample.target),
                          contains_text(bad.string()));
    }
}

TEST_CASE("a content that the payload lacks is an error") {
    const Sample sample;
    const Package package = read_package(sample.build("w3.zstdio"));
    CHECK_THROWS_WITH(unpack_contents(package, {std::string(64, '0')}, sample.target), contains_text("lacks a file"));
    CHECK(sample.unpacked() == 0);
}
