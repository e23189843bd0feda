#include "scratch/shown_folder.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>

#include <pwd.h>

#include "base/names.hpp"
#include "scratch/secrets.hpp"

namespace pystacks::scratch {
namespace {

namespace fs = std::filesystem;

std::set<fs::path> homes_of_people() {
    std::set<fs::path> homes;
    if (const char* home = std::getenv("HOME")) homes.insert(home);
    ::setpwent();
    while (const passwd* user = ::getpwent()) {
        constexpr uid_t first_person = 1000;
        if (user->pw_uid == 0 || user->pw_uid >= first_person) homes.insert(user->pw_dir);
    }
    ::endpwent();
    return homes;
}

/// Whether somebody's home is @p folder, or in it.
bool holds_a_home(const fs::path& folder) {
    const std::set<fs::path> homes = homes_of_people();
    return std::any_of(homes.begin(), homes.end(), [&](const fs::path& home) {
        std::error_code problem;
        const fs::path real = fs::canonical(home, problem);
        return !problem && real != "/" && (real == folder || is_below(real.string(), folder.string()));
    });
}

std::vector<sandbox::Shown> look_at(const fs::path& folder) {
    using How = sandbox::Shown::How;
    const fs::path real = fs::canonical(folder);
    if (holds_a_home(real)) return {};
    std::vector<sandbox::Shown> shown{{How::read_only, real, folder}};
    for (const Secret& secret : secrets_below("/", real.relative_path())) {
        shown.push_back({How::hidden, secret.path, folder / secret.path.lexically_relative(real)});
    }
    return shown;
}

}  // namespace

const std::vector<sandbox::Shown>& shown_folder(const fs::path& folder) {
    static std::mutex one_at_a_time;
    static std::map<fs::path, std::vector<sandbox::Shown>> known;
    const std::lock_guard lock(one_at_a_time);
    auto place = known.find(folder);
    if (place == known.end()) place = known.emplace(folder, look_at(folder)).first;
    return place->second;
}

}  // namespace pystacks::scratch
