#pragma once

#include <string_view>

/// What a command says beside its messages. Names of files and packages, and what programs said, are other people's
/// text, which must not command the terminal. The rule:
///
/// - Text is for people, in a terminal, a pager or a log. It is always escaped.
/// - Data is for programs: JSON, a spec, names and paths one per line. It is written byte for byte, except to a
/// terminal,
///   where it is escaped like text.
///
/// All of it goes through these functions, and through no other.
namespace pystacks::cli {

/// To standard output, with control characters and what is not UTF-8 as \xNN; line ends, tabs and backslashes stay.
/// @throws Error when standard output is closed or full
void print_text(std::string_view text);

/// Text that is bad news, or good news: in red or green where standard output is a terminal that shows colours.
enum class News { bad, good };
void print_news(std::string_view text, News news);

/// Text whose lines may begin with a verdict: the words "failed" and "wrong" are bad news there, "passed" is good news.
void print_verdicts(std::string_view text);

/// Data, to standard output.
void print_data(std::string_view bytes);

/// Text to standard error that was asked for and belongs to no result, so that neither --quiet hides it nor a pipe
/// takes it. As with messages, nobody may be there to read it.
void print_aside(std::string_view text);

/// Hands over what is still buffered. @throws Error when anything that was printed did not get through
void finish_printing();

}  // namespace pystacks::cli
