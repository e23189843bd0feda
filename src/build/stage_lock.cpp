#include "build/stage_lock.hpp"

#include "process/interruption.hpp"

namespace pystacks::build {

FileLock lock_layout(const StageContext& context) {
    constexpr double patience_seconds = 60;
    make_directories(context.layout.root());
    return FileLock(context.layout.lock(), patience_seconds, [] { process::throw_if_interrupted(); });
}

}  // namespace pystacks::build
