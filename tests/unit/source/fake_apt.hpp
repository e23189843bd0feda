#pragma once

#include <string>

#include "scene.hpp"
#include "source/distribution.hpp"

namespace pystacks::source::test {

/// apt-get and apt-cache as scripts, first in PATH, over a folder of files instead of a mirror; and a host's set-up.
class FakeApt {
public:
    explicit FakeApt(const Scene& scene);

    /// Puts a source package into the suite "trixie".
    void add(const std::string& package, const std::string& version, const std::string& file,
             const std::string& contents, const std::string& signature = {}) const;
    /// From now on the mirror lacks a file of each package: not the one that was added.
    void lose_a_file() const;
    /// The commands that were run, a line each.
    [[nodiscard]] std::string log() const;
    /// The configuration that the last apt-get saw.
    [[nodiscard]] std::string configuration() const { return read_file(scene_ / "apt/seen.conf"); }
    [[nodiscard]] DistributionHost host() const;

private:
    const Scene& scene_;
    Environment path_;
};

}  // namespace pystacks::source::test
