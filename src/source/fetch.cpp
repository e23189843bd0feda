#include "source/fetch.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/names.hpp"
#include "base/temporary_directory.hpp"
#include "source/arrival.hpp"
#include "source/download.hpp"
#include "source/folder_lock.hpp"
#include "source/source_signature.hpp"

namespace pystacks::source {

namespace {

using Kind = report::ProgressEvent::Kind;

/// The search for one source's bytes. Each way returns whether it brought them, and notes why not.
class SourceSearch {
public:
    SourceSearch(const stack::Source& source, const std::string& version, const fs::path& stack_folder,
                 const FetchOptions& options);
    Fetched run();

private:
    void search();
    [[nodiscard]] Fetched local_file() const;
    [[nodiscard]] bool find();
    [[nodiscard]] bool ask_network();
    [[nodiscard]] bool try_source_folder();
    [[nodiscard]] bool try_other_folders();
    [[nodiscard]] bool try_url();
    [[nodiscard]] bool take_part();
    [[nodiscard]] bool try_distribution();
    [[nodiscard]] bool try_suite(const std::string& suite);
    void check_description() const;
    void post(Kind kind, const std::string& text) const;
    [[nodiscard]] Error nothing_found() const;
    void note(const std::string& way, const std::string& why) { tried_ += "\n  " + way + ": " + why; }

