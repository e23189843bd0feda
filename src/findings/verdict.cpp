#include "findings/verdict.hpp"

#include "base/text.hpp"

namespace pystacks::findings {

std::string name_of(Status status) {
    switch (status) {
        case Status::passed:
            return "passed";
        case Status::failed:
            return "failed";
        case Status::not_offered:
            return "not offered";
        case Status::not_run:
            return "not run";
    }
    return {};
}

std::string key_of(Status status) { return replace_all(name_of(status), " ", "_"); }

}  // namespace pystacks::findings
