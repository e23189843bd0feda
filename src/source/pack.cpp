#include "source/pack.hpp"

#include <memory>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/shared_object.hpp"
#include "base/text.hpp"

namespace pystacks::source {

void pack(const fs::path& archive, const std::vector<PackedFile>& files) {
    static auto* const write = function_of<archives::Pack>(archives::object, archives::pack_symbol);
    AtomicFile file(archive);
    std::string why;
    write(file.fd(), files, why);
    if (!why.empty()) throw Error("cannot write an archive", archive.string(), why);
    file.commit();
}

std::optional<std::string> read_first_member(const fs::path& archive, const std::string& name, std::size_t limit) {
    constexpr const char* attempted = "cannot read an archive";
    static auto* const open = function_of<archives::Open>(archives::object, archives::open_symbol);
    std::unique_ptr<archives::Reader> reader;
    open(archive, archives::Formats::tar_xz, reader);
    const auto damaged = [&] {
        const std::string why = reader->why();
        return Error(attempted, archive.string(), !why.empty() ? why : "libarchive gives no reason",
                     "the file is truncated, damaged, or not a tar archive");
    };
    archives::Member member;
    const archives::Step found = reader->next(member);
    if (found == archives::Step::failed) throw damaged();
    if (found == archives::Step::end || member.name != name || member.kind != archives::Kind::file) return std::nullopt;
    const auto size = static_cast<std::uint64_t>(member.size);
    if (size > limit) {
        throw Error(
            attempted, archive.string(),
            fmt::format("member \"{}\" has {}, at most {} are read", name, human_size(size), human_size(limit)));
    }
    std::string contents(size, '\0');
    std::uint64_t filled = 0;
    archives::Block block;
    archives::Step step = archives::Step::more;
    while ((step = reader->read(block)) == archives::Step::more) {
        const auto offset = static_cast<std::uint64_t>(block.offset);
        if (offset > size || block.count > size - offset) throw damaged();
        contents.replace(offset, block.count, block.bytes, block.count);
        filled = offset + block.count;
    }
    if (step == archives::Step::failed || filled != size) throw damaged();
    return contents;
}

}  // namespace pystacks::source
