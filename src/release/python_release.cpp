#include "release/python_release.hpp"

#include <array>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "source/archive.hpp"

namespace pystacks::release {
namespace {

/// What "#define NAME VALUE" of a header says, without quotes.
std::optional<std::string> defined_in(const fs::path& header, std::string_view name) {
    std::error_code problem;
    if (!fs::is_regular_file(fs::symlink_status(header, problem))) return std::nullopt;
    constexpr std::size_t largest_header = 1U << 20U;
    for (const std::string& line : split(read_file(header, largest_header), '\n')) {
        const std::vector<std::string> words = split_words(line);
        if (words.size() < 3 || words[0] != "#define" || words[1] != name) continue;
        const std::string& value = words[2];
        return value.size() > 1 && value.front() == '"' && value.back() == '"' ? value.substr(1, value.size() - 2)
                                                                               : value;
    }
    return std::nullopt;
}

/// 212 is 2.12 (MI_MALLOC_VERSION, major * 100 + minor).
std::optional<std::string> mimalloc_in(const fs::path& tree) {
    const auto number = defined_in(tree / "Include/internal/mimalloc/mimalloc.h", "MI_MALLOC_VERSION");
    if (!number || number->size() < 3) return std::nullopt;
    const std::size_t major = number->size() - 2;
    const std::string minor = number->substr(major);
    return number->substr(0, major) + "." + (minor.starts_with('0') ? minor.substr(1) : minor);
}

}  // namespace

std::string Version::text() const { return fmt::format("{}.{}.{}", major, minor, patch); }

std::string Version::stack_name() const { return fmt::format("python{}.{}", major, minor); }

Version parse_version(std::string_view text, std::string_view attempted) {
    Version version;
    const std::array numbers{&version.major, &version.minor, &version.patch};
    const std::vector<std::string> parts = split(text, '.');
    bool good = parts.size() == numbers.size();
    for (std::size_t i = 0; good && i < numbers.size(); ++i) {
        const std::string& part = parts[i];
        const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), *numbers[i]);
        good = problem == std::errc() && end == part.data() + part.size() && (part.size() == 1 || part.front() != '0');
    }
    if (good && version.major == 3) return version;
    if (good) {
        throw Error(ErrorKind::usage, std::string(attempted), std::string(text), "it is not a version of Python 3",
                    "write the stack of another Python by hand: see docs/new-python.md");
    }
    throw Error(ErrorKind::usage, std::string(attempted), std::string(text), "it is not a release such as 3.14.0",
                "alphas, betas and release candidates are refused: their names differ from rpm's versions");
}

PythonSource open_source(const fs::path& tarball, const Version& version, const fs::path& folder,
                         std::string_view attempted) {
    PythonSource result;
    result.version = version;
    result.file = tarball.filename().string();
    result.sha256 = sha256_file(tarball);
    source::unpack(tarball, folder / "source");
    result.tree = folder / "source" / ("Python-" + version.text());
    const auto said = defined_in(result.tree / "Include/patchlevel.h", "PY_VERSION");
    if (said != version.text()) {
        throw Error(ErrorKind::usage, std::string(attempted), tarball.string(),
                    said ? fmt::format("it is the source of Python {}, not of {}", *said, version.text())
                         : fmt::format("it has no Python-{}/Include/patchlevel.h", version.text()),
                    "give the tarball of exactly this version, as upstream publishes it");
    }
    result.libmpdec = defined_in(result.tree / "Modules/_decimal/libmpdec/mpdecimal.h", "MPD_VERSION");
    result.mimalloc = mimalloc_in(result.tree);
    return result;
}

}  // namespace pystacks::release
