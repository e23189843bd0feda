#pragma once

// toml++, the only way it is included.
//
// The parser of toml++ 3.3 asserts a few things about its input that malformed text breaks ("[=]"), right before it
// reports them as errors. Compiled into this program (where toml++ is header-only), the assertion would abort in a
// debug build, and be an assumption for the optimizer in a release build of clang. Without them its own checks do their
// work.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expression) static_assert(true)
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")
