#include "tree/dwarf.hpp"

#include <cerrno>
#include <memory>

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

void add_files(Dwarf_Die* unit, std::string_view name, std::set<std::string>& found) {
    Dwarf_Files* files = nullptr;
    std::size_t count = 0;
    // A unit without a line table (a partial or type unit) names no files.
    if (::dwarf_getsrcfiles(unit, &files, &count) != 0) return;
    for (std::size_t index = 0; index < count; ++index) {
        const char* text = ::dwarf_filesrc(files, index, nullptr, nullptr);
        if (text == nullptr) continue;
        const std::filesystem::path path(text);
        if (path.filename() == name) found.insert(path.lexically_normal().string());
    }
}

}  // namespace

std::set<std::string> source_files(const std::filesystem::path& path, std::string_view name) {
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
        add_files(&die, name, found);
    }
    if (status < 0) damaged(path);
    return found;
}

}  // namespace pystacks::tree
