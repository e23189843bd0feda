#pragma once

namespace pystacks::process {

/// Routes SIGINT, SIGTERM and SIGHUP into one flag and one pipe, and ignores SIGPIPE. Call once, early in main,
/// before any thread is started. A SIGHUP or SIGINT that was ignored from the start (nohup) stays ignored. A second
/// signal of the same kind while stopping ends nothing early: children are killed by the time limits in run().
void install_signal_handlers();

/// Whether a signal, or request_interruption(), asked the program to stop.
[[nodiscard]] bool interruption_requested() noexcept;

/// The same as a signal, from inside: another thread saw that the parent is gone, or that another child failed.
void request_interruption() noexcept;

/// Becomes readable when an interruption is requested; for poll(2). Never read from it.
[[nodiscard]] int interruption_descriptor() noexcept;

/// @throws Error(interrupted) when an interruption was requested.
void throw_if_interrupted();

}  // namespace pystacks::process
