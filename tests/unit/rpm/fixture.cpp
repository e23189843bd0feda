#include "fixture.hpp"

#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "process/command.hpp"
#include "rpm/render.hpp"

namespace pystacks::rpm::test {

namespace {

constexpr const char* tiny_stack_text = R"(# of %{name}
text = "%{greeting} from %{name} %{version}, 100%% sure"
flags = '%{?build_cflags}'
extra = %{with extra}
)";

// Does what the stages do, in small: a program compiled with the mapping of paths, and the lists for %files -f.
constexpr const char* script_text = R"script(#!/bin/sh
set -e
stage=$2
sources=$4 builddir=$6 buildroot=$8
mkdir -p "$builddir"
cat > "$builddir/$stage.stdin"
echo "$SOURCE_DATE_EPOCH" > "$builddir/$stage.epoch"
echo "stage $stage"
cd "$builddir"
case $stage in
post-install)
    (cd "$builddir" && sh -e "./$stage.stdin")
    ;;
prep) mkdir -p source build && install -m 644 "$sources/tiny.c" source/tiny.c ;;
build)
    cd build
    gcc -g -O2 "-ffile-prefix-map=$RPM_BUILD_DIR/=/usr/src/debug/" -c ../source/tiny.c
    gcc -g -o tiny tiny.o ;;
install)
    mkdir -p "$buildroot/usr/bin" "$buildroot/usr/share/tiny" lists
    cp build/tiny "$buildroot/usr/bin/tiny"
    echo shared > "$buildroot/usr/share/tiny/shared.txt"
    echo /usr/bin/tiny > lists/tiny.list
    echo /usr/share/tiny > lists/tiny-libs.list
    echo extra > "$buildroot/usr/bin/extra"
    if grep -q '^extra = 1' install.stdin; then echo /usr/bin/extra > lists/tiny-extra.list
    else rm "$buildroot/usr/bin/extra"; fi ;;
check) "$buildroot/usr/bin/tiny" ;;
esac
)script";

stack::Package package(const std::string& name, const std::string& summary) {
    stack::Package result;
    result.name = name;
    result.summary = summary;
    result.description = summary + ".";
    return result;
}

stack::Stack tiny_stack(const fs::path& folder) {
    stack::Stack stack;
    stack.file = folder / "stack.toml";
    stack.name = "tiny";
    stack.version = "1.0";
    stack.release = "1";
    stack.license = "MIT";
    stack.url = "https://example.org/";
    stack.summary = "A tiny stack";
    stack.description = "Tiny.";
    stack.changelog = "changelog";
    stack.bconds = {{"extra", "0", "one package more"}};
    stack.macros = {{"greeting", "Hello"}};
    stack::Source source;
    source.url = "https://example.org/tiny.c";
    stack.sources = {source};
    stack.packages = {package("tiny", "A tiny program"), package("tiny-libs", "Its files"),
                      package("tiny-extra", "One package more")};
    stack.packages[0].main = true;
    stack.packages[1].noarch = true;
    stack.packages[2].condition = {"%{with extra}", {"tiny.toml", 1}};
    return stack;
}

}  // namespace

fs::path repository() { return PYSTACKS_REPOSITORY; }
fs::path macros_file() { return repository() / "macros/macros.pystacks"; }

std::string output_of(const std::vector<std::string>& arguments) {
    process::Command command;
    command.arguments = arguments;
    const process::Outcome outcome = process::run(command);
    INFO(outcome.describe() << "\n" << outcome.output);
    REQUIRE(outcome.succeeded());
    return outcome.output;
}

bool rpm_is(const std::string& version) {
    return output_of({"rpm", "--eval", "%[v\"%{rpmversion}\" >= v\"" + version + "\"]"}) == "1\n";
}

bool rpm_lists_debug_packages() { return !rpm_is("4.19.90"); }

std::string query_python(const std::string& format, const std::vector<std::string>& options) {
    const TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-test"};
    const fs::path spec = folder.path() / "python3.13.spec";
    write_file_atomically(spec, render_spec(stack::load(repository() / "specs/python3.13/stack.toml")));
    // Of the stack's own text rpm may have an opinion (warnings); here it is about what the spec says.
    std::vector<std::string> arguments{"sh", "-c", "exec rpmspec -q \"$@\" 2>/dev/null", "rpmspec"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.insert(arguments.end(), {"--qf", format, spec.string()});
    return output_of(arguments);
}

TinyStack::TinyStack(const std::string& topdir) : folder_(fs::temp_directory_path(), "pystacks-test"), topdir_(topdir) {
    make_directories(this->topdir() / "SOURCES");
    make_directories(this->topdir() / "SPECS");
    write_file_atomically(folder_.path() / "changelog",
                          "* Mon Mar 03 2025 A Packager <packager@example.org> - 1.0-1\n- First.\n");
    write_file_atomically(this->topdir() / "SPECS/tiny.spec", render_spec(tiny_stack(folder_.path())));
    write_file_atomically(this->topdir() / "SOURCES/tiny.c",
                          "#include <stdio.h>\nint main(void) { puts(__FILE__); return 0; }\n");
    write_file_atomically(script(), script_text, 0755);
    write_stack(tiny_stack_text);
}

void TinyStack::write_stack(const std::string& text) const {
    write_file_atomically(topdir() / "SOURCES/tiny-stack.toml", text);
}

SpecJob TinyStack::job() const {
    SpecJob job;
    job.spec = topdir() / "SPECS/tiny.spec";
    job.topdir = topdir();
    job.stack_text = read_file(topdir() / "SOURCES/tiny-stack.toml");
    job.stage_defines = {"__pystacks " + script().string()};
    job.macros_file = macros_file();
    job.load_macros_file = MacrosFile::always;
    job.program = PYSTACKS_TEST_WORKER;
    return job;
}

fs::path TinyStack::build_folder() const { return inspect(job()).build_folder; }

}  // namespace pystacks::rpm::test
