#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/standard_descriptors.hpp"
#include "cli/error_event.hpp"
#include "cli/print.hpp"
#include "cli/registry.hpp"
#include "log/setup.hpp"
#include "process/interruption.hpp"
#include "rpm/worker.hpp"

namespace {

int dispatch(int argc, char** argv) {
    pystacks::process::install_signal_handlers();
    const int code = pystacks::cli::run(argc, argv);
    pystacks::cli::finish_printing();
    return code;
}

/// Whatever happens becomes a message and an exit code.
int guarded_dispatch(int argc, char** argv) {
    using pystacks::cli::report_unexpected;
    try {
        return dispatch(argc, argv);
    } catch (const pystacks::Error& error) {
        std::fflush(stdout);
        return pystacks::cli::report_error(error);
    } catch (const std::bad_alloc&) {
        return report_unexpected("out of memory");
    } catch (const std::exception& error) {
        std::fflush(stdout);
        return report_unexpected(std::string("unexpected error: ") + error.what());
    }
}

}  // namespace

int main(int argc, char** argv) {
    pystacks::take_closed_standard_descriptors();
    // librpm keeps global state, so whatever needs it runs in a process of its own: this program again.
    if (argc > 1 && std::string_view(argv[1]) == "rpm-worker") return pystacks::rpm::worker_main();
    const int code = guarded_dispatch(argc, argv);
    pystacks::log::finish(code);
    return code;
}
