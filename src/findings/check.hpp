#pragma once

#include <functional>
#include <string>
#include <vector>

#include "findings/verdict.hpp"

namespace pystacks::findings {

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
    /// Roughly, in tenths of a second of processor time. When several wait, the most expensive begins first.
    int cost = 1;
};

/// A check that was carried out.
struct Result {
    std::string name, about;
    Verdict verdict;
    double seconds = 0;  ///< wall time
};

}  // namespace pystacks::findings
