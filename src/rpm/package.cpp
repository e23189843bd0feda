#include "rpm/package.hpp"

#include <cerrno>

#include <rpm/header.h>
#include <rpm/rpmcrypto.h>
#include <rpm/rpmds.h>
#include <rpm/rpmfi.h>
#include <rpm/rpmfiles.h>
#include <rpm/rpmio.h>
#include <rpm/rpmlib.h>
#include <rpm/rpmts.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "rpm/log_collector.hpp"
#include "rpm/owned.hpp"
#include "rpm/package_scriptlets.hpp"

namespace pystacks::rpm {

namespace {

constexpr const char* cannot_read = "cannot read the package";

struct DependencyTag {
    DependencyKind kind;
    rpmTagVal tag;
    std::string_view name;
};

constexpr std::array<DependencyTag, dependency_kinds> dependency_tags{{
    {DependencyKind::requires_, RPMTAG_REQUIRENAME, "Requires"},
    {DependencyKind::provides, RPMTAG_PROVIDENAME, "Provides"},
    {DependencyKind::conflicts, RPMTAG_CONFLICTNAME, "Conflicts"},
    {DependencyKind::obsoletes, RPMTAG_OBSOLETENAME, "Obsoletes"},
    {DependencyKind::recommends, RPMTAG_RECOMMENDNAME, "Recommends"},
    {DependencyKind::suggests, RPMTAG_SUGGESTNAME, "Suggests"},
    {DependencyKind::supplements, RPMTAG_SUPPLEMENTNAME, "Supplements"},
    {DependencyKind::enhances, RPMTAG_ENHANCENAME, "Enhances"},
}};

std::string text_of(const char* text) { return text == nullptr ? std::string() : std::string(text); }

std::vector<Dependency> dependencies(Header header, rpmTagVal tag) {
    std::vector<Dependency> result;
    const Owned<rpmds, rpmdsFree> all{rpmdsNew(header, tag, 0)};
    while (rpmdsNext(all.get()) >= 0) {
        // "R name >= version": the first two characters say what kind of dependency it is.
        const std::string described = text_of(rpmdsDNEVR(all.get()));
        Dependency dependency;
        dependency.text = described.size() > 2 ? described.substr(2) : described;
        dependency.name = text_of(rpmdsN(all.get()));
        dependency.rpmlib = (rpmdsFlags(all.get()) & RPMSENSE_RPMLIB) != 0;
        result.push_back(std::move(dependency));
    }
    return result;
}

std::string hexadecimal(const unsigned char* bytes, std::size_t size) {
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    for (std::size_t index = 0; bytes != nullptr && index < size; ++index) {
        text += digits[bytes[index] >> 4U];
        text += digits[bytes[index] & 0xfU];
    }
    return text;
}

PackageFile file_at(rpmfiles files, int index, std::uint32_t& algorithm) {
    PackageFile file;
    if (char* path = rpmfilesFN(files, index); path != nullptr) {
        file.path = path;
        std::free(path);  // NOLINT: rpm allocates it with malloc
    }
    file.mode = rpmfilesFMode(files, index);
    file.size = rpmfilesFSize(files, index);
    file.mtime = rpmfilesFMtime(files, index);
    file.flags = rpmfilesFFlags(files, index);
    file.inode = rpmfilesFInode(files, index);
    int digest_algorithm = 0;
    std::size_t size = 0;
    const unsigned char* digest = rpmfilesFDigest(files, index, &digest_algorithm, &size);
    if (file.is_regular() && digest != nullptr) {
        file.digest = hexadecimal(digest, size);
        algorithm = static_cast<std::uint32_t>(digest_algorithm);
    }
    if (file.is_symlink()) file.link_target = text_of(rpmfilesFLink(files, index));
    file.user = text_of(rpmfilesFUser(files, index));
    file.group = text_of(rpmfilesFGroup(files, index));
    file.capabilities = text_of(rpmfilesFCaps(files, index));
    return file;
}

Owned<Header, headerFree> read_header(const std::filesystem::path& path) {
    const Owned<FD_t, Fclose> file{Fopen(path.c_str(), "r.ufdio")};
    if (!file || Ferror(file.get()) != 0) throw system_error(errno, cannot_read, path.string());
    const Owned<rpmts, rpmtsFree> transaction{rpmtsCreate()};
    rpmtsSetVSFlags(transaction.get(), RPMVSF_MASK_NOSIGNATURES | RPMVSF_MASK_NOPAYLOAD);
    const LogCollector log{false};
    Header header = nullptr;
    const rpmRC status = rpmReadPackageFile(transaction.get(), file.get(), path.c_str(), &header);
    Owned<Header, headerFree> owned{header};
    if (header == nullptr || (status != RPMRC_OK && status != RPMRC_NOKEY && status != RPMRC_NOTTRUSTED)) {
        throw Error(ErrorKind::usage, cannot_read, path.string(),
                    log.reason(status == RPMRC_NOTFOUND ? "it is no rpm package" : "its header is damaged"),
                    "is the file complete? Build or copy it again");
    }
    return owned;
}

}  // namespace

std::string_view name_of(DependencyKind kind) noexcept { return dependency_tags[static_cast<std::size_t>(kind)].name; }

bool PackageFile::is_regular() const noexcept { return S_ISREG(mode); }
bool PackageFile::is_directory() const noexcept { return S_ISDIR(mode); }
bool PackageFile::is_symlink() const noexcept { return S_ISLNK(mode); }
bool PackageFile::is_ghost() const noexcept { return (flags & RPMFILE_GHOST) != 0; }

std::string Package::nevra() const {
    return name + "-" + (epoch.empty() ? "" : epoch + ":") + version + "-" + release + "." + (is_source ? "src" : arch);
}

const std::vector<Dependency>& Package::of(DependencyKind kind) const {
    return dependencies[static_cast<std::size_t>(kind)];
}

Package read_package(const std::filesystem::path& file) {
    const Owned<Header, headerFree> header = read_header(file);
    Package package;
    package.file = file;
    package.name = text_of(headerGetString(header.get(), RPMTAG_NAME));
    if (headerIsEntry(header.get(), RPMTAG_EPOCH) != 0) {
        package.epoch = std::to_string(headerGetNumber(header.get(), RPMTAG_EPOCH));
    }
    package.version = text_of(headerGetString(header.get(), RPMTAG_VERSION));
    package.release = text_of(headerGetString(header.get(), RPMTAG_RELEASE));
    package.arch = text_of(headerGetString(header.get(), RPMTAG_ARCH));
    package.source_rpm = text_of(headerGetString(header.get(), RPMTAG_SOURCERPM));
    package.summary = text_of(headerGetString(header.get(), RPMTAG_SUMMARY));
    package.license = text_of(headerGetString(header.get(), RPMTAG_LICENSE));
    package.is_source = headerIsSource(header.get()) != 0;
    for (const DependencyTag& tag : dependency_tags) {
        package.dependencies[static_cast<std::size_t>(tag.kind)] = dependencies(header.get(), tag.tag);
    }
    const Owned<rpmfiles, rpmfilesFree> files{rpmfilesNew(nullptr, header.get(), RPMTAG_BASENAMES, RPMFI_FLAGS_QUERY)};
    const auto count = static_cast<int>(rpmfilesFC(files.get()));
    for (int index = 0; index < count; ++index) {
        package.files.push_back(file_at(files.get(), index, package.digest_algorithm));
    }
    package.scriptlets = read_scriptlets(header.get());
    return package;
}

}  // namespace pystacks::rpm
