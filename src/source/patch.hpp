#pragma once

#include <filesystem>

namespace pystacks::source {

/// Applies @p patch, a unified diff, to the files below @p tree with GNU patch; without fuzz, and not reversed.
///
/// It is tried on copies of the files it names first, so that either all of it is applied or nothing. Names that lead
/// out of @p tree, by "..", by an absolute path or through a link, are refused before GNU patch sees them, and so is
/// whatever would make, change or remove a link. GNU patch gets only diffs that have been checked (parse_patch()), so
/// that nothing depends on what else it would find in the file. No .orig and .rej files are left.
///
/// @param strip how many leading components of the names are taken off (`patch -p`)
/// @throws Error that shows each hunk which does not apply, with its place in the patch (FILE:LINE)
void apply_patch(const std::filesystem::path& patch, int strip, const std::filesystem::path& tree);

}  // namespace pystacks::source
