#include "source/archive.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "process/interruption.hpp"
#include "source/contained_writer.hpp"

namespace pystacks::source {

namespace {

constexpr std::size_t read_block = 256 * 1024;
constexpr std::uint64_t free_space_check_from = 1024 * 1024;

struct ReaderDeleter {
    void operator()(struct archive* reader) const noexcept { archive_read_free(reader); }
};
using Reader = std::unique_ptr<struct archive, ReaderDeleter>;

/// The formats and filters are named one by one: among all that libarchive knows, mtree reads files of the host that
/// the archive names, and some filters start programs.
void support_known_formats(struct archive* reader) {
    archive_read_support_format_tar(reader);
    archive_read_support_format_zip(reader);
    archive_read_support_format_cpio(reader);
    archive_read_support_format_7zip(reader);
    archive_read_support_filter_gzip(reader);
    archive_read_support_filter_bzip2(reader);
    archive_read_support_filter_xz(reader);
    archive_read_support_filter_lzma(reader);
    archive_read_support_filter_lzip(reader);
    archive_read_support_filter_zstd(reader);
    archive_read_support_filter_lz4(reader);
    archive_read_support_filter_compress(reader);
}

/// One unpacking, from opened archive to complete folder.
class Unpacking {
public:
    Unpacking(const fs::path& archive, const fs::path& folder, const UnpackLimits& limits,
              report::ProgressSink* progress)
        : archive_(archive), folder_(folder), limits_(limits), progress_(progress), writer_(folder) {}

    void run();

private:
    [[nodiscard]] bool next();
    void member();
    void regular_file();
    void data(int fd);
    void write_block(int fd, const char* bytes, std::size_t count, std::int64_t offset);
    void count_bytes(std::uint64_t more);
    void require_space(std::uint64_t bytes) const;
    void report_progress();
    [[nodiscard]] timespec modified() const;
    [[nodiscard]] Error problem(std::string reason, std::string hint = {}) const;
    [[nodiscard]] Error damaged() const;

