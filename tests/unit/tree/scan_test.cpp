#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "files.hpp"
#include "tree/tree.hpp"

using namespace pystacks;
using namespace pystacks::tree;

namespace {

std::vector<std::string> paths_of(const Tree& tree) {
    std::vector<std::string> paths;
    for (const auto& [path, entry] : tree.entries) paths.push_back(path);
    return paths;
}

/// Root can read everything, so the tests of unreadable paths become nobody for a while.
class WithoutPrivileges {
public:
    WithoutPrivileges() {
        if (::geteuid() == 0) changed_ = ::seteuid(65534) == 0;
    }
    WithoutPrivileges(const WithoutPrivileges&) = delete;
    WithoutPrivileges& operator=(const WithoutPrivileges&) = delete;
    ~WithoutPrivileges() {
        if (changed_ && ::seteuid(0) != 0) std::abort();
    }

private:
    bool changed_ = false;
};

struct Fixture {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-scan"};
    fs::path root = folder.path();
};

}  // namespace

TEST_CASE_METHOD(Fixture, "A tree is listed with types, modes, sizes, targets and digests") {
    write_test_file(root / "usr/bin/tool", "#!/bin/sh\n");
    fs::permissions(root / "usr/bin/tool", fs::perms(04755));
    fs::create_symlink("../bin/tool", root / "usr/link");
    fs::create_symlink("nowhere", root / "dangling");
    REQUIRE(::mkfifo((root / "pipe").c_str(), 0600) == 0);

    const Tree tree = scan(root, 2);
    CHECK(paths_of(tree) ==
          std::vector<std::string>{"/dangling", "/pipe", "/usr", "/usr/bin", "/usr/bin/tool", "/usr/link"});
    const Entry& tool = tree.entries.at("/usr/bin/tool");
    CHECK(tool.type == FileType::regular);
    CHECK(tool.mode == 04755);
    CHECK(tool.size == 10);
    CHECK(tool.digest == content_digest("#!/bin/sh\n"));
    CHECK(tree.entries.at("/usr").type == FileType::directory);
    CHECK(tree.entries.at("/usr/link").target == "../bin/tool");
    CHECK(tree.entries.at("/dangling").type == FileType::symlink);
    CHECK(tree.entries.at("/pipe").type == FileType::other);
    CHECK(tree.locate("/usr/bin/tool") == root / "usr/bin/tool");
}

TEST_CASE_METHOD(Fixture, "Paths are in the order of their bytes") {
    for (const char* name : {"b", "a-b", "a/c", "B", "\xc3\xa9", "a.d"}) write_test_file(root / name, "");
    CHECK(paths_of(scan(root, 1)) == std::vector<std::string>{"/B", "/a", "/a-b", "/a.d", "/a/c", "/b", "/\xc3\xa9"});
}

TEST_CASE_METHOD(Fixture, "Loops of links are not followed") {
    fs::create_directories(root / "a");
    fs::create_directory_symlink("..", root / "a/up");
    fs::create_symlink("loop", root / "loop");
    CHECK(paths_of(scan(root, 1)) == std::vector<std::string>{"/a", "/a/up", "/loop"});
}

TEST_CASE_METHOD(Fixture, "A link to a folder can be the root") {
    write_test_file(root / "real/file", "x");
    fs::create_directory_symlink("real", root / "link");
    CHECK(paths_of(scan(root / "link", 1)) == std::vector<std::string>{"/file"});
}

TEST_CASE_METHOD(Fixture, "Names that are not UTF-8 stay as they are") {
    const std::string name = "caf\xe9\n";
    write_test_file(root / name, "x");
    CHECK(scan(root, 1).entries.contains("/" + name));
}

TEST_CASE_METHOD(Fixture, "Hard links share inode and digest") {
    write_test_file(root / "one", "text");
    fs::create_hard_link(root / "one", root / "two");
    const Tree tree = scan(root, 2);
    CHECK(tree.entries.at("/one").inode == tree.entries.at("/two").inode);
    CHECK(tree.entries.at("/two").links == 2);
    CHECK(tree.entries.at("/two").digest == content_digest("text"));
}

TEST_CASE_METHOD(Fixture, "Large and empty files have the digest of their bytes") {
    const std::string large(3000000, 'x');
    write_test_file(root / "large", large);
    write_test_file(root / "limit", large.substr(0, 1U << 20U));
    write_test_file(root / "empty", "");
    const Tree tree = scan(root, 3);
    CHECK(tree.entries.at("/large").digest == content_digest(large));
    CHECK(tree.entries.at("/limit").digest == content_digest(large.substr(0, 1U << 20U)));
    CHECK(tree.entries.at("/empty").digest == content_digest(""));
}

TEST_CASE_METHOD(Fixture, "Many files give the same tree on any number of threads") {
    for (int i = 0; i < 300; ++i) write_test_file(root / std::to_string(i % 7) / std::to_string(i), std::to_string(i));
    const Tree one = scan(root, 1);
    const Tree many = scan(root, 8);
    REQUIRE(paths_of(one) == paths_of(many));
    for (const auto& [path, entry] : one.entries) CHECK(entry.digest == many.entries.at(path).digest);
}

TEST_CASE_METHOD(Fixture, "An empty folder is an empty tree, a missing one an error that names it") {
    CHECK(scan(root, 4).entries.empty());
    CHECK_THROWS_WITH(scan(root / "missing", 1), contains_text("missing"));
    write_test_file(root / "file", "");
    CHECK_THROWS_WITH(scan(root / "file", 1), contains_text("file"));
}

TEST_CASE_METHOD(Fixture, "What cannot be read is named, and the rest can still be had") {
    write_test_file(root / "closed/inside", "x");
    write_test_file(root / "secret", "x");
    fs::create_hard_link(root / "secret", root / "secret-too");
    write_test_file(root / "readable", "x");
    fs::permissions(root, fs::perms(0755));
    fs::permissions(root / "closed", fs::perms(0));
    fs::permissions(root / "secret", fs::perms(0));

    std::vector<ScanProblem> problems;
    Tree tree;
    {
        const WithoutPrivileges nobody;
        CHECK_THROWS_WITH(scan(root, 2), contains_text((root / "closed").string()));
        tree = scan(root, 2, problems);
    }
    fs::permissions(root / "closed", fs::perms(0755));

    REQUIRE(problems.size() == 3);
    CHECK(problems[0].path == "/closed");
    CHECK(problems[1].path == "/secret");
    CHECK(problems[2].path == "/secret-too");
    CHECK(tree.entries.at("/readable").digest == content_digest("x"));
    leave_out(tree, problems);
    CHECK(paths_of(tree) == std::vector<std::string>{"/readable"});
}

TEST_CASE("Leaving out a folder leaves out what is below it, and nothing beside it") {
    Tree tree;
    for (const char* path : {"/a", "/a-b", "/a/x", "/a/y/z", "/ab", "/b"}) tree.entries.emplace(path, Entry{});
    leave_out(tree, {{"/a", Error("cannot read", "a", "no")}});
    CHECK(paths_of(tree) == std::vector<std::string>{"/a-b", "/ab", "/b"});
}
