#include "cli/clean.hpp"

#include <cstdint>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "stackbuild/output_folder.hpp"
#include "stackbuild/rpm_run.hpp"

namespace pystacks::cli::clean {

void add_to(Arguments& app, Options& options) {
    options.output = stackbuild::RpmRunRequest().output;
    app.add_option("--output", options.output, "the folder that the build wrote to").type_name("DIR").show_default();
}

int run(const Options& options) {
    const std::uint64_t freed = stackbuild::remove_remade(fs::absolute(options.output).lexically_normal());
    if (freed == 0) {
        log::say(log::Level::info, "nothing to remove in " + options.output.string());
    } else {
        log::say(log::Level::info, fmt::format("removed {} from {}; the packages are still there", human_size(freed),
                                               options.output.string()));
    }
    return 0;
}

}  // namespace pystacks::cli::clean
