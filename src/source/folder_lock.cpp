#include "source/folder_lock.hpp"

#include <cerrno>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>

#include "base/error.hpp"
#include "process/interruption.hpp"
#include "source/arrival.hpp"

namespace pystacks::source {

FolderLock::FolderLock(const fs::path& folder, report::ProgressSink* progress)
    : fd_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    constexpr auto pause = std::chrono::milliseconds(200);
    if (!fd_) throw system_error(errno, "cannot open", folder.string());
    bool told = false;
    while (flock(fd_.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) continue;
        // A file system without locks is no reason not to fetch.
        if (errno != EWOULDBLOCK) return;
        process::throw_if_interrupted();
        if (!told) tell(progress, "waiting for another run that fetches into " + folder.string());
        told = true;
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace pystacks::source
