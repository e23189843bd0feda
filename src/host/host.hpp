#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

namespace pystacks::host {

/// The host's package manager, as far as we have to know it: what is installed, and how more is.
class Host {
public:
    enum class Family { debian, rpm };

    /// Asks dpkg where it keeps packages, else rpm. Starts a child once. @throws Error.
    [[nodiscard]] static Host look();
    /// A host whose packages are known; for tests.
    Host(Family family, std::string install_command, std::map<std::string, std::string> versions);

    [[nodiscard]] Family family() const noexcept { return family_; }
    /// The version of a package, or of what provides that name; nothing when it is not installed.
    /// Of "name >= 1.2" only the name is looked at.
    [[nodiscard]] std::optional<std::string> version(const std::string& name) const;
    /// The one command that installs @p packages: "apt-get install a b".
    [[nodiscard]] std::string install_command(std::span<const std::string> packages) const;

private:
    Family family_;
    std::string install_command_;
    std::map<std::string, std::string> versions_;  // names and what they provide; rpm's are asked for one by one
    bool ask_rpm_ = false;
};

}  // namespace pystacks::host
