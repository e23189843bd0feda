#pragma once

namespace pystacks {

/// Takes the numbers 0, 1 and 2 where the caller has closed them, as a shell's `2>&-` does. Otherwise the next file or
/// pipe that is opened gets such a number, and with it what is written to standard output or error. What takes them can
/// be neither read nor written, so any attempt gives the error of a closed descriptor. Children have it, too. Call it
/// before anything is opened.
void take_closed_standard_descriptors() noexcept;

}  // namespace pystacks
