#include "cli/guarded.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "cli/error_event.hpp"
#include "cli/print.hpp"

namespace pystacks::cli {

int guarded(const std::function<int()>& work) {
    try {
        const int code = work();
        finish_printing();
        return code;
    } catch (const Error& error) {
        std::fflush(stdout);
        return report_error(error);
    } catch (const std::filesystem::filesystem_error& error) {
        const std::string path = error.path1().empty() ? error.path2().string() : error.path1().string();
        std::fflush(stdout);
        return report_error(system_error(error.code().value(), "cannot continue", path));
    } catch (const std::exception& error) {
        std::fflush(stdout);
        return report_unexpected(std::string("unexpected error: ") + error.what());
    }
}

}  // namespace pystacks::cli
