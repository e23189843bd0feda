#include "transform/plain_sources.hpp"

#include "catch.hpp"

using pystacks::spectext::SpecText;
using pystacks::transform::plain_sources;
using Names = std::vector<std::string>;

TEST_CASE("sources that need nothing but the spec's own words are known before rpm reads it") {
    CHECK(plain_sources(SpecText("%global pypi fast\nName: python-%{pypi}\nVersion: 1.0\n"
                                 "Source0: https://example.org/%{pypi}/%{pypi}-%{version}.tar.gz\n"
                                 "SOURCE: %{name}.conf\nPatch12: a.patch\n%description\nSource1: words\n")) ==
          Names{"fast-1.0.tar.gz", "python-fast.conf", "a.patch"});
}

TEST_CASE("sources that only rpm knows are left to it") {
    CHECK(plain_sources(SpecText("Name: fast\nVersion: %{upstream}\nSource0: %{name}-%{version}.tar.gz\n"
                                 "%if 0%{?fedora}\nPatch0: fedora.patch\n%endif\n%{?with:Patch1: b.patch}\n"
                                 "Source1: %{pypi_source}\nSourceLicense: MIT\n"))
              .empty());
}
