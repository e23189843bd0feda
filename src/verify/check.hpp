#pragma once

#include <functional>
#include <string>
#include <vector>

namespace pystacks::verify {

enum class Status {
    passed,
    failed,
    not_offered,  ///< by this version or build of Python; the reason says which
    not_run,      ///< this host, or the packages that were given, lack what the check needs; the reason says what
};

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

/// What a check works on.
enum class Needs {
    headers,       ///< of the packages: it can be carried out where they do not install
    installation,  ///< the root in which they are installed
};

/// One thing to find out. Checks are independent of each other and run in any order, several at a time.
struct Check {
    std::string name;              ///< stable: "refcount.total", with "@debug" where it is about one interpreter
    std::string about;             ///< what holds when it passes, in one line
    std::function<Verdict()> run;  ///< may throw Error, which is a failure; thread-safe; empty in a preview
    Needs needs = Needs::installation;
    std::vector<std::string> interpreters{};  ///< configurations whose interpreters have to start for it
};

struct Result {
    std::string name, about;
    Verdict verdict;
    double seconds = 0;  ///< wall time
};

}  // namespace pystacks::verify
