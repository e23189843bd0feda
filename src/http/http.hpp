#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

/// One HTTP request, made by libcurl. The shared object pystacks-http.so has it (see base/shared_object.hpp).
namespace pystacks::http {

struct Request {
    std::string url;
    std::uint64_t from = 0;  ///< the first byte that is asked for; a server may send the whole file all the same
    std::uint64_t most = 0;  ///< bytes that are accepted
};

/// Gets what arrives. Each function returns false to end the transfer.
class Receiver {
public:
    virtual ~Receiver() = default;
    /// Called once, before the first byte. @param status of the answer: 206 when it starts at Request::from
    virtual bool begin(long status) = 0;
    virtual bool accept(const char* bytes, std::size_t count) = 0;
    /// Called at least once a second. @param total bytes of this answer, 0 when that is not known
    virtual bool advanced(std::uint64_t total) = 0;
};

struct Answer {
    enum class End {
        complete,
        refused,   ///< by the server, with a status of 400 or more
        lost,      ///< the connection broke; another try may get more
        too_long,  ///< more than Request::most
        stopped,   ///< by the receiver
        failed,    ///< anything else, as the text says
    };
    End end = End::failed;
    long status = 0;   ///< 0: there was no answer
    std::string text;  ///< libcurl's words
};

inline constexpr const char* object = "pystacks-http.so";

using Get = void(const Request& request, Receiver& receiver, Answer& answer);
inline constexpr const char* get_symbol = "pystacks_http_get";

}  // namespace pystacks::http

/// Fills @p answer. http and https alone, redirections included; the proxies of the environment, as curl uses them.
extern "C" [[gnu::visibility("default")]] pystacks::http::Get pystacks_http_get;
