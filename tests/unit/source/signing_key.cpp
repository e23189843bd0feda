#include "signing_key.hpp"

#include "base/text.hpp"
#include "process/command.hpp"

namespace pystacks::source::test {

SigningKey::SigningKey(std::vector<std::string> arguments, const std::string& expires)
    : home_(fs::temp_directory_path(), "pystacks-key"), arguments_(std::move(arguments)) {
    fs::permissions(home_.path(), fs::perms::owner_all);
    gpg({"--passphrase", "", "--quick-gen-key", "Release Manager <release@example.invalid>", "ed25519", "sign",
         expires});
    for (const std::string& line : split(gpg({"--with-colons", "--list-keys"}), '\n')) {
        if (fingerprint_.empty() && line.starts_with("fpr:")) fingerprint_ = split(line, ':').at(9);
    }
}

SigningKey::~SigningKey() {
    // The agent of this home alone.
    process::Command command;
    command.arguments = {"gpgconf", "--homedir", home_.path().string(), "--kill", "all"};
    (void)process::run(command);
}

std::string SigningKey::gpg(const std::vector<std::string>& more, const std::string& input) const {
    process::Command command;
    command.arguments = {"gpg", "--homedir", home_.path().string(), "--quiet", "--yes"};
    if (input.empty()) command.arguments.emplace_back("--batch");
    command.arguments.insert(command.arguments.end(), arguments_.begin(), arguments_.end());
    command.arguments.insert(command.arguments.end(), more.begin(), more.end());
    command.input = input;
    return process::run_checked(command, "cannot prepare a key").output;
}

void SigningKey::export_to(const fs::path& keyring, const std::string& form) const {
    gpg({form, "--output", keyring.string(), "--export", fingerprint_});
}

void SigningKey::sign(const fs::path& file, const fs::path& signature, const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = more;
    arguments.insert(arguments.end(), {"--armor", "--detach-sign", "--output", signature.string(), file.string()});
    gpg(arguments);
}

void SigningKey::revoke() const {
    // GnuPG makes the certificate with the key; the colon keeps it from being imported by mistake.
    const fs::path certificate = home_.path() / "openpgp-revocs.d" / (fingerprint_ + ".rev");
    const fs::path usable = home_.path() / "revoke.asc";
    write_file_atomically(usable, replace_all(read_file(certificate), ":-----BEGIN", "-----BEGIN"));
    gpg({"--import", usable.string()});
}

}  // namespace pystacks::source::test
