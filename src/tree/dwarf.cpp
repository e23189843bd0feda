#include "tree/dwarf.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks::tree {
namespace {

struct EndDwarf {
    void operator()(Dwarf* dwarf) const noexcept { ::dwarf_end(dwarf); }
};

[[noreturn]] void damaged(const std::filesystem::path& path) {
    throw Error("cannot read DWARF", path.string(), ::dwarf_errmsg(-1));
}

/// Units of assembly code or of shared types may have no folder.
void add_folder(Dwarf_Die* unit, std::set<std::string>& found) {
    Dwarf_Attribute attribute;
    const char* folder = ::dwarf_formstring(::dwarf_attr(unit, DW_AT_comp_dir, &attribute));
    if (folder != nullptr) found.insert(folder);
}

/// Units of assembly code may have no table of files.
void add_files(Dwarf_Die* unit, std::set<std::string>& found) {
    Dwarf_Files* files = nullptr;
    std::size_t count = 0;
    if (::dwarf_getsrcfiles(unit, &files, &count) != 0) return;
    for (std::size_t i = 0; i < count; ++i) {
        const char* file = ::dwarf_filesrc(files, i, nullptr, nullptr);
        if (file != nullptr) found.insert(file);
    }
}

using Add = std::function<void(Dwarf_Die* unit, std::set<std::string>& found)>;

std::set<std::string> collect(const std::filesystem::path& path, const Add& add) {
    const UniqueFd file = open_file(path, O_RDONLY, "cannot read DWARF");
    const std::unique_ptr<Dwarf, EndDwarf> dwarf(::dwarf_begin(file.get(), DWARF_C_READ));
    if (!dwarf) {
        const int why = ::dwarf_errno();
        if (why == 0 || ::dwarf_errmsg(why) == std::string_view("no DWARF information")) return {};
        throw Error("cannot read DWARF", path.string(), ::dwarf_errmsg(why));
    }
    std::set<std::string> found;
    Dwarf_CU* unit = nullptr;
    Dwarf_Die die;
    int status = 0;
    while ((status = ::dwarf_get_units(dwarf.get(), unit, &unit, nullptr, nullptr, &die, nullptr)) == 0) {
        add(&die, found);
    }
    if (status < 0) damaged(path);
    return found;
}

}  // namespace

std::set<std::string> compilation_folders(const std::filesystem::path& path) { return collect(path, add_folder); }

std::set<std::string> compiled_files(const std::filesystem::path& path) { return collect(path, add_files); }

std::set<std::string> producers(const std::filesystem::path& path,
                                const std::function<bool(const std::string& file)>& wanted) {
    return collect(path, [&](Dwarf_Die* unit, std::set<std::string>& found) {
        std::set<std::string> files;
        add_files(unit, files);
        if (std::none_of(files.begin(), files.end(), wanted)) return;
        Dwarf_Attribute attribute;
        const char* producer = ::dwarf_formstring(::dwarf_attr_integrate(unit, DW_AT_producer, &attribute));
        if (producer != nullptr) found.insert(producer);
    });
}

}  // namespace pystacks::tree
