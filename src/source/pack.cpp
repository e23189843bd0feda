#include "source/pack.hpp"

#include <memory>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"

namespace pystacks::source {
namespace {

template <auto Function>
struct Deleter {
    template <class T>
    void operator()(T* object) const noexcept {
        Function(object);
    }
};
using Writer = std::unique_ptr<struct archive, Deleter<archive_write_free>>;
using Reader = std::unique_ptr<struct archive, Deleter<archive_read_free>>;
using Entry = std::unique_ptr<struct archive_entry, Deleter<archive_entry_free>>;

constexpr std::size_t read_block = 64 * 1024;

Error problem(const char* attempted, const fs::path& archive, struct archive* handle, const char* hint = "") {
    const char* text = archive_error_string(handle);
    return {attempted, archive.string(), text != nullptr ? text : "libarchive gives no reason", hint};
}

}  // namespace

void pack(const fs::path& archive, const std::vector<PackedFile>& files) {
    AtomicFile file(archive);
    const Writer writer(archive_write_new());
    const auto check = [&](la_ssize_t result) {
        if (result < ARCHIVE_OK) throw problem("cannot write an archive", archive, writer.get());
    };
    check(archive_write_set_format_pax_restricted(writer.get()));
    check(archive_write_add_filter_xz(writer.get()));
    check(archive_write_open_fd(writer.get(), file.fd()));
    for (const PackedFile& each : files) {
        const Entry entry(archive_entry_new());
        archive_entry_set_pathname(entry.get(), each.name.c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_mtime(entry.get(), 0, 0);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(each.contents.size()));
        check(archive_write_header(writer.get(), entry.get()));
        check(archive_write_data(writer.get(), each.contents.data(), each.contents.size()));
    }
    check(archive_write_close(writer.get()));
    file.commit();
}

std::optional<std::string> read_first_member(const fs::path& archive, const std::string& name, std::size_t limit) {
    constexpr const char* attempted = "cannot read an archive";
    constexpr const char* hint = "the file is truncated, damaged, or not a tar archive";
    const Reader reader(archive_read_new());
    archive_read_support_format_tar(reader.get());
    archive_read_support_filter_xz(reader.get());
    if (archive_read_open_filename(reader.get(), archive.c_str(), read_block) != ARCHIVE_OK) {
        throw problem(attempted, archive, reader.get(), hint);
    }
    struct archive_entry* entry = nullptr;
    const int found = archive_read_next_header(reader.get(), &entry);
    if (found == ARCHIVE_EOF) return std::nullopt;
    if (found < ARCHIVE_WARN) throw problem(attempted, archive, reader.get(), hint);
    // None where the locale cannot show it.
    const char* first = archive_entry_pathname(entry);
    if (first == nullptr || name != first || archive_entry_filetype(entry) != AE_IFREG) return std::nullopt;
    const auto size = static_cast<std::uint64_t>(archive_entry_size(entry));
    if (size > limit) {
        throw Error(
            attempted, archive.string(),
            fmt::format("member \"{}\" has {}, at most {} are read", name, human_size(size), human_size(limit)));
    }
    std::string contents(size, '\0');
    const la_ssize_t count = archive_read_data(reader.get(), contents.data(), contents.size());
    if (count < 0 || static_cast<std::uint64_t>(count) != size) throw problem(attempted, archive, reader.get(), hint);
    return contents;
}

}  // namespace pystacks::source
