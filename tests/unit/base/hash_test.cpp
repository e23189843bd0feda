#include "base/hash.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;

TEST_CASE("SHA-256 agrees with the standard's examples") {
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a file's digests are those of its bytes") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "pystacks-hash-test");
    const fs::path path = folder.path() / "file";
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{65536}, std::size_t{200000}}) {
        std::string bytes(size, 'x');
        if (size > 0) bytes.back() = 'y';
        write_file_atomically(path, bytes);
        CHECK(sha256_file(path) == sha256(bytes));
        CHECK(content_digest_file(path) == content_digest(bytes));
    }
    CHECK_THROWS_AS(sha256_file(folder.path() / "none"), Error);
    CHECK_THROWS_AS(content_digest_file(folder.path()), Error);
}

TEST_CASE("XXH3 agrees with its reference implementation, and is printed with all its digits") {
    CHECK(content_digest("").hex() == "99aa06d3014798d86001c324468d497f");
    CHECK(ContentDigest{1, 2}.hex() == "00000000000000010000000000000002");
    CHECK(content_digest("a") != content_digest("b"));
}
