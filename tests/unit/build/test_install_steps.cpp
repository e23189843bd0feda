#include "base/error.hpp"
#include "build/install_steps.hpp"
#include "catch.hpp"
#include "test_folder.hpp"

using namespace pystacks;
using namespace pystacks::build;
using pystacks::build::test::TestFolder;

namespace {

struct Trees {
    TestFolder root, source;

    template <class Action>
    void run(Action action) const {
        stack::InstallStep step;
        step.action = std::move(action);
        step.reason = "somebody wants it";
        step.place = {"stack.toml", 12};
        run_install_step(step, InstallRoot(root.path()), InstallRoot(source.path()));
    }
};

}  // namespace

TEST_CASE("move renames, making folders on the way") {
    const Trees trees;
    trees.root.write("usr/bin/x-config", "x", 0755);
    trees.run(stack::MoveStep{"/usr/bin/x-config", "/usr/libexec/arch/x-config"});
    CHECK_FALSE(trees.root.has("usr/bin/x-config"));
    CHECK(trees.root.read("usr/libexec/arch/x-config") == "x");
    CHECK(trees.root.mode("usr/libexec/arch") == 0755);
}

TEST_CASE("a missing or a taken place stops a move, with line and reason") {
    const Trees trees;
    CHECK_THROWS_WITH(trees.run(stack::MoveStep{"/usr/bin/x", "/usr/bin/y"}), contains_text("stack.toml:12") &&
                                                                                  contains_text("/usr/bin/x") &&
                                                                                  contains_text("somebody wants it"));
    trees.root.write("a", "a");
    trees.root.write("b", "b");
    CHECK_THROWS_AS(trees.run(stack::MoveStep{"/a", "/b"}), Error);
    CHECK(trees.root.read("b") == "b");
}

TEST_CASE("copy takes from the source tree and nowhere else") {
    const Trees trees;
    trees.source.write("Tools/x.py", "#!python\n", 0600);
    trees.run(stack::CopyStep{"Tools/x.py", "/usr/bin/x.py", 0755});
    CHECK(trees.root.read("usr/bin/x.py") == "#!python\n");
    CHECK(trees.root.mode("usr/bin/x.py") == 0755);
    CHECK_THROWS_AS(trees.run(stack::CopyStep{"../secret", "/x", 0644}), Error);
    CHECK_THROWS_AS(trees.run(stack::CopyStep{"missing", "/x", 0644}), Error);
    fs::create_symlink("/etc/passwd", trees.source / "link");
    CHECK_THROWS_AS(trees.run(stack::CopyStep{"link", "/x", 0644}), Error);
}

TEST_CASE("write makes a file with its mode, whatever the umask") {
    const Trees trees;
    const mode_t before = ::umask(077);
    trees.run(stack::WriteStep{"/usr/bin/x", "#!/bin/sh\n", 0755});
    ::umask(before);
    CHECK(trees.root.read("usr/bin/x") == "#!/bin/sh\n");
    CHECK(trees.root.mode("usr/bin/x") == 0755);
}

TEST_CASE("write replaces a file, but does not write through a link") {
    const Trees trees;
    const TestFolder outside;
    const fs::path victim = outside.write("victim", "precious");
    fs::create_hard_link(victim, trees.root / "hard");
    trees.run(stack::WriteStep{"/hard", "new", 0644});
    CHECK(trees.root.read("hard") == "new");
    CHECK(outside.read("victim") == "precious");
    fs::create_symlink(victim, trees.root / "soft");
    CHECK_THROWS_AS(trees.run(stack::WriteStep{"/soft", "new", 0644}), Error);
    CHECK(outside.read("victim") == "precious");
}

TEST_CASE("symlink and directory") {
    const Trees trees;
    trees.run(stack::SymlinkStep{"/usr/bin/x-debug", "xd"});
    CHECK(fs::read_symlink(trees.root / "usr/bin/x-debug") == "xd");
    CHECK_THROWS_AS(trees.run(stack::SymlinkStep{"/usr/bin/x-debug", "other"}), Error);
    trees.run(stack::DirectoryStep{"/usr/lib/x/site-packages"});
    trees.run(stack::DirectoryStep{"/usr/lib/x/site-packages"});
    CHECK(trees.root.mode("usr/lib/x/site-packages") == 0755);
    CHECK_THROWS_AS(trees.run(stack::DirectoryStep{"/usr/bin/x-debug"}), Error);
}

