#include "cli/guarded.hpp"

#include <cstdio>
#include <exception>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/error_text.hpp"

namespace pystacks::cli {

int guarded(const std::function<int()>& work) {
    int code = exit_code(ErrorKind::failed);
    try {
        code = work();
    } catch (const Error& error) {
        fmt::print(stderr, "{}", error_text(error));
        code = exit_code(error.kind());
    } catch (const std::exception& error) {
        fmt::print(stderr, "pystacks: unexpected error: {}\n", error.what());
    }
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        fmt::print(stderr, "pystacks: cannot write the results: standard output is closed or full\n");
        return exit_code(ErrorKind::failed);
    }
    return code;
}

}  // namespace pystacks::cli