    const fs::path& archive_;
    const fs::path& folder_;
    const UnpackLimits& limits_;
    report::ProgressSink* progress_;
    ContainedWriter writer_;
    Reader reader_{archive_read_new()};
    struct archive_entry* entry_ = nullptr;
    std::string name_;
    std::uint64_t files_ = 0;
    std::uint64_t bytes_ = 0;
    std::uint64_t archive_size_ = 0;
    std::uint64_t reported_percent_ = 0;
};

Error Unpacking::problem(std::string reason, std::string hint) const {
    std::string subject = archive_.string();
    if (!name_.empty()) subject += ": member \"" + name_ + "\"";
    return {"cannot unpack", std::move(subject), std::move(reason), std::move(hint)};
}

Error Unpacking::damaged() const {
    const char* text = archive_error_string(reader_.get());
    return problem(text != nullptr ? text : "the archive cannot be read",
                   "the archive is truncated, damaged, or of a kind that pystacks does not unpack "
                   "(tar, zip, cpio and 7-Zip are)");
}

void Unpacking::require_space(std::uint64_t bytes) const {
    struct statvfs status {};
    if (statvfs(folder_.c_str(), &status) != 0) return;
    const std::uint64_t available = std::uint64_t{status.f_bavail} * status.f_frsize;
    if (available >= bytes) return;
    throw problem(fmt::format("no space left: {} needed, {} available in {}", human_size(bytes), human_size(available),
                              folder_.parent_path().string()),
                  "free some space, or choose another folder");
}

void Unpacking::count_bytes(std::uint64_t more) {
    if (more > limits_.bytes - bytes_) {
        throw problem("it unpacks to more than " + human_size(limits_.bytes) + ", which is the limit");
    }
    bytes_ += more;
}

timespec Unpacking::modified() const {
    timespec time{};
    if (archive_entry_mtime_is_set(entry_) != 0) {
        time.tv_sec = archive_entry_mtime(entry_);
        time.tv_nsec = std::clamp(archive_entry_mtime_nsec(entry_), 0L, 999'999'999L);
    }
    return time;
}

void Unpacking::report_progress() {
    if (progress_ == nullptr || archive_size_ == 0) return;
    const auto read = static_cast<std::uint64_t>(std::max<std::int64_t>(0, archive_filter_bytes(reader_.get(), -1)));
    const std::uint64_t done = std::min(read, archive_size_);
    const std::uint64_t percent = done * 100 / archive_size_;
    if (percent <= reported_percent_) return;
    reported_percent_ = percent;
    report::ProgressEvent event;
    event.kind = report::ProgressEvent::Kind::advanced;
    event.lane = "stack";
    event.phase = "prep";
    event.done = done;
    event.total = archive_size_;
    progress_->post(event);
}

bool Unpacking::next() {
    name_.clear();
    const int result = archive_read_next_header(reader_.get(), &entry_);
    if (result == ARCHIVE_EOF) return false;
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) throw damaged();
    // A warning is a name that the locale cannot show; its bytes are there all the same.
    const char* name = archive_entry_pathname(entry_);
    if (name == nullptr) name = archive_entry_pathname_utf8(entry_);
    if (name == nullptr) throw problem("a member has no readable name");
    name_ = name;
    while (name_.size() > 1 && name_.back() == '/') name_.pop_back();
    return true;
}

void Unpacking::write_block(int fd, const char* bytes, std::size_t count, std::int64_t offset) {
    while (count > 0) {
        const ssize_t written = pwrite(fd, bytes, count, offset);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw system_error(errno, "cannot unpack", archive_.string() + ": member \"" + name_ + "\"");
        bytes += written;
        count -= static_cast<std::size_t>(written);
        offset += written;
    }
}

void Unpacking::data(int fd) {
    std::uint64_t end = 0;
    for (;;) {
        const void* bytes = nullptr;
        std::size_t count = 0;
        la_int64_t offset = 0;
        const int result = archive_read_data_block(reader_.get(), &bytes, &count, &offset);
        if (result == ARCHIVE_EOF) break;
        if (result != ARCHIVE_OK) throw damaged();
        process::throw_if_interrupted();
        if (offset < 0) throw damaged();
        const std::uint64_t block_end = static_cast<std::uint64_t>(offset) + count;
        if (block_end > end) {
            count_bytes(block_end - end);
            end = block_end;
        }
        write_block(fd, static_cast<const char*>(bytes), count, offset);
        report_progress();
    }
    // A sparse file may end with a hole, for which there is no block.
    const auto size = static_cast<std::uint64_t>(std::max<std::int64_t>(0, archive_entry_size(entry_)));
    if (size > end) {
        count_bytes(size - end);
        if (ftruncate(fd, static_cast<off_t>(size)) != 0) throw system_error(errno, "cannot unpack", name_);
    }
}

void Unpacking::regular_file() {
    const std::int64_t size = archive_entry_size_is_set(entry_) != 0 ? archive_entry_size(entry_) : 0;
    if (size < 0) throw damaged();
    if (static_cast<std::uint64_t>(size) > limits_.bytes - bytes_) count_bytes(static_cast<std::uint64_t>(size));
    if (static_cast<std::uint64_t>(size) >= free_space_check_from) require_space(static_cast<std::uint64_t>(size));
    const UniqueFd file = writer_.create_file(name_);
    data(file.get());
    using Mode = ContainedWriter::Mode;
    const Mode mode = (archive_entry_perm(entry_) & S_IXUSR) != 0 ? Mode::program : Mode::plain;
    ContainedWriter::set_attributes(file.get(), mode, modified(), name_);
}

void Unpacking::member() {
    if (++files_ > limits_.files)
        throw problem(fmt::format("it has more than {} members, which is the limit", limits_.files));
    if (archive_entry_is_encrypted(entry_) != 0) throw problem("it is encrypted");
    if (const char* existing = archive_entry_hardlink(entry_)) {
        writer_.make_hard_link(name_, existing);
        // Some tar and cpio dialects carry the content with the link.
        if (archive_entry_size(entry_) > 0) {
            const UniqueFd file = writer_.rewrite_file(name_);
            data(file.get());
        }
        return;
    }
    switch (archive_entry_filetype(entry_)) {
        case AE_IFREG:
            regular_file();
            break;
        case AE_IFDIR:
            writer_.make_directory(name_, modified());
            break;
        case AE_IFLNK: {
            const char* target = archive_entry_symlink(entry_);
            if (target == nullptr) target = archive_entry_symlink_utf8(entry_);
            writer_.make_symlink(name_, target != nullptr ? target : "", modified());
            break;
        }
        default:
            throw problem("it is neither file, folder nor link: devices, FIFOs and sockets are refused");
    }
}

void Unpacking::run() {
    std::error_code ignored;
    archive_size_ = fs::file_size(archive_, ignored);
    if (ignored) archive_size_ = 0;
    require_space(archive_size_);
    support_known_formats(reader_.get());
    if (archive_read_open_filename(reader_.get(), archive_.c_str(), read_block) != ARCHIVE_OK) throw damaged();
    try {
        while (next()) {
            process::throw_if_interrupted();
            member();
            report_progress();
        }
    } catch (const ContainedWriter::Refusal& refusal) {
        throw problem(refusal.reason, "the archive is not what it should be; nothing of it was kept");
    }
    if (files_ == 0) throw problem("it is empty");
    name_ = writer_.finish();
    if (!name_.empty()) {
        throw problem("it is a link that leads out of the archive",
                      "the archive is not what it should be; nothing of it was kept");
    }
}

}  // namespace

void unpack(const fs::path& archive, const fs::path& target, const UnpackLimits& limits,
            report::ProgressSink* progress) {
    const fs::path destination = target.has_filename() ? target : target.parent_path();
    fs::path partial = destination;
    partial += ".partial";
    std::error_code error;
    if (fs::exists(fs::symlink_status(destination, error)) && !fs::is_empty(destination, error)) {
        throw Error("cannot unpack", archive.string(), destination.string() + " exists already");
    }
    remove_tree(partial);
    make_directories(partial);
    try {
        Unpacking(archive, partial, limits, progress).run();
        fs::rename(partial, destination, error);
        if (error) throw system_error(error.value(), "cannot unpack into", destination.string());
    } catch (...) {
        try {
            remove_tree(partial);
        } catch (const Error&) {
            // The first error is the one to tell; what is left over is removed by the next run.
        }
        throw;
    }
}

}  // namespace pystacks::source
