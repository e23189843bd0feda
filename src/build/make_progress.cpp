#include "build/make_progress.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks::build {
namespace {

constexpr auto sampling_interval = std::chrono::milliseconds(200);
constexpr std::size_t longest_line = 1U << 20U;

bool separates_words(char c) { return std::string_view(" \t\n\\:;'\"()=").find(c) != std::string_view::npos; }

}  // namespace

std::uint64_t count_objects(std::string_view makefile) {
    std::set<std::string_view> names;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= makefile.size(); ++i) {
        if (i < makefile.size() && !separates_words(makefile[i])) continue;
        const std::string_view word = makefile.substr(begin, i - begin);
        begin = i + 1;
        // "%.o", ".c.o" and "*.o" are rules and patterns, no objects.
        if (word.size() > 2 && word.ends_with(".o") && !word.starts_with('.') &&
            word.find_first_of("%*?$@") == std::string_view::npos) {
            names.insert(word);
        }
    }
    return names.size();
}

bool compiles_object(std::string_view line) {
    if (line.find(" -c ") == std::string_view::npos) return false;
    const auto output = line.find(" -o ");
    if (output == std::string_view::npos) return line.find(".c") != std::string_view::npos;
    const std::string_view rest = line.substr(output + 4);
    return rest.substr(0, rest.find(' ')).ends_with(".o");
}

struct MakeWatcher::Impl {
    report::ProgressSink& progress;
    report::ProgressEvent event;
    std::ifstream log;
    std::string pending;
    std::mutex mutex;
    std::condition_variable stop_requested;
    bool stopping = false;
    std::thread thread;

    explicit Impl(report::ProgressSink& sink) : progress(sink) {}

    void sample() {
        const std::uint64_t before = event.done;
        std::string piece(1U << 16U, '\0');
        log.clear();
        while (log.read(piece.data(), static_cast<std::streamsize>(piece.size())) || log.gcount() > 0) {
            pending.append(piece, 0, static_cast<std::size_t>(log.gcount()));
            count_finished_lines();
        }
        if (event.done == before) return;
        report::ProgressEvent shown = event;
        if (shown.total > 0) shown.done = std::min(shown.done, shown.total);
        progress.post(shown);
    }

    void count_finished_lines() {
        std::size_t begin = 0;
        for (auto end = pending.find('\n'); end != std::string::npos; end = pending.find('\n', begin)) {
            if (compiles_object(std::string_view(pending).substr(begin, end - begin))) ++event.done;
            begin = end + 1;
        }
        pending.erase(0, begin);
        if (pending.size() > longest_line) pending.clear();
    }

    void watch() {
        std::unique_lock lock(mutex);
        while (!stop_requested.wait_for(lock, sampling_interval, [this] { return stopping; })) {
            lock.unlock();
            sample();
            lock.lock();
        }
    }
};

MakeWatcher::MakeWatcher(report::ProgressSink& progress, std::string lane, std::filesystem::path log,
                         const std::filesystem::path& makefile)
    : impl_(std::make_unique<Impl>(progress)) {
    impl_->event.kind = report::ProgressEvent::Kind::advanced;
    impl_->event.lane = std::move(lane);
    impl_->event.phase = "make";
    impl_->event.log = log.string();
    try {
        impl_->event.total = count_objects(read_file(makefile));
    } catch (const Error&) {
        impl_->event.total = 0;  // the count only decorates
    }
    impl_->log.open(log, std::ios::binary);
    impl_->thread = std::thread([impl = impl_.get()] { impl->watch(); });
}

MakeWatcher::~MakeWatcher() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->stop_requested.notify_all();
    impl_->thread.join();
}

}  // namespace pystacks::build
