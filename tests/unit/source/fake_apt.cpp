#include "fake_apt.hpp"

#include <cstdlib>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace pystacks::source::test {

namespace {

// HERE stands for the folder of the scene. The mirror knows one suite and one package a folder NAME_VERSION.
constexpr const char* apt_get = R"sh(#!/bin/sh
case "$*" in
indextargets*) cat HERE/apt/targets; exit ;;
esac
echo "apt-get $*" >> HERE/apt/log
cp "$APT_CONFIG" HERE/apt/seen.conf
list=$(sed -n 's/^Dir::Etc::SourceList "\(.*\)";$/\1/p' "$APT_CONFIG")
for last; do :; done
case "$*" in
*update)
    grep -q '^Suites: trixie$' "$list" || { echo "E: The repository does not have a Release file." >&2; exit 100; } ;;
*source*)
    name=${last%%=*} version=${last#*=}
    for file in HERE/apt/mirror/"${name}_$version"/*; do
        [ -e "${file##*/}" ] || { cp "$file" . && echo "downloaded ${file##*/}" >> HERE/apt/log; }
    done
    [ ! -e HERE/apt/mirror/incomplete ] || { echo "E: Failed to fetch a file: 404 Not Found" >&2; exit 100; } ;;
esac
)sh";

constexpr const char* apt_cache = R"sh(#!/bin/sh
echo "apt-cache $*" >> HERE/apt/log
for last; do :; done
cat HERE/apt/mirror/"$last".records 2>/dev/null || { echo "E: Unable to locate package $last" >&2; exit 100; }
)sh";

constexpr const char* apt_config = R"sh(#!/bin/sh
echo 'Acquire::http::Proxy "http://proxy.invalid:3128";'
echo 'Acquire::IndexTargets::deb::DEP-11::MetaKey "x";'
echo 'APT::Update::Post-Invoke-Success:: "touch HERE/apt/hook-ran";'
)sh";

}  // namespace

FakeApt::FakeApt(const Scene& scene)
    : scene_(scene), path_("PATH", (scene / "bin").string() + ":" + std::getenv("PATH")) {
    const std::string here = (scene / "").parent_path().string();
    scene.write("bin/apt-get", replace_all(apt_get, "HERE", here), 0755);
    scene.write("bin/apt-cache", replace_all(apt_cache, "HERE", here), 0755);
    scene.write("bin/apt-config", replace_all(apt_config, "HERE", here), 0755);
    make_directories(scene / "apt/mirror");
    scene.write("etc/apt/sources.list", "deb [signed-by=/k.gpg] http://mirror.invalid/debian bookworm main\n");
    scene.write("apt/targets", "Packages|http://mirror.invalid/debian/|bookworm|main|" +
                                   (scene / "etc/apt/sources.list").string() + ":1\n");
    scene.write("etc/os-release", "VERSION_CODENAME=bookworm\n");
}

void FakeApt::add(const std::string& package, const std::string& version, const std::string& file,
                  const std::string& contents, const std::string& signature) const {
    const std::string folder = "apt/mirror/" + package + "_" + version + "/";
    scene_.write(folder + file, contents);
    scene_.write(folder + "other.debian.tar.xz", "packaging");
    if (!signature.empty()) scene_.write(folder + file + ".asc", signature);
    const std::string name = "apt/mirror/" + package + ".records";
    const std::string before = fs::exists(scene_ / name) ? read_file(scene_ / name) : std::string();
    scene_.write(name, before + "Package: " + package + "\nVersion: " + version + "\nFiles:\n 0123 4 " + file +
                           "\nChecksums-Sha256:\n " + sha256(contents) + " " + std::to_string(contents.size()) + " " +
                           file + "\n " + sha256("packaging") + " 9 other.debian.tar.xz\nSection: python\n\n");
}

void FakeApt::lose_a_file() const { scene_.write("apt/mirror/incomplete", ""); }

std::string FakeApt::log() const {
    return fs::exists(scene_ / "apt/log") ? read_file(scene_ / "apt/log") : std::string();
}

DistributionHost FakeApt::host() const {
    return {scene_ / "etc/apt", scene_ / "etc/os-release", scene_ / "var/status"};
}

}  // namespace pystacks::source::test
