#include "verify/checks.hpp"

#include <iterator>

namespace pystacks::verify {

using findings::Check;

std::vector<Check> all_built_in_checks(Subject& subject, const VerificationRequest& request) {
    std::vector<Check> all;
    for (std::vector<Check>& some :
         std::vector<std::vector<Check>>{module_checks(subject), content_checks(subject), bytecode_checks(subject),
                                         elf_checks(subject), configuration_checks(subject), package_checks(subject),
                                         installation_checks(subject, request), regression_checks(subject, request)}) {
        all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    }
    return all;
}

}  // namespace pystacks::verify
