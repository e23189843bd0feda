#include "scratch/secrets.hpp"

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;

namespace {

void put(const fs::path& path, const std::string& text, unsigned mode) {
    make_directories(path.parent_path());
    write_file_atomically(path, text, mode);
}

std::vector<std::string> paths(const std::vector<scratch::Secret>& secrets) {
    std::vector<std::string> result;
    for (const scratch::Secret& each : secrets) result.push_back(each.path.string() + (each.folder ? "/" : ""));
    return result;
}

}  // namespace

TEST_CASE("secrets are what not everybody may read or enter") {
    const TemporaryDirectory root(fs::temp_directory_path(), "pystacks-secrets-test");
    const fs::path etc = root.path() / "etc";
    put(etc / "passwd", "", 0644);
    put(etc / "shadow", "", 0640);
    put(etc / "ssl/private/key", "", 0644);
    put(etc / "ssl/certs/host.key", "", 0600);
    put(etc / "listed/file", "", 0644);
    fs::permissions(etc / "ssl/private", fs::perms(0710));
    fs::permissions(etc / "listed", fs::perms(0711));
    put(etc / "named/file", "", 0644);
    fs::permissions(etc / "named", fs::perms(0744));
    fs::create_symlink("/root", etc / "link");
    CHECK(paths(scratch::secrets_below(root.path(), "etc")) ==
          std::vector<std::string>{"/etc/named/", "/etc/shadow", "/etc/ssl/certs/host.key", "/etc/ssl/private/"});
    CHECK(scratch::secrets_below(root.path(), "srv").empty());
}

TEST_CASE("a layer hides secrets; users keep their entries without passwords") {
    const TemporaryDirectory root(fs::temp_directory_path(), "pystacks-secrets-test");
    const TemporaryDirectory layer(fs::temp_directory_path(), "pystacks-secrets-test");
    put(root.path() / "etc/shadow", "root:$y$hash:1:0:99999:7:::\nuser:!:1:0:99999:7:::\n", 0640);
    put(root.path() / "var/lib/token", "secret", 0600);
    put(root.path() / "var/tmp/other", "secret", 0600);
    scratch::hide_secrets(layer.path(), root.path());
    CHECK(read_file(layer.path() / "etc/shadow") == "root:*:1:0:99999:7:::\nuser:*:1:0:99999:7:::\n");
    CHECK(fs::status(layer.path() / "etc/shadow").permissions() == fs::perms(0640));
    CHECK(read_file(layer.path() / "var/lib/token").empty());
    CHECK_FALSE(fs::exists(layer.path() / "var/tmp"));
}

TEST_CASE("what has gone since it was found is not hidden, and stops nothing") {
    const TemporaryDirectory root(fs::temp_directory_path(), "pystacks-secrets-test");
    const TemporaryDirectory layer(fs::temp_directory_path(), "pystacks-secrets-test");
    put(root.path() / "opt/build/stays", "secret", 0600);
    const std::vector<scratch::Secret> secrets{
        {"/opt/build/gone", false}, {"/opt/other/folder", true}, {"/opt/build/stays", false}};
    scratch::hide(secrets, layer.path(), root.path());
    CHECK(fs::is_regular_file(layer.path() / "opt/build/stays"));
    CHECK_FALSE(fs::exists(layer.path() / "opt/build/gone"));
    CHECK_FALSE(fs::exists(layer.path() / "opt/other"));
}