    const stack::Source& source_;
    const std::string& version_;
    const fs::path& stack_folder_;
    const FetchOptions& options_;
    std::string name_;
    fs::path place_;
    fs::path part_;
    Fetched fetched_;
    SignedSource signed_;
    std::optional<TemporaryDirectory> scratch_;  // the signature from the source package is there
    std::string tried_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

SourceSearch::SourceSearch(const stack::Source& source, const std::string& version, const fs::path& stack_folder,
                           const FetchOptions& options)
    : source_(source),
      version_(version),
      stack_folder_(stack_folder),
      options_(options),
      name_(source.file_name()),
      place_(options.folder / name_),
      part_(options.folder / (name_ + ".part")),
      signed_{source, version, stack_folder, place_, false, std::nullopt} {}

void SourceSearch::post(Kind kind, const std::string& text) const {
    if (options_.progress == nullptr) return;
    report::ProgressEvent event;
    event.kind = kind;
    event.lane = "stack";
    event.phase = "fetch";
    event.text = text;
    event.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    options_.progress->post(event);
}

void SourceSearch::check_description() const {
    if (!problem_of_file_name(name_).empty()) {
        throw Error(ErrorKind::usage, "cannot fetch", source_.url, "this URL names no file");
    }
    const bool is_digest =
        source_.sha256.size() == 64 && source_.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_digest) {
        throw Error(ErrorKind::usage, "cannot fetch", source_.url,
                    "its sha256 \"" + source_.sha256 + "\" is not 64 lower-case hexadecimal digits");
    }
}

Fetched SourceSearch::local_file() const {
    const fs::path relative(source_.url);
    if (relative.is_absolute() || std::find(relative.begin(), relative.end(), "..") != relative.end()) {
        throw Error(ErrorKind::usage, "cannot fetch", source_.url, "a local source is a file beside stack.toml");
    }
    for (const fs::path& file : {stack_folder_ / relative, options_.folder / relative.filename()}) {
        if (!fs::is_regular_file(file)) continue;
        const std::string found = source_.sha256.empty() ? std::string() : sha256_file(file);
        if (found != source_.sha256) {
            throw Error("cannot use the source", file.string(), "it " + digest_mismatch(found, source_.sha256));
        }
        return {file, std::nullopt, std::nullopt, "beside stack.toml", {}};
    }
    throw Error("cannot find the source", (stack_folder_ / relative).string(),
                "there is no such file beside stack.toml");
}

bool SourceSearch::try_source_folder() {
    if (!fs::exists(place_)) {
        note(place_.string(), "there is no such file");
        return false;
    }
    const std::string found = sha256_file(place_);
    if (found != source_.sha256) {
        const fs::path rejected = set_aside(place_, place_, found);
        const std::string why =
            digest_mismatch(found, source_.sha256) + "; set aside as " + rejected.filename().string();
        note(place_.string(), why);
        warn(options_.progress, place_.string() + " " + why);
        return false;
    }
    fetched_.origin = "source folder";
    return true;
}

bool SourceSearch::try_other_folders() {
    for (const fs::path& folder : options_.also_look_in) {
        const fs::path candidate = folder / name_;
        std::error_code error;
        if (!fs::is_regular_file(candidate) || fs::equivalent(folder, options_.folder, error)) continue;
        const std::string found = sha256_file(candidate);
        if (found != source_.sha256) {
            note(candidate.string(), digest_mismatch(found, source_.sha256));
            continue;
        }
        bring_in(candidate, place_);
        fetched_.origin = folder.string();
        return true;
    }
    return false;
}

/// Gives the downloaded file its name when it has the right digest.
bool SourceSearch::take_part() {
    if (!fs::exists(part_) || sha256_file(part_) != source_.sha256) return false;
    fs::rename(part_, place_);
    fetched_.origin = source_.url;
    return true;
}

bool SourceSearch::try_url() {
    // A run may have been killed between the last byte and the renaming.
    if (take_part()) return true;
    bool resumed = fs::exists(part_);
    tell(options_.progress, (resumed ? "resuming " : "downloading ") + source_.url);
    for (;;) {
        try {
            download(source_.url, part_, options_.progress);
        } catch (const Error& error) {
            std::error_code ignored;
            if (fs::exists(part_) && fs::file_size(part_, ignored) == 0) fs::remove(part_, ignored);
            if (error.kind() == ErrorKind::interrupted) throw;
            note(source_.url, error.reason());
            return false;
        }
        if (take_part()) return true;
        // What was resumed may have been the beginning of something else: once more, from the start.
        if (!resumed) break;
        fs::remove(part_);
        resumed = false;
    }
    const std::string found = sha256_file(part_);
    const fs::path rejected = set_aside(part_, place_, found);
    note(source_.url, "the downloaded file " + digest_mismatch(found, source_.sha256) + "; set aside as " +
                          rejected.filename().string());
    return false;
}

bool SourceSearch::try_suite(const std::string& suite) {
    const std::string& package = source_.distribution->package;
    const std::string way = fmt::format("distribution source package {} ({})", package, suite);
    tell(options_.progress, "asking the distribution: source package " + package + " (" + suite + ")");
    scratch_.emplace(temporary_folder(), "pystacks-apt");
    try {
        DistributionFiles files =
            fetch_from_distribution({package, suite, version_, source_.sha256, {}}, options_.host, scratch_->path());
        bring_in(files.file, place_);
        fetched_.origin = fmt::format("distribution source package {} {} ({})", package, files.version, suite);
        signed_.distribution_asked = true;
        signed_.arrived_with_it = std::move(files.signature);
        return true;
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted) throw;
        note(way, error.reason());
        return false;
    }
}

bool SourceSearch::try_distribution() {
    if (!source_.distribution) {
        note("distribution source package", "stack.toml names none");
        return false;
    }
    return std::any_of(source_.distribution->suites.begin(), source_.distribution->suites.end(),
                       [this](const std::string& suite) { return try_suite(suite); });
}

bool SourceSearch::ask_network() {
    if (options_.network == FetchOptions::Network::offline) {
        note(source_.url, "not asked (offline)");
        return false;
    }
    const FolderLock lock(options_.folder, options_.progress);
    // Whoever held the lock may have fetched it.
    if (fs::exists(place_) && try_source_folder()) return true;
    post(Kind::started, name_);
    return try_url() || try_distribution();
}

bool SourceSearch::find() { return try_source_folder() || try_other_folders() || ask_network(); }

Error SourceSearch::nothing_found() const {
    return {"cannot fetch", name_, "every way failed:" + tried_,
            fmt::format("get the file by other means and put it there: {}; its sha256 has to be {}", place_.string(),
                        source_.sha256)};
}

/// A failure is not an event. The code that catches the error reports it, with all the ways that were tried.
Fetched SourceSearch::run() {
    search();
    const bool was_there = fetched_.origin == "source folder" || fetched_.origin == "beside stack.toml";
    post(was_there ? Kind::skipped : Kind::finished, name_ + " (" + fetched_.origin + ")");
    return std::move(fetched_);
}

void SourceSearch::search() {
    make_directories(options_.folder);
    if (!has_scheme(source_.url)) {
        fetched_ = local_file();
        signed_.file = fetched_.file;
    } else {
        check_description();
        if (!find()) throw nothing_found();
        fetched_.file = place_;
    }
    if (source_.signature.empty()) return;
    verify_source(signed_, options_, fetched_);
}

}  // namespace

Fetched fetch(const stack::Source& source, const std::string& upstream_version,
              const std::filesystem::path& stack_folder, const FetchOptions& options) {
    return SourceSearch(source, upstream_version, stack_folder, options).run();
}

}  // namespace pystacks::source
