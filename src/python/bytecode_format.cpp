#include "python/bytecode_format.hpp"

namespace pystacks::python {
namespace {

// Magic numbers: the list in CPython's Lib/importlib/_bootstrap_external.py. Only those of releases are here: between
// two releases the fields of a code object came and went. Headers: PEP 3147 (mtime), 3.3's source size, PEP 552
// (flags). Fields of a code object, from r_object() in Python/marshal.c of each version:
//   2.7   argcount nlocals stacksize flags | code consts names varnames freevars cellvars filename name | lnotab
//   3.0   argcount kwonlyargcount nlocals stacksize flags | as 2.7 | lnotab
//   3.8   argcount posonlyargcount kwonlyargcount nlocals stacksize flags | as 2.7 | lnotab
//   3.11  argcount posonlyargcount kwonlyargcount stacksize flags |
//         code consts names localsplusnames localspluskinds filename name qualname | linetable exceptiontable
//   3.14  as 3.11; marshal's format 5 has slices
//   3.15  as 3.11; marshal's format 6 has frozen dictionaries
// clang-format off
constexpr BytecodeFormat formats[] = {
    // magic       version header python2 refs   slices frozen numbers objects trailing
    {62211, 62211, "2.7",    8,  true,  false, false, false,  4, 8, 1},
    { 3131,  3131, "3.0",    8,  false, false, false, false,  5, 8, 1},
    { 3151,  3151, "3.1",    8,  false, false, false, false,  5, 8, 1},
    { 3180,  3180, "3.2",    8,  false, false, false, false,  5, 8, 1},
    { 3230,  3230, "3.3",   12,  false, false, false, false,  5, 8, 1},
    { 3310,  3310, "3.4",   12,  false, true,  false, false,  5, 8, 1},
    { 3350,  3351, "3.5",   12,  false, true,  false, false,  5, 8, 1},
    { 3379,  3379, "3.6",   12,  false, true,  false, false,  5, 8, 1},
    { 3394,  3394, "3.7",   16,  false, true,  false, false,  5, 8, 1},
    { 3413,  3413, "3.8",   16,  false, true,  false, false,  6, 8, 1},
    { 3425,  3425, "3.9",   16,  false, true,  false, false,  6, 8, 1},
    { 3439,  3439, "3.10",  16,  false, true,  false, false,  6, 8, 1},
    { 3495,  3495, "3.11",  16,  false, true,  false, false,  5, 8, 2},
    { 3531,  3531, "3.12",  16,  false, true,  false, false,  5, 8, 2},
    { 3571,  3571, "3.13",  16,  false, true,  false, false,  5, 8, 2},
    { 3627,  3627, "3.14",  16,  false, true,  true,  false,  5, 8, 2},
    { 3666,  3666, "3.15",  16,  false, true,  true,  true,   5, 8, 2},
};
// clang-format on

}  // namespace

const BytecodeFormat* find_bytecode_format(std::uint16_t magic) noexcept {
    for (const BytecodeFormat& format : formats) {
        if (format.first_magic <= magic && magic <= format.last_magic) return &format;
    }
    return nullptr;
}

}  // namespace pystacks::python
