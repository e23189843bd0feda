#pragma once

namespace pystacks::rpm {

/// The hidden subcommand `pystacks rpm-worker`: does one job, in a process that librpm's global state may spoil.
///
/// Reads the job as JSON from stdin (job.hpp) and leaves the answer as JSON in the file that the job names; what
/// librpm and the scripts of the spec print goes to stdout and stderr.
/// @return the exit code: 0 when an answer was written, be it an error's
int worker_main();

}  // namespace pystacks::rpm