TEST_CASE("remove takes what matches, folders whole, and may match nothing") {
    const Trees trees;
    const TestFolder outside;
    outside.write("kept", "");
    trees.root.write("a/x.bat", "");
    trees.root.write("a/tests/deep/y", "");
    trees.root.write("a/z", "");
    fs::create_directory_symlink(outside.path(), trees.root / "a/link");
    trees.run(stack::RemoveStep{{"**/*.bat", "/a/tests", "/a/link", "/nothing"}});
    CHECK_FALSE(trees.root.has("a/x.bat"));
    CHECK_FALSE(trees.root.has("a/tests"));
    CHECK_FALSE(trees.root.has("a/link"));
    CHECK(trees.root.has("a/z"));
    CHECK(outside.has("kept"));
    CHECK_NOTHROW(trees.run(stack::RemoveStep{{"**/*.bat"}}));
}

TEST_CASE("substitute must hit") {
    const Trees trees;
    trees.root.write("lib/a.py", "x = 'pyconfig.h'; y = 'pyconfig.h'", 0755);
    trees.root.write("lib/b.py", "nothing");
    trees.run(stack::SubstituteStep{"/lib/*.py", "'pyconfig.h'", "'pyconfig-64.h'"});
    CHECK(trees.root.read("lib/a.py") == "x = 'pyconfig-64.h'; y = 'pyconfig-64.h'");
    CHECK(trees.root.mode("lib/a.py") == 0755);
    CHECK_THROWS_WITH(trees.run(stack::SubstituteStep{"/lib/*.py", "'pyconfig.h'", "x"}), contains_text("pyconfig.h"));
    CHECK_THROWS_AS(trees.run(stack::SubstituteStep{"/lib/*.py", "", "x"}), Error);
}

TEST_CASE("shebang fits first line and execute bits to each other") {
    const Trees trees;
    trees.root.write("bin/script.py", "#!/usr/bin/env python3 -E\nimport sys\n", 0755);
    trees.root.write("lib/module.py", "#! /usr/bin/python\n# -*- coding: utf-8 -*-\n", 0644);
    trees.root.write("lib/executable.py", "import sys\n", 0755);
    trees.root.write("lib/shell.py", "#!/bin/sh\n", 0755);
    trees.run(stack::ShebangStep{{"**/*.py"}, "/usr/bin/python3.13"});
    CHECK(trees.root.read("bin/script.py") == "#!/usr/bin/python3.13 -E\nimport sys\n");
    CHECK(trees.root.mode("bin/script.py") == 0755);
    CHECK(trees.root.read("lib/module.py") == "# -*- coding: utf-8 -*-\n");
    CHECK(trees.root.read("lib/executable.py") == "import sys\n");
    CHECK(trees.root.mode("lib/executable.py") == 0644);
    CHECK(trees.root.read("lib/shell.py") == "#!/bin/sh\n");
}

TEST_CASE("the forms of a first line") {
    const auto result = [](const std::string& text) {
        bool executable = true;
        return with_shebang(text, executable, "/P");
    };
    CHECK(result("#!/usr/bin/python\n") == "#!/P\n");
    CHECK(result("#! /usr/local/bin/python3.9d  -I -S \r\nx") == "#!/P -I -S\nx");
    CHECK(result("#!/usr/bin/env -S python3 -u\n") == "#!/P -u\n");
    CHECK(result("#!/usr/bin/env perl\n") == "#!/usr/bin/env perl\n");
    CHECK(result("#!python") == "#!/P\n");
    CHECK(result("#!\n") == "#!\n");
    CHECK(result("#!/opt/python/bin/tool\n") == "#!/opt/python/bin/tool\n");
    bool executable = true;
    CHECK(with_shebang("\x7f"
                       "ELF",
                       executable, "/P") ==
          "\x7f"
          "ELF");
    CHECK(executable);
}
