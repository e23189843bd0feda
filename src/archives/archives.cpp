#include "archives/archives.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

namespace pystacks::archives {
namespace {

template <auto Function>
struct Deleter {
    template <class T>
    void operator()(T* object) const noexcept {
        Function(object);
    }
};
using ReadHandle = std::unique_ptr<struct archive, Deleter<archive_read_free>>;
using WriteHandle = std::unique_ptr<struct archive, Deleter<archive_write_free>>;
using Entry = std::unique_ptr<struct archive_entry, Deleter<archive_entry_free>>;

constexpr std::size_t read_block = 256 * 1024;

std::string said_by(struct archive* handle) {
    const char* text = archive_error_string(handle);
    return text != nullptr ? text : "";
}

/// The formats and filters are named one by one: among all that libarchive knows, mtree reads files of the host that
/// the archive names, and some filters start programs.
void support_sources(struct archive* handle) {
    archive_read_support_format_tar(handle);
    archive_read_support_format_zip(handle);
    archive_read_support_format_cpio(handle);
    archive_read_support_format_7zip(handle);
    archive_read_support_filter_gzip(handle);
    archive_read_support_filter_bzip2(handle);
    archive_read_support_filter_xz(handle);
    archive_read_support_filter_lzma(handle);
    archive_read_support_filter_lzip(handle);
    archive_read_support_filter_zstd(handle);
    archive_read_support_filter_lz4(handle);
    archive_read_support_filter_compress(handle);
}

void support(struct archive* handle, Formats formats) {
    switch (formats) {
        case Formats::sources:
            support_sources(handle);
            break;
        case Formats::tar_xz:
            archive_read_support_format_tar(handle);
            archive_read_support_filter_xz(handle);
            break;
        case Formats::zip:
            archive_read_support_format_zip(handle);
            break;
    }
}

/// A name or target: its bytes, and where the locale cannot show those, UTF-8.
std::string text_of(const char* bytes, const char* utf8) {
    if (bytes != nullptr) return bytes;
    return utf8 != nullptr ? utf8 : "";
}

Kind kind_of(struct archive_entry* entry) {
    if (archive_entry_hardlink(entry) != nullptr) return Kind::hard_link;
    switch (archive_entry_filetype(entry)) {
        case AE_IFREG:
            return Kind::file;
        case AE_IFDIR:
            return Kind::folder;
        case AE_IFLNK:
            return Kind::symlink;
        default:
            return Kind::other;
    }
}

Member member_of(struct archive_entry* entry) {
    Member member;
    member.name = text_of(archive_entry_pathname(entry), archive_entry_pathname_utf8(entry));
    member.kind = kind_of(entry);
    if (member.kind == Kind::hard_link) member.target = archive_entry_hardlink(entry);
    if (member.kind == Kind::symlink) {
        member.target = text_of(archive_entry_symlink(entry), archive_entry_symlink_utf8(entry));
    }
    if (archive_entry_size_is_set(entry) != 0) member.size = archive_entry_size(entry);
    member.program = (archive_entry_perm(entry) & S_IXUSR) != 0;
    member.encrypted = archive_entry_is_encrypted(entry) != 0;
    if (archive_entry_mtime_is_set(entry) != 0) {
        constexpr long last_nanosecond = 999'999'999;
        member.modified.tv_sec = archive_entry_mtime(entry);
        member.modified.tv_nsec = std::clamp(archive_entry_mtime_nsec(entry), 0L, last_nanosecond);
    }
    return member;
}

class LibarchiveReader : public Reader {
public:
    LibarchiveReader(const std::filesystem::path& archive, Formats formats) {
        support(handle_.get(), formats);
        opened_ = archive_read_open_filename(handle_.get(), archive.c_str(), read_block) == ARCHIVE_OK;
    }

    Step next(Member& member) override {
        if (!opened_) return Step::failed;
        struct archive_entry* entry = nullptr;
        const int result = archive_read_next_header(handle_.get(), &entry);
        if (result == ARCHIVE_EOF) return Step::end;
        // A warning is a name that the locale cannot show; its bytes are there all the same.
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) return Step::failed;
        member = member_of(entry);
        return Step::more;
    }

    Step read(Block& block) override {
        const void* bytes = nullptr;
        la_int64_t offset = 0;
        const int result = archive_read_data_block(handle_.get(), &bytes, &block.count, &offset);
        if (result == ARCHIVE_EOF) return Step::end;
        if (result != ARCHIVE_OK) return Step::failed;
        block.bytes = static_cast<const char*>(bytes);
        block.offset = offset;
        return Step::more;
    }

    [[nodiscard]] std::uint64_t consumed() const override {
        return static_cast<std::uint64_t>(std::max<std::int64_t>(0, archive_filter_bytes(handle_.get(), -1)));
    }

    [[nodiscard]] std::string why() const override { return said_by(handle_.get()); }

private:
    ReadHandle handle_{archive_read_new()};
    bool opened_ = false;
};

bool write_file(struct archive* handle, const File& file) {
    const Entry entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), file.name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), 0, 0);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.contents.size()));
    return archive_write_header(handle, entry.get()) >= ARCHIVE_OK &&
           archive_write_data(handle, file.contents.data(), file.contents.size()) >= ARCHIVE_OK;
}

bool write_files(struct archive* handle, int fd, const std::vector<File>& files) {
    return archive_write_set_format_pax_restricted(handle) >= ARCHIVE_OK &&
           archive_write_add_filter_xz(handle) >= ARCHIVE_OK && archive_write_open_fd(handle, fd) >= ARCHIVE_OK &&
           std::all_of(files.begin(), files.end(), [&](const File& file) { return write_file(handle, file); }) &&
           archive_write_close(handle) >= ARCHIVE_OK;
}

}  // namespace
}  // namespace pystacks::archives

void pystacks_archives_open(const std::filesystem::path& archive, pystacks::archives::Formats formats,
                            std::unique_ptr<pystacks::archives::Reader>& reader) {
    reader = std::make_unique<pystacks::archives::LibarchiveReader>(archive, formats);
}

void pystacks_archives_pack(int fd, const std::vector<pystacks::archives::File>& files, std::string& why) {
    const pystacks::archives::WriteHandle writer(archive_write_new());
    if (pystacks::archives::write_files(writer.get(), fd, files)) return;
    why = pystacks::archives::said_by(writer.get());
    if (why.empty()) why = "libarchive gives no reason";
}
