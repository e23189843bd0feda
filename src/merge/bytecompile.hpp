#pragma once

#include <cstdint>
#include <filesystem>

#include "report/progress.hpp"
#include "stack/stack.hpp"

namespace pystacks::merge {

/// What byte-compilation works on.
struct BytecodeJob {
    const stack::Stack& stack;
    std::filesystem::path merged;         ///< the merged tree; absolute
    std::filesystem::path script_folder;  ///< has bytecompile.py and check_bytecode.py
    unsigned workers = 1;
    std::int64_t clamp_mtime = 0;  ///< SOURCE_DATE_EPOCH
};

/// Compiles all sources below stack.bytecode.paths once, with the base configuration's interpreter out of the merged
/// tree, for every level. The bytes do not depend on the number of workers, nor on which other files there are.
/// Posts progress (lane "stack", phase "bytecode").
/// @throws Error with Python's message for every file that does not compile and is not excluded.
void bytecompile(const BytecodeJob& job, report::ProgressSink& progress);

/// Lets the interpreter of every other enabled configuration judge each file of bytecode: the name it would look for,
/// its magic number, the source's time and size, and that it loads. Writes nothing.
/// @throws Error naming the configuration and the files that its interpreter would write again.
void check_bytecode(const BytecodeJob& job, report::ProgressSink& progress);

}  // namespace pystacks::merge
