#include "rpm/session.hpp"

#include <cstdlib>

#include <rpm/rpmbuild.h>
#include <rpm/rpmlib.h>
#include <rpm/rpmlog.h>
#include <rpm/rpmmacro.h>

#include "rpm/macro_text.hpp"

namespace pystacks::rpm {

namespace {

void define(const std::string& name_and_value) {
    // rpm says what is wrong with it; the collector has it.
    if (rpmDefineMacro(nullptr, name_and_value.c_str(), RMIL_CMDLINE) != 0) {
        throw Error(ErrorKind::usage, "cannot define a macro", name_and_value, "rpm does not accept it",
                    "write it as 'NAME VALUE'");
    }
}

/// Before the definitions: they shall win over the file.
void load_macros_file(const SpecJob& job) {
    if (job.macros_file.empty()) return;
    if (job.load_macros_file == MacrosFile::when_missing && expand("%{?pystacks_prep:1}") == "1") return;
    if (rpmLoadMacroFile(nullptr, job.macros_file.c_str()) != 0) {
        throw Error("cannot load", job.macros_file.string(), "rpm cannot read this macro file");
    }
}

void configure(const SpecJob& job, const LogCollector& log) {
    const char* target = job.target.empty() ? nullptr : job.target.c_str();
    if (rpmReadConfigFiles(nullptr, target) != 0) {
        throw Error("cannot read", "rpm's configuration", log.reason("rpm does not say why"));
    }
    load_macros_file(job);
    if (!job.topdir.empty()) define("_topdir " + job.topdir.string());
    for (const std::string& macro : job.defines) define(macro);
    for (const std::string& macro : job.stage_defines) define(macro);
    // What rpmbuild makes of --with and --without.
    for (const std::string& name : job.with) define("_with_" + name + " --with-" + name);
    for (const std::string& name : job.without) define("_without_" + name + " --without-" + name);
}

/// Sources may be missing, and the architecture may be another, for those who only ask. A build wants all of it.
rpmSpecFlags parse_flags(const WorkerJob& job) {
    if (job.task == Task::inspect) return RPMSPEC_ANYARCH | RPMSPEC_FORCE;
    // A source package is the one of rpmbuild -bs only if the spec is complete when it is read: rpm 6 sets the format
    // of its package then.
    if (job.amount == Amount::source) return RPMSPEC_ANYARCH;
#if PYSTACKS_RPM_HAS_PACKAGE_BUILD_FOLDER
    // The build completes the spec itself, with what %build may still add.
    return RPMSPEC_NOFINALIZE;
#else
    return RPMSPEC_NONE;
#endif
}

int verbosity(const WorkerJob& job) {
    if (job.trace) return RPMLOG_DEBUG;
    return job.task == Task::inspect ? RPMLOG_WARNING : RPMLOG_INFO;
}

}  // namespace

std::string expand(const std::string& text) {
    char* expanded = nullptr;
    if (rpmExpandMacros(nullptr, text.c_str(), &expanded, 0) < 0) {
        throw Error(ErrorKind::usage, "cannot expand", text.substr(0, text.find('\n')), "rpm does not accept it");
    }
    std::string result{expanded};
    std::free(expanded);  // NOLINT: rpm allocates it with malloc
    return result;
}

Session::Session(const WorkerJob& job, const LogCollector& log) : job_(job), log_(log) {
    rpmSetVerbosity(verbosity(job));
    configure(job.spec, log);
    spec_ = rpmSpecParse(job.spec.spec.c_str(), parse_flags(job), nullptr);
    if (spec_ == nullptr) {
        throw Error("cannot parse", job.spec.spec.string(), log.reason("rpm does not say why"));
    }
}

Session::~Session() { rpmSpecFree(spec_); }

}  // namespace pystacks::rpm
