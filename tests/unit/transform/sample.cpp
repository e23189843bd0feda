#include "sample.hpp"

#include <stdexcept>

namespace pystacks::transform {
namespace {

constexpr const char* text = R"(Name: python-fast
Version: 1
Release: 1
Summary: Fast
License: MIT
BuildRequires: gcc

%description
Fast.

%package -n python3-fast
Summary: Fast

%description -n python3-fast
Fast.

%prep
%autosetup

%build
%pyproject_wheel

%install
%pyproject_install
%pyproject_save_files fast

%check
%pytest

%files -n python3-fast -f %{pyproject_files}
%doc README

%changelog
)";

}  // namespace

std::string sample(const std::string& find, const std::string& replacement) {
    std::string result = text;
    if (find.empty()) return result;
    const std::size_t at = result.find(find);
    if (at == std::string::npos) throw std::logic_error("the sample has no " + find);
    return result.replace(at, find.size(), replacement);
}

}  // namespace pystacks::transform
