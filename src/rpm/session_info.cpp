#include <cstdlib>
#include <map>
#include <utility>

#include <rpm/header.h>
#include <rpm/rpmbuild.h>
#include <rpm/rpmds.h>
#include <rpm/rpmmacro.h>

#include "base/text.hpp"
#include "rpm/macro_text.hpp"
#include "rpm/owned.hpp"
#include "rpm/session.hpp"

namespace pystacks::rpm {

namespace fs = std::filesystem;

namespace {

/// What rpm allocated with malloc, as a string; "" for nothing.
std::string taken(char* text) {
    const Owned<char*, std::free> owned{text};
    return owned ? std::string{owned.get()} : std::string{};
}

std::string text_of(Header header, rpmTagVal tag) { return taken(headerGetAsString(header, tag)); }

/// Whether rpm will write the package: whether it has a %files section, be it only the name of a list.
bool has_files(rpmSpecPkg package) {
    return !taken(rpmSpecPkgGetSection(package, RPMBUILD_FILE_FILE)).empty() ||
           !taken(rpmSpecPkgGetSection(package, RPMBUILD_FILE_LIST)).empty();
}

/// The file that rpm writes the package to. A header's format is not a macro's expansion: %_rpmfilename has both.
fs::path file_of(Header header) {
    const char* problem = nullptr;
    const std::string name = taken(headerFormat(header, expand("%{_rpmfilename}").c_str(), &problem));
    if (name.empty()) {
        throw Error("cannot make file names of", "%_rpmfilename", problem != nullptr ? problem : "it is empty");
    }
    return fs::path(expand("%{_rpmdir}")) / name;
}

std::vector<SpecSource> sources_of(rpmSpec spec) {
    // rpm lists them in an order of its own.
    std::map<std::pair<bool, int>, SpecSource> by_number;
    const Owned<rpmSpecSrcIter, rpmSpecSrcIterFree> iterator{rpmSpecSrcIterInit(spec)};
    while (rpmSpecSrc source = rpmSpecSrcIterNext(iterator.get())) {
        SpecSource entry;
        entry.url = rpmSpecSrcFilename(source, 1);
        entry.file = rpmSpecSrcFilename(source, 0);
        entry.is_patch = (rpmSpecSrcFlags(source) & RPMBUILD_ISPATCH) != 0;
        by_number[{entry.is_patch, rpmSpecSrcNum(source)}] = std::move(entry);
    }
    std::vector<SpecSource> sources;
    for (auto& [number, source] : by_number) sources.push_back(std::move(source));
    return sources;
}

std::vector<std::string> build_requires_of(rpmSpec spec) {
    std::vector<std::string> names;
    const Owned<rpmds, rpmdsFree> set{rpmSpecDS(spec, RPMTAG_REQUIRENAME)};
    if (!set) return names;
    rpmdsInit(set.get());
    while (rpmdsNext(set.get()) >= 0) {
        if (std::string_view{rpmdsN(set.get())}.starts_with("rpmlib(")) continue;
        // rpmdsDNEVR() starts with a letter for the kind of the dependency, and a blank.
        names.emplace_back(rpmdsDNEVR(set.get()) + 2);
    }
    return names;
}

}  // namespace

std::vector<SpecPackage> Session::packages() const {
    std::vector<SpecPackage> packages;
    const Owned<rpmSpecPkgIter, rpmSpecPkgIterFree> iterator{rpmSpecPkgIterInit(spec_)};
    while (rpmSpecPkg package = rpmSpecPkgIterNext(iterator.get())) {
        if (!has_files(package)) continue;
        Header header = rpmSpecPkgHeader(package);
        packages.push_back({text_of(header, RPMTAG_NAME), text_of(header, RPMTAG_ARCH), file_of(header)});
    }
    return packages;
}

SpecInfo Session::info() const {
    SpecInfo info;
    Header source = rpmSpecSourceHeader(spec_);
    info.name = text_of(source, RPMTAG_NAME);
    info.version = text_of(source, RPMTAG_VERSION);
    info.release = text_of(source, RPMTAG_RELEASE);
    info.arch = expand("%{_target_cpu}");
    info.nvr = text_of(source, RPMTAG_NVR);
    info.sources = sources_of(spec_);
    info.build_requires = build_requires_of(spec_);
    info.packages = packages();
    info.source_folder = expand("%{_sourcedir}");
    info.build_folder = fs::path(expand("%{_builddir}")) / expand("%{?buildsubdir}");
    info.source_package = fs::path(expand("%{_srcrpmdir}")) / (info.nvr + ".src.rpm");
    if (!job_.spec.stack_text.empty()) info.expanded_stack = expand(job_.spec.stack_text);
    for (const std::string& name : job_.spec.macros) {
        if (expand("%{?" + name + ":1}") == "1") info.macros[name] = expand("%{" + name + "}");
    }
    return info;
}

}  // namespace pystacks::rpm
