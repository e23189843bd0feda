#include "source/archive.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "archives/archives.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/shared_object.hpp"
#include "base/text.hpp"
#include "process/interruption.hpp"
#include "source/contained_writer.hpp"

namespace pystacks::source {

namespace {

constexpr std::uint64_t free_space_check_from = 1024 * 1024;

std::unique_ptr<archives::Reader> open(const fs::path& archive) {
    static auto* const open = function_of<archives::Open>(archives::object, archives::open_symbol);
    std::unique_ptr<archives::Reader> reader;
    open(archive, archives::Formats::sources, reader);
    return reader;
}

/// One unpacking, from opened archive to complete folder.
class Unpacking {
public:
    Unpacking(const fs::path& archive, const fs::path& folder, const UnpackLimits& limits,
              report::ProgressSink* progress)
        : archive_(archive),
          folder_(folder),
          limits_(limits),
          progress_(progress),
          writer_(folder),
          reader_(open(archive)) {}

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
    [[nodiscard]] Error problem(std::string reason, std::string hint = {}) const;
    [[nodiscard]] Error damaged() const;

    const fs::path& archive_;
    const fs::path& folder_;
    const UnpackLimits& limits_;
    report::ProgressSink* progress_;
    ContainedWriter writer_;
    std::unique_ptr<archives::Reader> reader_;
    archives::Member member_;
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
    const std::string why = reader_->why();
    return problem(!why.empty() ? why : "the archive cannot be read",
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

void Unpacking::report_progress() {
    if (progress_ == nullptr || archive_size_ == 0) return;
    const std::uint64_t done = std::min(reader_->consumed(), archive_size_);
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
    const archives::Step step = reader_->next(member_);
    if (step == archives::Step::end) return false;
    if (step == archives::Step::failed) throw damaged();
    if (member_.name.empty()) throw problem("a member has no readable name");
    name_ = member_.name;
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
    archives::Block block;
    for (;;) {
        const archives::Step step = reader_->read(block);
        if (step == archives::Step::end) break;
        if (step == archives::Step::failed || block.offset < 0) throw damaged();
        process::throw_if_interrupted();
        const std::uint64_t block_end = static_cast<std::uint64_t>(block.offset) + block.count;
        if (block_end > end) {
            count_bytes(block_end - end);
            end = block_end;
        }
        write_block(fd, block.bytes, block.count, block.offset);
        report_progress();
    }
    // A sparse file may end with a hole, for which there is no block.
    const auto size = static_cast<std::uint64_t>(std::max<std::int64_t>(0, member_.size));
    if (size > end) {
        count_bytes(size - end);
        if (ftruncate(fd, static_cast<off_t>(size)) != 0) throw system_error(errno, "cannot unpack", name_);
    }
}

void Unpacking::regular_file() {
    const std::int64_t size = member_.size;
    if (size < 0) throw damaged();
    if (static_cast<std::uint64_t>(size) > limits_.bytes - bytes_) count_bytes(static_cast<std::uint64_t>(size));
    if (static_cast<std::uint64_t>(size) >= free_space_check_from) require_space(static_cast<std::uint64_t>(size));
    const UniqueFd file = writer_.create_file(name_);
    data(file.get());
    using Mode = ContainedWriter::Mode;
    const Mode mode = member_.program ? Mode::program : Mode::plain;
    ContainedWriter::set_attributes(file.get(), mode, member_.modified, name_);
}

void Unpacking::member() {
    if (++files_ > limits_.files)
        throw problem(fmt::format("it has more than {} members, which is the limit", limits_.files));
    if (member_.encrypted) throw problem("it is encrypted");
    switch (member_.kind) {
        case archives::Kind::hard_link:
            writer_.make_hard_link(name_, member_.target);
            // Some tar and cpio dialects carry the content with the link.
            if (member_.size > 0) {
                const UniqueFd file = writer_.rewrite_file(name_);
                data(file.get());
            }
            break;
        case archives::Kind::file:
            regular_file();
            break;
        case archives::Kind::folder:
            writer_.make_directory(name_, member_.modified);
            break;
        case archives::Kind::symlink:
            writer_.make_symlink(name_, member_.target, member_.modified);
            break;
        case archives::Kind::other:
            throw problem("it is neither file, folder nor link: devices, FIFOs and sockets are refused");
    }
}

void Unpacking::run() {
    std::error_code ignored;
    archive_size_ = fs::file_size(archive_, ignored);
    if (ignored) archive_size_ = 0;
    require_space(archive_size_);
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
