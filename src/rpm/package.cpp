#include "rpm/package.hpp"

#include <utility>

#include <rpm/header.h>
#include <rpm/rpmds.h>
#include <rpm/rpmfi.h>
#include <rpm/rpmfiles.h>
#include <sys/stat.h>

#include "rpm/owned.hpp"
#include "rpm/package_header.hpp"
#include "rpm/package_names.hpp"
#include "rpm/package_scriptlets.hpp"

namespace pystacks::rpm {

namespace {

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

/// What a spec says before a path, in rpm's words.
constexpr std::pair<std::uint32_t, std::string_view> file_flags[] = {
    {RPMFILE_CONFIG, "%config"},     {RPMFILE_MISSINGOK, "missingok"}, {RPMFILE_NOREPLACE, "noreplace"},
    {RPMFILE_DOC, "%doc"},           {RPMFILE_LICENSE, "%license"},    {RPMFILE_GHOST, "%ghost"},
    {RPMFILE_SPECFILE, "the spec"},  {RPMFILE_README, "%readme"},      {RPMFILE_PUBKEY, "%pubkey"},
    {RPMFILE_ARTIFACT, "%artifact"},
};

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

}  // namespace

std::string_view name_of(DependencyKind kind) noexcept { return dependency_tags[static_cast<std::size_t>(kind)].name; }

bool PackageFile::is_regular() const noexcept { return S_ISREG(mode); }
bool PackageFile::is_directory() const noexcept { return S_ISDIR(mode); }
bool PackageFile::is_symlink() const noexcept { return S_ISLNK(mode); }
bool PackageFile::is_ghost() const noexcept { return (flags & RPMFILE_GHOST) != 0; }

std::string Package::nevra() const {
    return name + "-" + (epoch.empty() ? "" : epoch + ":") + version + "-" + release + "." + (is_source ? "src" : arch);
}

std::string flag_names(std::uint32_t flags) {
    std::string text;
    for (const auto& [flag, name] : file_flags) {
        if ((flags & flag) != 0) text += (text.empty() ? "" : " ") + std::string(name);
    }
    return text;
}

const std::vector<Dependency>& Package::of(DependencyKind kind) const {
    return dependencies[static_cast<std::size_t>(kind)];
}

Package read_package(const std::filesystem::path& file) {
    const OpenPackage opened = open_package(file);
    const Owned<Header, headerFree>& header = opened.header;
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
    check_names(package);
    return package;
}

}  // namespace pystacks::rpm
