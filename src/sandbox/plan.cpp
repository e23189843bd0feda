#include "sandbox/plan.hpp"

#include <set>
#include <string_view>

#include "base/error.hpp"
#include "base/file.hpp"
#include "sandbox/system_call_filter.hpp"
#include "sandbox/user_namespace.hpp"

namespace pystacks::sandbox {
namespace {

/// What all sandboxes of this process share.
struct Shared {
    UniqueFd user_namespace = make_user_namespace();
    std::vector<sock_filter> filter = make_system_call_filter();
};

Shared& shared() {
    static Shared all;  // one thread makes it, the others wait; tried again after an exception
    return all;
}

void require_usable(const Sandbox& sandbox) {
    const auto refuse = [](const fs::path& path, const char* why) {
        throw Error("cannot make a sandbox", path.string(), why);
    };
    if (sandbox.shows.empty() || sandbox.shows.front().inside != "/") refuse("/", "nothing is shown there");
    const bool in_memory = sandbox.shows.front().how == Shown::How::memory;
    for (const Shown& shown : sandbox.shows) {
        if (!shown.inside.is_absolute()) refuse(shown.inside, "the path is relative");
        if (!in_memory && &shown != &sandbox.shows.front()) refuse(shown.inside, "its root is not in memory");
    }
}

Plan::Mount mount_of(const Shown& shown) {
    Plan::Mount mount;
    mount.how = shown.how;
    const fs::path inside = shown.inside.lexically_normal();
    mount.inside = inside == "/" ? new_root : new_root + inside.string();
    if (inside != "/") {
        std::string parent = new_root;
        for (const fs::path& part : inside.parent_path().relative_path()) {
            parent += "/" + part.string();
            mount.parents.push_back(parent);
        }
    }
    const bool shows_a_path = shown.how == Shown::How::writable || shown.how == Shown::How::read_only;
    mount.folder = shows_a_path || shown.how == Shown::How::hidden ? fs::is_directory(shown.what) : true;
    // /tmp is covered while the root is built; links on the way would lead to the wrong root.
    mount.what = shows_a_path ? old_root + fs::canonical(shown.what).string() : shown.what.string();
    return mount;
}

/// What is shown in a hidden folder needs its mount point there.
void mark_holders(std::vector<Plan::Mount>& mounts) {
    std::set<std::string_view> holders;
    for (const Plan::Mount& mount : mounts) {
        if (mount.how != Shown::How::hidden) holders.insert(mount.parents.begin(), mount.parents.end());
    }
    for (Plan::Mount& mount : mounts) mount.holds_mounts = holders.contains(mount.inside);
}

}  // namespace

Plan::Plan(const Sandbox& sandbox)
    : user_namespace_(shared().user_namespace.get()),
      filter_{static_cast<unsigned short>(shared().filter.size()), shared().filter.data()},
      terminal_(sandbox.terminal) {
    require_usable(sandbox);
    if (!sandbox.inner_root.empty()) {
        inner_devices_ = new_root + (sandbox.inner_root / "dev").string();
        inner_processes_ = new_root + (sandbox.inner_root / "proc").string();
    }
    for (const Shown& shown : sandbox.shows) mounts_.push_back(mount_of(shown));
    mark_holders(mounts_);
}

}  // namespace pystacks::sandbox
