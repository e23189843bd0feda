#pragma once

#include <string>

// Catch2 2.x (Debian 12) has one header, 3.x (Debian 13, Fedora) another, and another name for this matcher.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
inline auto contains_text(const std::string& part) { return Catch::Matchers::ContainsSubstring(part); }
#else
#include <catch2/catch.hpp>
inline auto contains_text(const std::string& part) { return Catch::Contains(part); }
#endif
