#pragma once

#include <string>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"

namespace pystacks::source::test {

/// An OpenPGP key pair in a GnuPG home of its own.
class SigningKey {
public:
    /// @param arguments more for gpg, such as --faked-system-time
    explicit SigningKey(std::vector<std::string> arguments = {}, const std::string& expires = "never");
    SigningKey(const SigningKey&) = delete;
    SigningKey& operator=(const SigningKey&) = delete;
    ~SigningKey();

    [[nodiscard]] const std::string& fingerprint() const noexcept { return fingerprint_; }
    void export_to(const fs::path& keyring, const std::string& form = "--armor") const;
    void sign(const fs::path& file, const fs::path& signature, const std::vector<std::string>& more = {}) const;
    void revoke() const;

private:
    std::string gpg(const std::vector<std::string>& more, const std::string& input = {}) const;

    TemporaryDirectory home_;
    std::vector<std::string> arguments_;
    std::string fingerprint_;
};

}  // namespace pystacks::source::test
