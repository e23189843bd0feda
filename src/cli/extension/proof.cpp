#include "cli/extension/proof.hpp"

#include "host/data_folders.hpp"

namespace pystacks::cli::extension {
namespace {

transform::ProofRequest request_of(const transform::Transformation& done, const std::filesystem::path& spec) {
    const std::filesystem::path macros = host::data_folders().macros_file.parent_path();
    return {.spec = spec,
            .original = done.original->bytes(),
            .changed = done.text,
            .macros = macros / "macros.pydebug",
            .lua = macros.parent_path() / "lua",
            .extra_macros = {macros / "macros.pydebug-compat"}};
}

}  // namespace

transform::Proof prove(const transform::Transformation& done, const std::filesystem::path& spec) {
    transform::ProofRequest request = request_of(done, spec);
    request.at_once = true;
    return transform::prove(request);
}

transform::Proof prove_one_of_many(const transform::Transformation& done, const std::filesystem::path& spec) {
    return transform::prove(request_of(done, spec));
}

}  // namespace pystacks::cli::extension
