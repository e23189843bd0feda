#include "source/download.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "process/interruption.hpp"

namespace pystacks::source {

namespace {

constexpr long connect_timeout_seconds = 20;
constexpr long stalled_after_seconds = 30;
constexpr long most_redirects = 10;
constexpr curl_off_t largest_download = curl_off_t{8} << 30;
/// Tries in a row after which no more of the file is there than before.
constexpr int most_fruitless_tries = 2;
constexpr int most_tries = 100;

struct EasyDeleter {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;

/// One request, which appends to the partial file.
class Transfer {
public:
    Transfer(const std::string& url, const fs::path& part, report::ProgressSink* progress);

    struct Result {
        CURLcode code = CURLE_OK;
        long status = 0;
        int write_error = 0;  ///< errno
        std::string text;
    };
    Result perform();

private:
    static std::size_t on_data(char* bytes, std::size_t size, std::size_t count, void* self);
    static int on_progress(void* self, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t);
    bool accept(const char* bytes, std::size_t count);
    [[nodiscard]] bool begin();
    void set_options();
    void limit_protocols();
    void report(curl_off_t total);

    const std::string& url_;
    report::ProgressSink* progress_;
    UniqueFd file_;
    Easy easy_{curl_easy_init()};
    std::uint64_t resumed_from_ = 0;
    std::uint64_t received_ = 0;
    bool begun_ = false;
    int write_error_ = 0;
    std::chrono::steady_clock::time_point reported_;
    char error_text_[CURL_ERROR_SIZE] = {};
};

Transfer::Transfer(const std::string& url, const fs::path& part, report::ProgressSink* progress)
    : url_(url), progress_(progress), file_(open(part.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
    if (!file_) throw system_error(errno, "cannot write", part.string());
    if (!easy_) throw Error("cannot download", url, "libcurl cannot be initialised");
    struct stat status {};
    if (fstat(file_.get(), &status) == 0) resumed_from_ = static_cast<std::uint64_t>(status.st_size);
    set_options();
}

void Transfer::limit_protocols() {
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(easy_.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy_.get(), CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(easy_.get(), CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
    curl_easy_setopt(easy_.get(), CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
}

void Transfer::set_options() {
    CURL* handle = easy_.get();
    limit_protocols();
    curl_easy_setopt(handle, CURLOPT_URL, url_.c_str());
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "pystacks/" PYSTACKS_VERSION);
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(handle, CURLOPT_MAXREDIRS, most_redirects);
    curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, connect_timeout_seconds);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, stalled_after_seconds);
    curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, largest_download);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error_text_);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Transfer::on_data);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, this);
    // A range and not RESUME_FROM, so that a server which cannot resume may simply send everything (see begin()).
    if (resumed_from_ > 0) curl_easy_setopt(handle, CURLOPT_RANGE, fmt::format("{}-", resumed_from_).c_str());
}

/// With the first byte of the answer it is known whether the server resumes.
bool Transfer::begin() {
    begun_ = true;
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (resumed_from_ == 0 || status == 206) return true;
    resumed_from_ = 0;
    if (ftruncate(file_.get(), 0) == 0) return true;
    write_error_ = errno;
    return false;
}

bool Transfer::accept(const char* bytes, std::size_t count) {
    if (!begun_ && !begin()) return false;
    if (resumed_from_ + received_ + count > static_cast<std::uint64_t>(largest_download)) return false;
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

std::size_t Transfer::on_data(char* bytes, std::size_t size, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->accept(bytes, size * count) ? size * count : 0;
}

int Transfer::on_progress(void* self, curl_off_t total, curl_off_t, curl_off_t, curl_off_t) {
    static_cast<Transfer*>(self)->report(total);
    return process::interruption_requested() ? 1 : 0;
}

void Transfer::report(curl_off_t total) {
    constexpr auto pause = std::chrono::milliseconds(100);
    const auto now = std::chrono::steady_clock::now();
    if (progress_ == nullptr || received_ == 0) return;
    const bool complete = total > 0 && received_ == static_cast<std::uint64_t>(total);
    if (!complete && now - reported_ < pause) return;
    reported_ = now;
    report::ProgressEvent event;
    event.kind = report::ProgressEvent::Kind::advanced;
    event.lane = "stack";
    event.phase = "fetch";
    event.done = resumed_from_ + received_;
    event.total = total > 0 ? resumed_from_ + static_cast<std::uint64_t>(total) : 0;
    progress_->post(event);
}

Transfer::Result Transfer::perform() {
    Result result;
    result.code = curl_easy_perform(easy_.get());
    process::throw_if_interrupted();
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &result.status);
    result.write_error = write_error_;
    result.text = error_text_[0] != '\0' ? error_text_ : curl_easy_strerror(result.code);
    return result;
}

/// Whether the connection broke, as opposed to an answer that another try will not change.
bool was_lost(CURLcode code) noexcept {
    switch (code) {
        case CURLE_PARTIAL_FILE:
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_OPERATION_TIMEDOUT:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
            return true;
        default:
            return false;
    }
}

std::string describe(const Transfer::Result& result) {
    if (result.code == CURLE_HTTP_RETURNED_ERROR) return fmt::format("the server answers {}", result.status);
    if (result.code == CURLE_WRITE_ERROR || result.code == CURLE_FILESIZE_EXCEEDED) {
        return "there is more than " + human_size(static_cast<std::uint64_t>(largest_download));
    }
    return result.text;
}

void initialise_curl() {
    // Not thread-safe in itself; a local static is.
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) throw Error("cannot download", "", curl_easy_strerror(code));
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
    initialise_curl();
    std::uintmax_t best = 0;
    int fruitless = 0;
    for (int tries = 1;; ++tries) {
        const Transfer::Result result = Transfer(url, part, progress).perform();
        if (result.code == CURLE_OK) return;
        if (result.write_error != 0) throw system_error(result.write_error, "cannot write", part.string());
        if (result.status == range_not_satisfiable && fs::exists(part) && fs::file_size(part) > 0) {
            // As long as the whole file, or longer: of no use, whatever it is.
            fs::remove(part);
            if (++fruitless < most_fruitless_tries) continue;
        }
        std::error_code ignored;
        const std::uintmax_t size = fs::exists(part, ignored) ? fs::file_size(part) : 0;
        fruitless = size > best ? 0 : fruitless + 1;
        best = std::max(best, size);
        if (!was_lost(result.code) || fruitless >= most_fruitless_tries || tries >= most_tries) {
            throw Error("cannot download", url, describe(result));
        }
    }
}

}  // namespace pystacks::source
