#include <memory>
#include <string>

#include <curl/curl.h>

#include "http/http.hpp"

namespace pystacks::http {
namespace {

constexpr long connect_timeout_seconds = 20;
constexpr long stalled_after_seconds = 30;
constexpr long most_redirects = 10;

struct EasyDeleter {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;

class Transfer {
public:
    Transfer(const Request& request, Receiver& receiver) : receiver_(receiver), most_(request.most) {
        if (easy_) set_options(request);
    }

    Answer perform() {
        if (!easy_) return {Answer::End::failed, 0, "libcurl cannot be initialised"};
        const CURLcode code = curl_easy_perform(easy_.get());
        return {end_of(code), status(), error_text_[0] != '\0' ? error_text_ : curl_easy_strerror(code)};
    }

private:
    static std::size_t on_data(char* bytes, std::size_t size, std::size_t count, void* self) {
        return static_cast<Transfer*>(self)->accept(bytes, size * count) ? size * count : 0;
    }

    static int on_progress(void* self, curl_off_t total, curl_off_t, curl_off_t, curl_off_t) {
        const auto known = static_cast<std::uint64_t>(total > 0 ? total : 0);
        return static_cast<Transfer*>(self)->receiver_.advanced(known) ? 0 : 1;
    }

    /// With the first byte of the answer it is known whether the server resumes.
    bool accept(const char* bytes, std::size_t count) {
        if (!begun_ && !receiver_.begin(status())) return false;
        begun_ = true;
        received_ += count;
        too_long_ = received_ > most_;
        return !too_long_ && receiver_.accept(bytes, count);
    }

    [[nodiscard]] long status() const {
        long status = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
        return status;
    }

    [[nodiscard]] Answer::End end_of(CURLcode code) const noexcept {
        switch (code) {
            case CURLE_OK:
                return Answer::End::complete;
            case CURLE_HTTP_RETURNED_ERROR:
                return Answer::End::refused;
            case CURLE_FILESIZE_EXCEEDED:
                return Answer::End::too_long;
            case CURLE_WRITE_ERROR:
            case CURLE_ABORTED_BY_CALLBACK:
                return too_long_ ? Answer::End::too_long : Answer::End::stopped;
            case CURLE_PARTIAL_FILE:
            case CURLE_RECV_ERROR:
            case CURLE_SEND_ERROR:
            case CURLE_GOT_NOTHING:
            case CURLE_OPERATION_TIMEDOUT:
            case CURLE_HTTP2:
            case CURLE_HTTP2_STREAM:
                return Answer::End::lost;
            default:
                return Answer::End::failed;
        }
    }

    void limit_protocols() {
#if LIBCURL_VERSION_NUM >= 0x075500
        curl_easy_setopt(easy_.get(), CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy_.get(), CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
        curl_easy_setopt(easy_.get(), CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
        curl_easy_setopt(easy_.get(), CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
    }

    void set_options(const Request& request) {
        CURL* handle = easy_.get();
        limit_protocols();
        curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
        curl_easy_setopt(handle, CURLOPT_USERAGENT, "pystacks/" PYSTACKS_VERSION);
        curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
        curl_easy_setopt(handle, CURLOPT_MAXREDIRS, most_redirects);
        curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L);
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, connect_timeout_seconds);
        curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
        curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, stalled_after_seconds);
        curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.most));
        curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error_text_);
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Transfer::on_data);
        curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
        curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
        curl_easy_setopt(handle, CURLOPT_XFERINFODATA, this);
        // A range and not RESUME_FROM, so that a server which cannot resume may simply send everything.
        if (request.from > 0) curl_easy_setopt(handle, CURLOPT_RANGE, (std::to_string(request.from) + "-").c_str());
    }

    Receiver& receiver_;
    Easy easy_{curl_easy_init()};
    std::uint64_t most_;
    std::uint64_t received_ = 0;
    bool begun_ = false;
    bool too_long_ = false;
    char error_text_[CURL_ERROR_SIZE] = {};
};

}  // namespace
}  // namespace pystacks::http

void pystacks_http_get(const pystacks::http::Request& request, pystacks::http::Receiver& receiver,
                       pystacks::http::Answer& answer) {
    // Not thread-safe in itself; a local static is.
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) {
        answer = {pystacks::http::Answer::End::failed, 0, curl_easy_strerror(code)};
        return;
    }
    answer = pystacks::http::Transfer(request, receiver).perform();
}
