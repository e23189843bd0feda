#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/expression.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "findings/finding_list.hpp"
#include "process/command.hpp"
#include "stack/toml_text.hpp"
#include "verify/abi_checks.hpp"
#include "verify/checks.hpp"
#include "verify/elf_inventory.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::FindingList;
using findings::Status;
using findings::Verdict;

/// What is wrong with one file; empty when nothing is.
using Judge = std::function<std::string(const ElfFile&)>;

Verdict judge_all(ElfInventory& inventory, const Judge& judge, const std::string& failed, const std::string& expected) {
    FindingList findings;
    for (const ElfFile& file : inventory.files()) {
        const std::string wrong = judge(file);
        if (!wrong.empty()) findings.add(file.path + " " + wrong);
    }
    return findings.verdict(fmt::format("{} ELF files", inventory.files().size()), failed, expected);
}

std::string run_path(const ElfFile& file) {
    if (file.info.has_rpath) return "has the RPATH " + file.info.rpath;
    return file.info.has_runpath ? "has the RUNPATH " + file.info.runpath : std::string();
}

std::string wrong_soname(const ElfFile& file) {
    const std::string name = fs::path(file.path).filename().string();
    const std::string& soname = file.info.soname;
    const bool library = name.starts_with("lib") && name.find(".so") != std::string::npos;
    if (library && soname != name) return "has the soname '" + soname + "'";
    if (!library && !soname.empty()) return "is not a library, but has the soname '" + soname + "'";
    return {};
}

Verdict hardening(ElfInventory& inventory, const std::string& flag, const char* name, bool tree::ElfInfo::*is) {
    process::Command ask;
    ask.arguments = {"rpm", "--eval", "%{?build_ldflags}"};
    const std::string flags = process::run_checked(ask, "cannot ask for the distribution's linker flags").output;
    if (flags.find(flag) == std::string::npos) {
        return Verdict::not_offered("the distribution's linker flags (%build_ldflags) have no -z " + flag);
    }
    return judge_all(
        inventory, [&](const ElfFile& file) { return file.info.*is ? std::string() : std::string("has no ") + name; },
        std::string("files without ") + name, "linked with the distribution's flags");
}

Verdict needed(const Subject& subject, ElfInventory& inventory) {
    const fs::path data = subject.scripts / "libraries.toml";
    const toml::table table = stack::parse_toml(read_file(data), data);
    std::vector<Expression> allowed;
    if (const toml::array* list = table["allowed"].as_array()) {
        for (const toml::node& node : *list) {
            try {
                allowed.emplace_back(node.value_or(std::string()));
            } catch (const Error& error) {
                throw Error(ErrorKind::usage, error.attempted(), data.string(), error.reason(), error.hint());
            }
        }
    }
    const auto judge = [&](const ElfFile& file) {
        for (const std::string& library : file.info.needed) {
            const bool known = std::any_of(allowed.begin(), allowed.end(),
                                           [&](const Expression& each) { return each.matches(library); });
            if (!known) return "needs " + library;
        }
        return std::string();
    };
    return judge_all(inventory, judge, "files that need a library that is not on the list",
                     "libraries that CPython's modules use: " + data.filename().string());
}

/// rpm writes "libz.so.1()(64bit)" for a library that a 64-bit file needs, without the mark for a 32-bit one.
std::string requirement_of(const std::string& library, const ElfFile& file) {
    constexpr unsigned wide = 64;
    return library + (file.info.bits == wide ? "()(64bit)" : "");
}

/// What a package's files need the package requires, or provides itself.
Verdict required(ElfInventory& inventory) {
    const auto judge = [](const ElfFile& file) {
        for (const std::string& library : file.info.needed) {
            const std::string wanted = requirement_of(library, file);
            const auto is_wanted = [&](const rpm::Dependency& each) { return each.name == wanted; };
            const auto& requirements = file.package->of(rpm::DependencyKind::requires_);
            const auto& provides = file.package->of(rpm::DependencyKind::provides);
            if (std::none_of(requirements.begin(), requirements.end(), is_wanted) &&
                std::none_of(provides.begin(), provides.end(), is_wanted)) {
                return "needs " + library + ", which " + file.package->name + " does not require";
            }
        }
        return std::string();
    };
    return judge_all(inventory, judge, "files whose libraries their package does not require",
                     "a package requires every library that its files need");
}

Verdict debug_information(const Subject& subject, ElfInventory& inventory) {
    const bool packaged = !subject.packages.of(scratch::Role::debuginfo).empty();
    const auto judge = [&](const ElfFile& file) -> std::string {
        if (file.info.build_id.empty()) return "has no build id";
        const std::string path = debug_file_of(file.info.build_id);
        if (!packaged || subject.packages.file(path) != nullptr) return {};
        return "has no debug information: no package has " + path;
    };
    Verdict verdict = judge_all(inventory, judge, "files without build id or debug information",
                                "a build id, and a -debuginfo package with the file of that name");
    if (verdict.status != Status::passed || packaged) return verdict;
    return Verdict::not_run("no -debuginfo package was given; " + verdict.reason);
}

}  // namespace

std::vector<Check> elf_checks(Subject& subject) {
    const auto inventory = std::make_shared<ElfInventory>(subject);
    const auto simple = [&](const char* name, const char* about, Judge judge, const char* failed) {
        return Check{name, about, [inventory, judge = std::move(judge), failed, about] {
                         return judge_all(*inventory, judge, failed, about);
                     }};
    };
    std::vector<Check> checks{
        simple("elf.run-path", "no file has an RPATH or RUNPATH", run_path, "files with a run path"),
        simple(
            "elf.stack", "no file requests an executable stack",
            [](const ElfFile& file) { return file.info.exec_stack ? "requests an executable stack" : ""; },
            "files that request an executable stack"),
        simple(
            "elf.text-relocations", "no file has text relocations",
            [](const ElfFile& file) { return file.info.textrel ? "has text relocations" : ""; },
            "files with text relocations"),
        simple("elf.soname", "libraries have their file name as soname, modules have none", wrong_soname,
               "files with a wrong soname"),
        {"elf.relro", "relocated data is read-only after the start",
         [inventory] { return hardening(*inventory, "relro", "RELRO", &tree::ElfInfo::relro); }},
        {"elf.bind-now", "all symbols are bound at start",
         [inventory] { return hardening(*inventory, "now", "BIND_NOW", &tree::ElfInfo::bind_now); }},
        {"elf.needed", "files need only libraries from a known list",
         [inventory, &subject] { return needed(subject, *inventory); }},
        {"elf.required", "packages require the libraries that their files need",
         [inventory] { return required(*inventory); }},
        {"elf.debug-information", "every file has a build id and packaged debug information",
         [inventory, &subject] { return debug_information(subject, *inventory); }},
    };
    for (Check& check : abi_checks(subject, inventory)) checks.push_back(std::move(check));
    return checks;
}

}  // namespace pystacks::verify
