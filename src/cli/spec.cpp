#include "cli/spec.hpp"

#include "cli/print.hpp"
#include "rpm/render.hpp"
#include "stackbuild/workspace.hpp"

namespace pystacks::cli::spec {

void add_to(Arguments& app, Options& options) {
    app.add_option("STACK", options.stack, "a stack's name, its folder or its stack.toml").required();
}

int run(const Options& options) {
    print_data(rpm::render_spec(stackbuild::load_stack(options.stack, {})));
    return 0;
}

}  // namespace pystacks::cli::spec
