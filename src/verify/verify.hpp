#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "findings/check.hpp"
#include "report/progress.hpp"
#include "scratch/host_package.hpp"
#include "scratch/package_set.hpp"
#include "verify/test_choice.hpp"

/// The test plan, on installed packages.
namespace pystacks::verify {

struct VerificationRequest {
    std::vector<std::filesystem::path> packages;  ///< files and folders
    std::filesystem::path root;                   ///< a root that exists, with the packages installed; empty: a new one
    std::vector<std::filesystem::path> others;    ///< packages that are not verified, for dependencies
    std::filesystem::path upgrade;                ///< packages of the next release; may be empty
    std::filesystem::path rpmlintrc;              ///< what rpmlint shall not say; empty: the stack's own, if any
    std::filesystem::path specs;                  ///< where stacks are described, one folder each
    TestChoice regrtest;
    std::vector<std::string> only, skip;  ///< patterns of check names, with * and ?
    unsigned jobs = 1;                    ///< checks at a time
    std::filesystem::path scripts;        ///< templates/verify
    scratch::HostVersion host_version;
};

/// Packages, as their headers describe them.
struct GivenPackages {
    scratch::PackageSet packages;      ///< those under test
    std::vector<rpm::Package> others;  ///< what they may require; none has the name of one under test
};

/// @throws Error (usage) when one cannot be read
[[nodiscard]] GivenPackages read_input(const VerificationRequest& request);

inline constexpr const char* about_install = "the packages install, with all that they require";
inline constexpr const char* about_installed = "the root has exactly these packages";
inline constexpr const char* about_starts = "every interpreter starts";

/// Packages under test. What checks there are is known when they are installed, since interpreters decide.
/// Runs in the calling process, which has to be isolated (process/isolation.hpp).
/// @param folder an empty folder
class Verification {
public:
    Verification(const VerificationRequest& request, GivenPackages input, const std::filesystem::path& folder,
                 report::ProgressSink& progress);
    ~Verification();
    Verification(const Verification&) = delete;
    Verification& operator=(const Verification&) = delete;

    /// Installs the packages, and runs the checks. Those that need only headers begin at once.
    /// @returns the results in the order of the plan @throws Error(interrupted)
    [[nodiscard]] std::vector<findings::Result> run();
    /// Installs alone, for shell().
    void install();
    /// A shell in a layer of its own; @returns its exit status.
    int shell(const std::vector<std::string>& command);
    /// "python3.13-3.13.5-1 and 8 more packages".
    [[nodiscard]] std::string packages() const;

private:
    class Telling;
    struct State;
    std::unique_ptr<State> state_;
    report::ProgressSink& progress_;
};

}  // namespace pystacks::verify
