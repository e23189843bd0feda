#include "rpm/package_header.hpp"

#include <cerrno>
#include <utility>

#include <rpm/rpmlib.h>
#include <rpm/rpmts.h>

#include "base/error.hpp"
#include "log/log.hpp"
#include "rpm/log_collector.hpp"

namespace pystacks::rpm {

OpenPackage open_package(const std::filesystem::path& path) {
    constexpr const char* cannot_read = "cannot read the package";
    Owned<FD_t, Fclose> file{Fopen(path.c_str(), "r.ufdio")};
    if (!file || Ferror(file.get()) != 0) throw system_error(errno, cannot_read, path.string());
    const Owned<rpmts, rpmtsFree> transaction{rpmtsCreate()};
    rpmtsSetVSFlags(transaction.get(), RPMVSF_MASK_NOSIGNATURES | RPMVSF_MASK_NOPAYLOAD);
    const LogCollector log{LogCollector::Printing::none,
                           [](log::Level, const std::string& text) { log::debug("rpm: " + text); }};
    Header header = nullptr;
    const rpmRC status = rpmReadPackageFile(transaction.get(), file.get(), path.c_str(), &header);
    Owned<Header, headerFree> owned{header};
    if (header == nullptr || (status != RPMRC_OK && status != RPMRC_NOKEY && status != RPMRC_NOTTRUSTED)) {
        std::string reason =
            log.reason(status == RPMRC_NOTFOUND ? "it is not an rpm package" : "its header is damaged");
        // librpm's messages begin with the path, as ours do.
        if (reason.starts_with(path.string() + ": ")) reason.erase(0, path.string().size() + 2);
        throw Error(ErrorKind::usage, cannot_read, path.string(), reason,
                    "is the file complete? Build or copy it again");
    }
    return {std::move(file), std::move(owned)};
}

std::string hexadecimal(const unsigned char* bytes, std::size_t size) {
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    for (std::size_t index = 0; bytes != nullptr && index < size; ++index) {
        text += digits[bytes[index] >> 4U];
        text += digits[bytes[index] & 0xfU];
    }
    return text;
}

}  // namespace pystacks::rpm
