#include <system_error>

#include <rpm/header.h>
#include <rpm/rpmbuild.h>
#include <rpm/rpmfileutil.h>
#include <rpm/rpmio.h>
#include <rpm/rpmlib.h>
#include <rpm/rpmps.h>
#include <rpm/rpmts.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "rpm/macro_text.hpp"
#include "rpm/owned.hpp"
#include "rpm/session.hpp"

namespace pystacks::rpm {

namespace fs = std::filesystem;

namespace {

using Transaction = Owned<rpmts, rpmtsFree>;

Transaction new_transaction() {
    Transaction transaction{rpmtsCreate()};
    rpmtsSetRootDir(transaction.get(), "/");
    return transaction;
}

/// The steps of rpmbuild's letter. Never RPMBUILD_RMBUILD: what the stages finished stays for the next run.
rpmBuildFlags steps(Amount amount) {
    rpmBuildFlags flags = RPMBUILD_NONE;
    switch (amount) {
        case Amount::source:
            return RPMBUILD_PACKAGESOURCE;
        case Amount::all:
        case Amount::binary:
            flags |= RPMBUILD_PACKAGEBINARY | RPMBUILD_CLEAN;
            [[fallthrough]];
        case Amount::install:
            flags |= RPMBUILD_INSTALL | RPMBUILD_CHECK;
            [[fallthrough]];
        case Amount::build:
            flags |= RPMBUILD_CONF | RPMBUILD_BUILD;
            [[fallthrough]];
        case Amount::prep:
            flags |= RPMBUILD_PREP;
    }
    return flags;
}

void make_folders() {
#if PYSTACKS_RPM_HAS_PACKAGE_BUILD_FOLDER
    const char* folders = "%{_topdir}:%{_rpmdir}:%{_srcrpmdir}";
#else
    const char* folders = "%{_topdir}:%{_rpmdir}:%{_srcrpmdir}:%{_builddir}:%{_buildrootdir}";
#endif
    if (rpmMkdirs(nullptr, folders) != 0) {
        throw Error("cannot make the folders below", expand("%{_topdir}"), "see the log");
    }
}

#if PYSTACKS_RPM_HAS_PACKAGE_BUILD_FOLDER
/// From 6.1 on rpm writes the environment of all scriptlets to a file when it makes the build folder. In a folder that
/// stays it would be an earlier run's: with the old release, flags, number of jobs, and paths if the folder was moved.
void renew_environment(const fs::path& build_folder) {
    const fs::path file = build_folder / "rpmbuild.env";
    if (expand("%{?___build_pre}").find(file.string()) == std::string::npos) return;
    write_file_atomically(file, expand("%{___build_pre_env}") + "\n");
}

/// rpm removes the package's build folder before it makes it: only where there is none yet.
rpmBuildFlags build_folder_step(Amount amount) {
    if (amount == Amount::source) return RPMBUILD_NONE;
    const fs::path build_folder = expand("%{_builddir}");
    std::error_code ignored;
    if (!fs::exists(build_folder, ignored)) return RPMBUILD_MKBUILDDIR;
    renew_environment(build_folder);
    return RPMBUILD_NONE;
}
#else
rpmBuildFlags build_folder_step(Amount) { return RPMBUILD_NONE; }
#endif

/// The text that ties packages to the SRPM they were built from; "" when there is none.
std::string cookie_of(const fs::path& source_package) {
    const Transaction transaction = new_transaction();
    rpmtsSetVSFlags(transaction.get(), RPMVSF_MASK_NOSIGNATURES | RPMVSF_MASK_NODIGESTS);
    const Owned<FD_t, Fclose> file{Fopen(source_package.c_str(), "r.ufdio")};
    Header header = nullptr;
    if (!file || Ferror(file.get()) != 0 ||
        rpmReadPackageFile(transaction.get(), file.get(), source_package.c_str(), &header) == RPMRC_FAIL ||
        header == nullptr) {
        throw Error("cannot read", source_package.string(), "it is not a source package that rpm can read");
    }
    const char* cookie = headerGetString(header, RPMTAG_COOKIE);
    std::string text = cookie != nullptr ? cookie : "";
    headerFree(header);
    return text;
}

}  // namespace

void Session::check_build_requires() const {
    const Transaction transaction = new_transaction();
    const Owned<rpmps, rpmpsFree> problems{rpmSpecCheckDeps(transaction.get(), spec_)};
    if (!problems) return;
    std::vector<std::string> missing;
    const Owned<rpmpsi, rpmpsFreeIterator> iterator{rpmpsInitIterator(problems.get())};
    while (rpmProblem problem = rpmpsiNext(iterator.get())) {
        if (const char* name = rpmProblemGetStr(problem)) missing.emplace_back(name);
    }
    throw Error("cannot build", job_.spec.spec.string(), "packages are missing: " + join(missing, ", "),
                "install them, or use --nodeps if this host's packages are not RPMs");
}

BuildResult Session::build() {
    if (job_.check_build_requires) check_build_requires();
    make_folders();
    std::string cookie = job_.cookie_from.empty() ? "" : cookie_of(job_.cookie_from);

    rpmBuildArguments_s arguments{};
    arguments.buildAmount = steps(job_.amount) | build_folder_step(job_.amount);
    arguments.cookie = cookie.empty() ? nullptr : cookie.data();
    const Transaction transaction = new_transaction();
    if (rpmSpecBuild(transaction.get(), spec_, &arguments) != 0) {
        throw Error("cannot build", job_.spec.spec.string(), log_.reason("rpm does not say why"));
    }

    BuildResult result;
    std::error_code ignored;
    if (job_.amount == Amount::source) result.written.push_back(info().source_package);
    if (job_.amount != Amount::binary) return result;
    for (const SpecPackage& package : packages()) {
        // A debug package without anything to debug is in the spec, and not written.
        if (fs::exists(package.file, ignored)) result.written.push_back(package.file);
    }
    return result;
}

}  // namespace pystacks::rpm
