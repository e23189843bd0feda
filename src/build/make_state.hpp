#pragma once

#include <string>

#include "base/input_list.hpp"
#include "build/stamp.hpp"

namespace pystacks::build {

/// What is known of a configuration's build folder when its make has no stamp.
///
/// A killed compiler can leave half an object with a new time, which make would take for a whole one. So a note
/// "running" is written before make starts. It becomes "interrupted" when make ended by itself after SIGTERM, since
/// make removes the targets that it was making; only then may the next run resume in the same folder.
class MakeState {
public:
    MakeState(const Stamps& stamps, const std::string& configuration);

    enum class Folder {
        fresh,        ///< no make has run in it
        interrupted,  ///< a make with the same key was stopped cleanly: resume there
        unreliable,   ///< a make was killed or failed, or had other arguments: configure again
    };
    [[nodiscard]] Folder folder(const InputList& key) const;

    /// Whether a make has been started that is not known to have come to its end.
    [[nodiscard]] bool was_started() const;

    void started(const InputList& key) const;
    void stopped_cleanly() const;  ///< after an interruption
    void distrust() const;         ///< a folder that was stopped cleanly must not be used after all
    void finished() const;         ///< after the stamp was written
    void forget() const;           ///< the folder was removed

private:
    std::filesystem::path running_, interrupted_;
    bool has_stamp_;
};

}  // namespace pystacks::build
