#include "cli/guarded.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "cli/error_event.hpp"

namespace pystacks::cli {

int guarded(const std::function<int()>& work) {
    int code = exit_code(ErrorKind::failed);
    try {
        code = work();
    } catch (const Error& error) {
        code = report_error(error);
    } catch (const std::filesystem::filesystem_error& error) {
        const std::string path = error.path1().empty() ? error.path2().string() : error.path1().string();
        code = report_error(system_error(error.code().value(), "cannot go on", path));
    } catch (const std::exception& error) {
        code = report_unexpected(std::string("unexpected error: ") + error.what());
    }
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        return report_error({"cannot write the results", "", "standard output is closed or full"});
    }
    return code;
}

}  // namespace pystacks::cli
