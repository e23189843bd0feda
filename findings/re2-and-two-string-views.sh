#!/bin/sh
# Passing a std::string_view to RE2 in C++20 (RE2 20220601, 20240702 and 20251105, as in Debian 12, 13 and
# sid).
# Expected: RE2 accepts one. RE2's own StringPiece did. Since RE2 uses Abseil, that name means
#     absl::string_view, which is std::string_view in every program of C++17 or later.
# Actual: Debian 13 has compiled Abseil 20240722 with its own string_view, and has fixed that choice in the
#     headers, so programs cannot change it. There, RE2 accepts std::string but not std::string_view. A class
#     that converts to string_view compiles in Debian 12 and sid, but not in Debian 13. The constructor from a
#     pointer and a length works everywhere.
# Affected: C++ programs that compile on Debian 12 and sid, and seem to need no test in between.
set -eu
. "$(dirname "$0")/lib.sh"

begin
for suite in bookworm trixie sid; do
    use_root "cxx-$suite"
    versions libre2-dev g++
    cat >"$root/view.cpp" <<'SOURCE'
#include <re2/re2.h>
#include <string_view>
#ifdef PIECE
bool found(std::string_view text) { return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), "a.c"); }
#else
bool found(std::string_view text) { return RE2::FullMatch(text, "a.c"); }
#endif
int main() { return found("abc") ? 0 : 1; }
SOURCE
    case $suite in
    trixie) wanted="does not compile" ;;
    *) wanted="matches" ;;
    esac
    for piece in "" -DPIECE; do
        seen=$(inside "cd / && if g++ -std=c++20 $piece -o view view.cpp \$(pkg-config --cflags --libs re2) 2>log
            then ./view && echo matches; else echo does not compile; fi")
        expect "$suite, ${piece:-std::string_view}" "$([ -n "$piece" ] && echo matches || echo "$wanted")" "$seen"
    done
done
finish
