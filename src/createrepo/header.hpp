#pragma once

// createrepo_c's headers are C, where `requires` is a name like any other: cr_Package has a member of that name, which
// this program does not touch. In C++20 it is a keyword, so it has another name while they are read.
#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wkeyword-macro"
#endif
#define requires requires_list  // NOLINT
#include <createrepo_c/createrepo_c.h>
#undef requires
#ifdef __clang__
#pragma clang diagnostic pop
#endif
