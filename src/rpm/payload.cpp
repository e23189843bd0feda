#include "rpm/payload.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <rpm/rpmcrypto.h>
#include <rpm/rpmfi.h>
#include <rpm/rpmfiles.h>
#include <rpm/rpmtd.h>
#include <sys/statvfs.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "process/interruption.hpp"
#include "rpm/package_header.hpp"

namespace pystacks::rpm {

namespace {

constexpr std::uint64_t space_to_leave = std::uint64_t{64} << 20U;  // bytes

[[noreturn]] void damaged(const std::filesystem::path& package, const std::string& reason) {
    throw Error(ErrorKind::usage, "cannot read the payload", package.string(), reason,
                "is the file complete? Build or copy it again");
}

/// The archive within a payload, one member after the other, in the archive's order.
class Archive {
public:
    explicit Archive(const std::filesystem::path& path) : path_(path), package_(open_package(path)) {
        const char* compressor = headerGetString(package_.header.get(), RPMTAG_PAYLOADCOMPRESSOR);
        const std::string mode = std::string("r.") + (compressor != nullptr ? compressor : "gzip");
        // Puts the decompressor on top of the same handle.
        if (Fdopen(package_.file.get(), mode.c_str()) == nullptr) {
            throw Error("cannot read the payload", path.string(),
                        fmt::format("this rpm does not know its compression, {}", mode.substr(2)));
        }
        files_.reset(rpmfilesNew(nullptr, package_.header.get(), RPMTAG_BASENAMES, RPMFI_FLAGS_QUERY));
        members_.reset(rpmfiNewArchiveReader(package_.file.get(), files_.get(), RPMFI_ITER_READ_ARCHIVE));
        if (!members_) damaged(path, "its header does not list the files");
    }

    /// Goes to the next member. @return false behind the last.
    bool next() {
        process::throw_if_interrupted();
        const int status = rpmfiNext(members_.get());
        if (status >= 0) return true;
        if (status != RPMERR_ITER_END) fail(status);
        return false;
    }

    /// Whether the member's bytes stand here; of hard links only one member has them.
    [[nodiscard]] bool has_content() const { return rpmfiArchiveHasContent(members_.get()) != 0; }

    [[nodiscard]] std::string digest() const {
        int algorithm = 0;
        std::size_t size = 0;
        const unsigned char* bytes = rpmfiFDigest(members_.get(), &algorithm, &size);
        return hexadecimal(bytes, size);
    }

    /// Writes the member's bytes to @p target and checks their digest.
    void read_to(const std::filesystem::path& target) {
        const Owned<FD_t, Fclose> out{Fopen(target.c_str(), "w.ufdio")};
        if (!out || Ferror(out.get()) != 0) throw system_error(errno, "cannot write", target.string());
        const int status = rpmfiArchiveReadToFile(members_.get(), out.get(), 0);
        if (status == RPMERR_WRITE_FAILED) throw system_error(errno, "cannot write", target.string());
        if (status != 0) fail(status);
    }

private:
    struct Free {
        void operator()(char* text) const noexcept { std::free(text); }  // NOLINT: rpm allocates it with malloc
    };

    [[noreturn]] void fail(int status) const {
        const char* name = rpmfiFN(members_.get());
        const std::string at = name != nullptr && *name != '\0' ? fmt::format(" at {}", name) : std::string();
        const std::unique_ptr<char, Free> said{rpmfileStrerror(status)};
        damaged(path_, fmt::format("it is cut off or damaged{}: {}", at, said ? said.get() : "unknown"));
    }

    std::filesystem::path path_;
    OpenPackage package_;
    Owned<rpmfiles, rpmfilesFree> files_;
    Owned<rpmfi, rpmfiFree> members_;
};

// Under other names in rpm 6.
constexpr rpmTagVal payload_digest = 5092;
constexpr rpmTagVal payload_digest_algorithm = 5093;

/// The first string of an array tag; empty when there is none.
std::string first_string(Header header, rpmTagVal tag) {
    rpmtd_s data{};
    if (headerGet(header, tag, &data, HEADERGET_MINMEM) == 0) return {};
    const char* text = rpmtdNextString(&data);
    std::string result = text == nullptr ? "" : text;
    rpmtdFreeData(&data);
    return result;
}

/// The digest of all that is left to read.
std::string digest_of_rest(FD_t file, int algorithm, const std::filesystem::path& path) {
    DIGEST_CTX context = rpmDigestInit(algorithm, RPMDIGEST_NONE);
    if (context == nullptr) damaged(path, fmt::format("this rpm does not know digest algorithm {}", algorithm));
    std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): only what was read is looked at
    ssize_t got = 0;
    while ((got = Fread(buffer.data(), 1, buffer.size(), file)) > 0) {
        if (process::interruption_requested()) break;
        rpmDigestUpdate(context, buffer.data(), static_cast<std::size_t>(got));
    }
    void* bytes = nullptr;
    std::size_t size = 0;
    rpmDigestFinal(context, &bytes, &size, 0);
    std::string text = hexadecimal(static_cast<unsigned char*>(bytes), size);
    std::free(bytes);  // NOLINT: rpm allocates it with malloc
    process::throw_if_interrupted();
    if (got < 0 || Ferror(file) != 0) throw system_error(errno, "cannot read the payload", path.string());
    return text;
}

void check_space(const std::filesystem::path& folder, std::uint64_t needed) {
    struct statvfs disk {};
    if (::statvfs(folder.c_str(), &disk) != 0) throw system_error(errno, "cannot unpack into", folder.string());
    const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
    if (needed <= free && free - needed >= space_to_leave) return;
    throw Error("cannot unpack into", folder.string(),
                fmt::format("{} are needed, {} are free", human_size(needed), human_size(free)),
                "set TMPDIR to a folder with more space");
}

}  // namespace

void check_payload(const std::filesystem::path& package) {
    const OpenPackage opened = open_package(package);
    const std::string expected = first_string(opened.header.get(), payload_digest);
    if (expected.empty()) {
        Archive archive(package);
        while (archive.next()) {
        }
        return;
    }
    // Packages of format 6 do not say the algorithm: the tag is that of SHA-256 there.
    constexpr int sha256 = 8;
    const auto named = static_cast<int>(headerGetNumber(opened.header.get(), payload_digest_algorithm));
    const int algorithm = named == 0 ? sha256 : named;
    if (digest_of_rest(opened.file.get(), algorithm, package) != expected) {
        damaged(package, "it is cut off or damaged: its digest is not the one in the header");
    }
}

std::filesystem::path unpacked_content(const std::filesystem::path& folder, const std::string& digest) {
    return folder / digest;
}

void unpack_contents(const Package& package, const std::set<std::string>& digests,
                     const std::filesystem::path& folder) {
    std::set<std::string> missing = digests;
    std::uint64_t needed = 0;
    for (const PackageFile& file : package.files) {
        if (file.is_regular() && missing.erase(file.digest) > 0) needed += file.size;
    }
    check_space(folder, needed);

    missing = digests;
    Archive archive(package.file);
    while (!missing.empty() && archive.next()) {
        if (!archive.has_content()) continue;
        const std::string digest = archive.digest();
        if (missing.erase(digest) > 0) archive.read_to(unpacked_content(folder, digest));
    }
    if (missing.empty()) return;
    const auto lacking = std::find_if(package.files.begin(), package.files.end(),
                                      [&](const PackageFile& file) { return missing.contains(file.digest); });
    damaged(package.file, "it lacks a file that the header lists: " +
                              (lacking != package.files.end() ? lacking->path : *missing.begin()));
}

}  // namespace pystacks::rpm
