#include "cli/extension/proof.hpp"

#include "cli/data_folders.hpp"

namespace pystacks::cli::extension {

transform::Proof prove(const transform::Transformation& done, const std::filesystem::path& spec) {
    const std::filesystem::path macros = data_folders().macros_file.parent_path();
    return transform::prove(
        {spec, done.original->bytes(), done.text, macros / "macros.pydebug", {macros / "macros.pydebug-compat"}});
}

}  // namespace pystacks::cli::extension
