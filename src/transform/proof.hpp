#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "transform/transformation.hpp"

namespace pystacks::transform {

/// What rpm reads in the original and in the changed spec, compared.
struct Proof {
    enum class State { holds, not_parsed, broken };
    State state = State::not_parsed;
    std::string detail;  ///< what rpm said, why it could not, or what differs
};

struct ProofRequest {
    std::filesystem::path spec;     ///< its folder is where sources and includes are looked for
    std::string original, changed;  ///< texts
    std::filesystem::path macros;   ///< macros.pydebug
    std::filesystem::path lua;      ///< the folder of pydebug.lua, which these macros load
    /// Definitions that are read in addition where the original does not parse without them.
    std::vector<std::filesystem::path> extra_macros;
    /// Whether the three texts are read at the same time. Where many specs are proved at the same time, one after the
    /// other takes no longer.
    bool at_once = false;
};

/// For @p spec as it was and as it was changed. @param macros the folder of macros.pydebug and macros.pydebug-compat;
/// the Lua that they load is beside it
[[nodiscard]] ProofRequest proof_request(const Transformation& done, const std::filesystem::path& spec,
                                         const std::filesystem::path& macros);

/// Runs rpmspec in sandboxes, as specs run programs while rpm reads them. Switched off, the changed spec has to be the
/// original; switched on, each of the original's sections has to be there, with nothing but what the macros add to it.
[[nodiscard]] Proof prove(const ProofRequest& request);

/// Whether @p on, as rpm expands it, has all that @p off has; a sentence about what it lacks, or nothing.
[[nodiscard]] std::string lacks(const std::string& off, const std::string& on);

}  // namespace pystacks::transform
