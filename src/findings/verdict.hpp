#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace pystacks::findings {

enum class Status : std::uint8_t {
    passed,
    failed,
    not_offered,  ///< by this version or build of Python; the reason says which
    not_run,      ///< this host, or the packages that were given, lack what the check needs; the reason says what
};

/// "passed", "failed", "not offered", "not run".
[[nodiscard]] std::string name_of(Status status);
/// The same for programs: "not_offered".
[[nodiscard]] std::string key_of(Status status);

/// What a check found. Texts are for people; only `failed` needs more than the reason.
struct Verdict {
    Status status = Status::passed;
    std::string reason;    ///< what was seen, in one line: "78 modules", "gone in 3.9"
    std::string expected;  ///< of a failure
    std::string seen;      ///< of a failure; may have several lines
    std::string repeat;    ///< of a failure: commands that show it again, in the scratch root

    [[nodiscard]] static Verdict pass(std::string reason) { return {Status::passed, std::move(reason), {}, {}, {}}; }
    [[nodiscard]] static Verdict not_offered(std::string reason) {
        return {Status::not_offered, std::move(reason), {}, {}, {}};
    }
    [[nodiscard]] static Verdict not_run(std::string reason) {
        return {Status::not_run, std::move(reason), {}, {}, {}};
    }
    [[nodiscard]] static Verdict fail(std::string reason, std::string expected, std::string seen,
                                      std::string repeat = {}) {
        return {Status::failed, std::move(reason), std::move(expected), std::move(seen), std::move(repeat)};
    }
};

}  // namespace pystacks::findings
