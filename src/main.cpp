#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "cli/error_text.hpp"
#include "cli/registry.hpp"
#include "process/interruption.hpp"
#include "rpm/worker.hpp"

namespace {

int report(std::string_view text, pystacks::ErrorKind kind) {
    std::fflush(stdout);
    std::fwrite(text.data(), 1, text.size(), stderr);
    return pystacks::exit_code(kind);
}

int dispatch(int argc, char** argv) {
    // librpm keeps global state, so whatever needs it runs in a process of its own: this program again.
    if (argc > 1 && std::string_view(argv[1]) == "rpm-worker") return pystacks::rpm::worker_main();
    pystacks::process::install_signal_handlers();
    const int code = pystacks::cli::run(argc, argv);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        throw pystacks::Error("cannot write the results", "standard output", "it is closed or full");
    }
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    using pystacks::ErrorKind;
    try {
        return dispatch(argc, argv);
    } catch (const pystacks::Error& error) {
        return report(pystacks::cli::error_text(error), error.kind());
    } catch (const std::bad_alloc&) {
        return report("pystacks: out of memory\n", ErrorKind::failed);
    } catch (const std::exception& error) {
        return report(std::string("pystacks: unexpected error: ") + error.what() + "\n", ErrorKind::failed);
    }
}
