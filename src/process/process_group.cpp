#include "process/process_group.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <thread>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"

namespace pystacks::process {

namespace {

constexpr std::chrono::seconds patience{5};

/// Whether /proc/PID/stat tells of a process of @p group that runs: "PID (NAME) STATE PPID PGRP …".
bool runs_in_group(const std::string& stat, pid_t group) {
    // The name may hold anything, parentheses too; nothing after it does.
    const std::size_t name_end = stat.rfind(')');
    if (name_end == std::string::npos) return false;
    const std::vector<std::string> fields = split_words(std::string_view(stat).substr(name_end + 1));
    if (fields.size() < 3 || fields[2] != std::to_string(group)) return false;
    return fields[0] != "Z" && fields[0] != "X";
}

bool wait_until_gone(pid_t group, const std::function<void()>& meanwhile) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const bool gone = !group_is_running(group);
        meanwhile();  // after the question, so that the group's last words are read
        if (gone) return true;
        if (std::chrono::steady_clock::now() >= deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

}  // namespace

bool group_is_running(pid_t group) {
    if (::kill(-group, 0) != 0) return false;
    std::error_code error;
    fs::directory_iterator entry("/proc", error);
    if (error) return true;  // without /proc the leader's own zombie cannot be told from a running process
    for (; entry != fs::directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isdigit(c) != 0; })) continue;
        try {
            if (runs_in_group(read_file(entry->path() / "stat"), group)) return true;
        } catch (const Error&) {
            continue;  // it ended while we looked
        }
    }
    return false;
}

void stop_group(pid_t group, const std::function<void()>& meanwhile) {
    ::kill(-group, SIGTERM);
    ::kill(-group, SIGCONT);  // a stopped process would not see SIGTERM
    if (wait_until_gone(group, meanwhile)) return;
    ::kill(-group, SIGKILL);
    wait_until_gone(group, meanwhile);
}

}  // namespace pystacks::process
