#pragma once

#include <string>
#include <vector>

/// A small stack that is in order, and what parse() says about variations of it.
namespace sample {

/// The text: format in line 1, [stack] in 2, [[configuration]] "optimized" in 10, "debug" in 14, [[package]] in 18;
/// line 23 is the first free one.
std::string text();

/// text() with what follows it, from line 23.
std::string text_and(const std::string& more);

/// text() with one piece replaced. It must be in there.
std::string text_with(const std::string& old_piece, const std::string& new_piece);

/// The problems that parse() has with @p stack, one an element, without the name of the file: "12:1: unknown key …".
/// Checks subject, kind and hint of the error on the way. Empty when there is no error.
std::vector<std::string> problems(const std::string& stack);

}  // namespace sample
