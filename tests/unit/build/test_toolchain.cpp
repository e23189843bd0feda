#include "base/error.hpp"
#include "build/toolchain.hpp"
#include "catch.hpp"
#include "test_folder.hpp"

using namespace pystacks;
using namespace pystacks::build;
using pystacks::build::test::TestFolder;

namespace {

ChildEnvironment child() { return child_environment(current_environment(), "0"); }

}  // namespace

TEST_CASE("a compiler and make say who they are") {
    const Toolchain tools = toolchain(child(), {{"CC", "gcc -m64"}});
    CHECK(tools.compiler.find("gcc") != std::string::npos);
    CHECK(tools.make.starts_with("GNU Make"));
    CHECK_THROWS_AS(toolchain(child(), {{"CC", "no-such-compiler"}}), Error);
    CHECK_THROWS_AS(toolchain(child(), {{"CC", "false"}}), Error);
}

TEST_CASE("an installed or updated library is noticed") {
    const TestFolder root;
    const auto headers = [&] { return toolchain(child(), {}, root.path()).host; };
    const std::string nothing = headers();
    root.write("usr/include/openssl/ssl.h", "int SSL;");
    const std::string with_openssl = headers();
    CHECK(with_openssl != nothing);
    CHECK(headers() == with_openssl);
    root.write("usr/lib/x86_64-linux-gnu/pkgconfig/openssl.pc", "Version: 3.0.1");
    const std::string with_version = headers();
    CHECK(with_version != with_openssl);
    root.write("usr/lib/x86_64-linux-gnu/pkgconfig/openssl.pc", "Version: 3.0.2");
    CHECK(headers() != with_version);
}
