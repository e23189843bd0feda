#include "source/source_signature.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/names.hpp"
#include "base/temporary_directory.hpp"
#include "source/arrival.hpp"
#include "source/download.hpp"
#include "source/folder_lock.hpp"
#include "source/signature.hpp"

namespace pystacks::source {

namespace {

using signatures::Verdict;

class SignatureSearch {
public:
    SignatureSearch(const SignedSource& signed_source, const FetchOptions& options, Fetched& fetched)
        : source_(signed_source),
          options_(options),
          fetched_(fetched),
          name_(file_name_of_url(signed_source.source.signature)),
          place_(options.folder / name_),
          keyring_(find_keyring()) {}

    void run();

private:
    [[nodiscard]] fs::path find_keyring() const;
    [[nodiscard]] bool try_file(const fs::path& signature);
    [[nodiscard]] bool try_folders();
    [[nodiscard]] bool try_network();
    [[nodiscard]] bool try_url();
    [[nodiscard]] bool try_distribution();
    void missing() const;
    void note(const std::string& way, const std::string& why) { tried_ += "\n  " + way + ": " + why; }

    const SignedSource& source_;
    const FetchOptions& options_;
    Fetched& fetched_;
    std::string name_;
    fs::path place_;
    fs::path keyring_;
    std::string tried_;
};

fs::path SignatureSearch::find_keyring() const {
    for (const fs::path& folder : {source_.stack_folder, options_.folder}) {
        if (fs::is_regular_file(folder / source_.source.keyring)) return folder / source_.source.keyring;
    }
    throw Error("cannot verify the signature of", source_.file.string(),
                "the keyring " + (source_.stack_folder / source_.source.keyring).string() + " does not exist");
}

/// @return whether @p signature settled the matter; false when it is none
bool SignatureSearch::try_file(const fs::path& signature) {
    const SignatureCheck check = check_signature(source_.file, signature, keyring_);
    if (check.verdict == Verdict::good) {
        fetched_.signature = signature;
        fetched_.keyring = keyring_;
        fetched_.verified_by = check.fingerprint;
        return true;
    }
    const bool is_ours = signature == place_;
    if (check.verdict == Verdict::none) {
        const std::string digest = sha256_file(signature);
        note(signature.string(), check.reason);
        if (is_ours) (void)set_aside(signature, place_, digest);
        return false;
    }
    std::string hint;
    if (check.verdict == Verdict::bad) {
        hint = "do not use it";
        if (is_ours) hint += "; the signature is now " + set_aside(signature, place_, sha256_file(signature)).string();
        if (source_.file == options_.folder / source_.file.filename()) {
            hint += "; the file is now " + set_aside(source_.file, source_.file, source_.source.sha256).string();
        }
    } else if (check.verdict == Verdict::unknown_key) {
        hint =
            "if the release has a new manager, get their key from the project's own site, and check it before it goes "
            "into " +
            keyring_.string();
    }
    throw Error("cannot trust", source_.file.string(), signature.filename().string() + ": " + check.reason, hint);
}

bool SignatureSearch::try_folders() {
    if (fs::exists(place_) && try_file(place_)) return true;
    for (const fs::path& folder : options_.also_look_in) {
        if (!fs::exists(folder / name_)) continue;
        bring_in(folder / name_, place_);
        if (try_file(place_)) return true;
    }
    const fs::path beside = source_.stack_folder / name_;
    if (beside != place_ && fs::exists(beside)) {
        bring_in(beside, place_);
        if (try_file(place_)) return true;
    }
    if (!source_.arrived_with_it) return false;
    bring_in(*source_.arrived_with_it, place_);
    return try_file(place_);
}

bool SignatureSearch::try_url() {
    const std::string& url = source_.source.signature;
    if (!has_scheme(url)) return false;
    fs::path part = place_;
    part += ".part";
    try {
        fs::remove(part);  // a few hundred bytes: not worth to resume
        download(url, part, nullptr);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted) throw;
        fs::remove(part);
        note(url, error.reason());
        return false;
    }
    fs::rename(part, place_);
    return try_file(place_);
}

bool SignatureSearch::try_distribution() {
    const stack::Source& source = source_.source;
    if (!source.distribution || source_.distribution_asked) return false;
    for (const std::string& suite : source.distribution->suites) {
        const std::string way = fmt::format("source package {} ({})", source.distribution->package, suite);
        tell(options_.progress, "asking the distribution for the signature: " + way);
        const TemporaryDirectory scratch(temporary_folder(), "pystacks-apt");
        DistributionFiles files;
        try {
            files = fetch_from_distribution(
                {source.distribution->package, suite, source_.upstream_version, source.sha256, source_.file},
                options_.host, scratch.path());
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::interrupted) throw;
            note(way, error.reason());
            continue;
        }
        if (!files.signature) {
            note(way, "it has no signature");
            continue;
        }
        bring_in(*files.signature, place_);
        if (try_file(place_)) return true;
    }
    return false;
}

bool SignatureSearch::try_network() {
    if (options_.network == FetchOptions::Network::offline) {
        note("network", "not asked (offline)");
        return false;
    }
    const FolderLock lock(options_.folder, options_.progress);
    if (try_url()) return true;
    // Fetching the indexes of a distribution takes longer than a signature is worth that may be missing.
    return source_.source.signature_required && try_distribution();
}

void SignatureSearch::missing() const {
    const std::string reason =
        "its signature " + name_ + " cannot be had:\n  " + place_.string() + ": there is no such file" + tried_;
    if (source_.source.signature_required) {
        throw Error("cannot verify the signature of", source_.file.string(), reason,
                    "put " + name_ + " into " + options_.folder.string() +
                        ", or write signature-required = false in stack.toml, so that the sha256 is enough");
    }
    warn(options_.progress,
         source_.file.filename().string() + ": " + reason +
             "\n  continuing, because its sha256 is right and stack.toml says signature-required = false");
}

void SignatureSearch::run() {
    if (!problem_of_file_name(name_).empty()) {
        throw Error(ErrorKind::usage, "cannot fetch", source_.source.signature, "this URL names no file");
    }
    if (try_folders() || try_network()) return;
    missing();
}

}  // namespace

void verify_source(const SignedSource& signed_source, const FetchOptions& options, Fetched& fetched) {
    SignatureSearch(signed_source, options, fetched).run();
}

}  // namespace pystacks::source
