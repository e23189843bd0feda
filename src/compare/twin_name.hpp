#pragma once

#include <string>
#include <string_view>

namespace pystacks::compare {

/// A path without what tells a debug build's files from the optimized twins'; two paths of one key are twins.
///
/// The rules know no version and no configuration, only how CPython and its packagers write them:
///   - ABI flag letters (d, m, t, u) behind a number: python3.13d, cpython-313td-x86_64-linux-gnu.so, config-3.13d-…;
///   - the same letters on their own between underscores, where CPython leaves two: _sysconfigdata_d_linux;
///   - _d before a dot, as CPython 2 names debug modules: _socket_d.so;
///   - -debug and -dbg at the end of a word: python3.13-debug.
[[nodiscard]] std::string twin_key(std::string_view path);

/// The same of a path of one configuration, whose commands have a suffix ("asan"). It counts like ABI flags, where the
/// rules above do not know it. @param suffix may be empty
[[nodiscard]] std::string twin_key(std::string_view path, std::string_view suffix);

/// The twin key without versions: numbers with dots in them, and the number in "python-313" or "cpython-313", become
/// '#'. So files of two versions of one stack, or of two releases of a library, have one key.
[[nodiscard]] std::string versionless_key(std::string_view path);

}  // namespace pystacks::compare
