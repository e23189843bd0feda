#include "archive_builder.hpp"

#include <memory>
#include <stdexcept>

#include <archive.h>
#include <archive_entry.h>

namespace pystacks::source::test {

namespace {

using Entry = std::unique_ptr<struct archive_entry, decltype(&archive_entry_free)>;

Entry entry(const std::string& name, unsigned type, unsigned mode, std::time_t modified) {
    Entry result(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(result.get(), name.c_str());
    archive_entry_set_filetype(result.get(), type);
    archive_entry_set_perm(result.get(), static_cast<__LA_MODE_T>(mode));
    archive_entry_set_mtime(result.get(), modified, 0);
    archive_entry_set_uid(result.get(), 4711);
    archive_entry_set_size(result.get(), 0);
    return result;
}

void put(struct archive* writer, const Entry& member) {
    if (archive_write_header(writer, member.get()) != ARCHIVE_OK)
        throw std::runtime_error(archive_error_string(writer));
}

}  // namespace

ArchiveBuilder::ArchiveBuilder(const std::filesystem::path& file, Kind kind)
    : file_(file), writer_(archive_write_new()) {
    switch (kind) {
        case Kind::zip:
            archive_write_set_format_zip(writer_);
            break;
        case Kind::cpio:
            archive_write_set_format_cpio_newc(writer_);
            break;
        default:
            archive_write_set_format_gnutar(writer_);
    }
    if (kind == Kind::tar_gz) archive_write_add_filter_gzip(writer_);
    if (kind == Kind::tar_xz) archive_write_add_filter_xz(writer_);
    if (archive_write_open_filename(writer_, file.c_str()) != ARCHIVE_OK) throw std::runtime_error(file.string());
}

ArchiveBuilder::~ArchiveBuilder() { archive_write_free(writer_); }

ArchiveBuilder& ArchiveBuilder::file(const std::string& name, const std::string& contents, unsigned mode,
                                     std::time_t modified) {
    const Entry member = entry(name, AE_IFREG, mode, modified);
    archive_entry_set_size(member.get(), static_cast<la_int64_t>(contents.size()));
    put(writer_, member);
    archive_write_data(writer_, contents.data(), contents.size());
    return *this;
}

ArchiveBuilder& ArchiveBuilder::directory(const std::string& name, unsigned mode, std::time_t modified) {
    put(writer_, entry(name, AE_IFDIR, mode, modified));
    return *this;
}

ArchiveBuilder& ArchiveBuilder::symlink(const std::string& name, const std::string& target) {
    const Entry member = entry(name, AE_IFLNK, 0777, 1000000000);
    archive_entry_set_symlink(member.get(), target.c_str());
    put(writer_, member);
    return *this;
}

ArchiveBuilder& ArchiveBuilder::hard_link(const std::string& name, const std::string& existing) {
    const Entry member = entry(name, AE_IFREG, 0644, 1000000000);
    archive_entry_set_hardlink(member.get(), existing.c_str());
    put(writer_, member);
    return *this;
}

ArchiveBuilder& ArchiveBuilder::special(const std::string& name, unsigned type) {
    put(writer_, entry(name, type, 0644, 1000000000));
    return *this;
}

std::filesystem::path ArchiveBuilder::close() {
    if (archive_write_close(writer_) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(writer_));
    return file_;
}

}  // namespace pystacks::source::test
