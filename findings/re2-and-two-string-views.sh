#!/bin/sh
# RE2 gets a std::string_view, in C++20 (RE2 20220601, 20240702 and 20251105, as Debian 12, 13 and sid have them).
# Guess: it takes one. RE2's own StringPiece did, and since RE2 uses Abseil that name means
#     absl::string_view, which is std::string_view in every program of C++17 or later.
# Is: Debian 13 has compiled Abseil 20240722 with a string_view of its own, and has written that into
#     its headers, so that programs cannot choose. There RE2 takes std::string, but no
#     std::string_view: a class that converts in Debian 12 does not in Debian 13, and does in sid.
#     What both have is the constructor from a pointer and a length.
# Hurts: C++ programs that are compiled for Debian 12 and sid, and are thought to need no test in between.
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
