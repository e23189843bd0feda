#include "source/download.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstdint>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/shared_object.hpp"
#include "base/text.hpp"
#include "http/http.hpp"
#include "process/interruption.hpp"

namespace pystacks::source {

namespace {

constexpr const char* cannot_write = "cannot write";
constexpr std::uint64_t largest_download = std::uint64_t{8} << 30U;
/// Tries in a row after which no more of the file is there than before.
constexpr int most_fruitless_tries = 2;
constexpr int most_tries = 100;

/// Appends what one request brings to the partial file.
class Transfer : public http::Receiver {
public:
    Transfer(const fs::path& part, report::ProgressSink* progress)
        : progress_(progress), file_(open(part.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
        if (!file_) throw system_error(errno, cannot_write, part.string());
        struct stat status {};
        if (fstat(file_.get(), &status) == 0) resumed_from_ = static_cast<std::uint64_t>(status.st_size);
    }

    http::Answer perform(const std::string& url) {
        static auto* const get = function_of<http::Get>(http::object, http::get_symbol);
        http::Answer answer;
        get({url, resumed_from_, largest_download - std::min(resumed_from_, largest_download)}, *this, answer);
        process::throw_if_interrupted();
        return answer;
    }

    [[nodiscard]] int write_error() const noexcept { return write_error_; }  ///< errno

private:
    bool begin(long status) override {
        constexpr long partial_content = 206;
        if (resumed_from_ == 0 || status == partial_content) return true;
        resumed_from_ = 0;
        if (ftruncate(file_.get(), 0) == 0) return true;
        write_error_ = errno;
        return false;
    }

    bool accept(const char* bytes, std::size_t count) override {
        received_ += count;
        while (count > 0) {
            const ssize_t written = write(file_.get(), bytes, count);
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) {
                write_error_ = errno;
                return false;
            }
            bytes += written;
            count -= static_cast<std::size_t>(written);
        }
        return true;
    }

    bool advanced(std::uint64_t total) override {
        report(total);
        return !process::interruption_requested();
    }

    void report(std::uint64_t total);

    report::ProgressSink* progress_;
    UniqueFd file_;
    std::uint64_t resumed_from_ = 0;
    std::uint64_t received_ = 0;
    int write_error_ = 0;
    std::chrono::steady_clock::time_point reported_;
};

void Transfer::report(std::uint64_t total) {
    constexpr auto pause = std::chrono::milliseconds(100);
    const auto now = std::chrono::steady_clock::now();
    if (progress_ == nullptr || received_ == 0) return;
    const bool complete = total > 0 && received_ == total;
    if (!complete && now - reported_ < pause) return;
    reported_ = now;
    report::ProgressEvent event;
    event.kind = report::ProgressEvent::Kind::advanced;
    event.lane = "stack";
    event.phase = "fetch";
    event.done = resumed_from_ + received_;
    event.total = total > 0 ? resumed_from_ + total : 0;
    progress_->post(event);
}

std::string describe(const http::Answer& answer) {
    if (answer.end == http::Answer::End::refused) return fmt::format("the server answers {}", answer.status);
    if (answer.end == http::Answer::End::too_long) return "there is more than " + human_size(largest_download);
    return answer.text;
}

}  // namespace

bool has_scheme(const std::string& text) noexcept {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || std::isalpha(static_cast<unsigned char>(text[0])) == 0)
        return false;
    for (std::size_t i = 1; i < colon; ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (std::isalnum(c) == 0 && c != '+' && c != '-' && c != '.') return false;
    }
    return true;
}

void download(const std::string& url, const fs::path& part, report::ProgressSink* progress) {
    constexpr long range_not_satisfiable = 416;
    std::uintmax_t best = 0;
    int fruitless = 0;
    for (int tries = 1;; ++tries) {
        Transfer transfer(part, progress);
        const http::Answer answer = transfer.perform(url);
        if (answer.end == http::Answer::End::complete) return;
        if (transfer.write_error() != 0) throw system_error(transfer.write_error(), cannot_write, part.string());
        if (answer.status == range_not_satisfiable && fs::exists(part) && fs::file_size(part) > 0) {
            // As long as the whole file, or longer: of no use, whatever it is.
            fs::remove(part);
            if (++fruitless < most_fruitless_tries) continue;
        }
        std::error_code ignored;
        const std::uintmax_t size = fs::exists(part, ignored) ? fs::file_size(part) : 0;
        fruitless = size > best ? 0 : fruitless + 1;
        best = std::max(best, size);
        if (answer.end != http::Answer::End::lost || fruitless >= most_fruitless_tries || tries >= most_tries) {
            throw Error("cannot download", url, describe(answer));
        }
    }
}

}  // namespace pystacks::source
