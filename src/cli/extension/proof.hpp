#pragma once

#include <filesystem>

#include "transform/proof.hpp"
#include "transform/transformation.hpp"

namespace pystacks::cli::extension {

/// Has rpm read @p spec as it was and as it was changed, with the macros that belong to this program.
[[nodiscard]] transform::Proof prove(const transform::Transformation& done, const std::filesystem::path& spec);

/// The same, for a thread beside others that do it.
[[nodiscard]] transform::Proof prove_one_of_many(const transform::Transformation& done,
                                                 const std::filesystem::path& spec);

}  // namespace pystacks::cli::extension
