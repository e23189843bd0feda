#include "transform/spec_file.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "spectext/spec_text.hpp"
#include "spectext/tag.hpp"

namespace pystacks::transform {
namespace {

using namespace std::string_view_literals;

struct Format {
    std::string_view magic;  ///< the file's first bytes
    const char* what;
    const char* hint;
};

constexpr const char* any_spec = "name a spec";

constexpr std::array formats{
    Format{"\xed\xab\xee\xdb"sv, "it is an RPM package",
           "name its spec (rpm2cpio FILE | cpio -id '*.spec' takes it out of a source package); \"pystacks extension "
           "build\" takes source packages, \"pystacks extension check\" others"},
    Format{"\x7f"
           "ELF"sv,
           "it is a program or a library", any_spec},
    Format{"\x1f\x8b"sv, "it is compressed (gzip)", "unpack it, and name the spec in it"},
    Format{"\xfd"
           "7zXZ"sv,
           "it is compressed (xz)", "unpack it, and name the spec in it"},
    Format{"\x28\xb5\x2f\xfd"sv, "it is compressed (zstd)", "unpack it, and name the spec in it"},
    Format{"BZh"sv, "it is compressed (bzip2)", "unpack it, and name the spec in it"},
    Format{"PK\x03\x04"sv, "it is a ZIP archive", "unpack it, and name the spec in it"},
    Format{"<!DOCTYPE"sv, "it is an HTML page", "download the spec itself"},
    Format{"<html"sv, "it is an HTML page", "download the spec itself"},
    Format{"\xef\xbb\xbf"sv, "it begins with a byte order mark (BOM), which rpm reads as part of the first line",
           "remove the first three bytes: sed -i '1s/^\\xef\\xbb\\xbf//' FILE"},
};

/// Whether rpm would find anything to build in it.
bool says_something(const spectext::SpecText& spec) {
    if (spec.sections().size() > 1) return true;
    return std::any_of(spec.lines().begin(), spec.lines().end(), [](const spectext::Line& line) {
        if (line.kind == spectext::LineKind::include || line.kind == spectext::LineKind::definition) return true;
        const auto tag = line.kind == spectext::LineKind::content ? spectext::tag_of(line.text) : std::nullopt;
        return tag && tag->is("name");
    });
}

}  // namespace

std::string read_spec(const fs::path& path, const std::string& attempted) {
    std::error_code unreadable;
    const fs::file_status status = fs::status(path, unreadable);
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        throw Error(ErrorKind::usage, attempted, path.string(), "it is not a regular file",
                    "name a file; write the output of a pipe to a file first");
    }
    return read_file(path);
}

void require_spec(std::string_view bytes, const std::string& attempted, const std::string& name) {
    const auto refuse = [&](const char* what, const char* hint) {
        throw Error(ErrorKind::usage, attempted, name, what, hint);
    };
    if (trim(bytes).empty()) refuse("the file is empty", any_spec);
    for (const Format& each : formats) {
        if (bytes.starts_with(each.magic)) refuse(each.what, each.hint);
    }
    if (bytes.find('\0') != std::string_view::npos) refuse("it is not a text file", any_spec);
    if (bytes.find('\n') == std::string_view::npos && bytes.find('\r') != std::string_view::npos) {
        refuse("its lines end with CR alone, so rpm reads them as one line",
               "let them end with LF: tr '\\r' '\\n' <FILE >NEW");
    }
    if (!says_something(spectext::SpecText(std::string(bytes))))
        refuse("it has neither a Name: nor a section, so it is not a spec", any_spec);
}

}  // namespace pystacks::transform
