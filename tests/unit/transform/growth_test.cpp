#include "growth.hpp"

#include <string>

#include "base/text.hpp"
#include "catch.hpp"
#include "long_specs.hpp"
#include "sample.hpp"
#include "transform/proof.hpp"
#include "transform/transformation.hpp"

using namespace pystacks::transform;
using pystacks::replace_all;

TEST_CASE("two packages with many files that get in each other's way") {
    const auto make = [](std::size_t count) {
        return with_packages(package("python3-more") + "\n", lines(count, "%{python3_sitearch}/*_{}.so") +
                                                                 "%files -n python3-more\n" +
                                                                 lines(count, "%{python3_sitearch}/*_more_{}.so"));
    };
    CHECK(growth_of(make, 300) < growth::allowed);
    CHECK(transform(make(100), "").refusals.size() == 100);
}

TEST_CASE("many packages, each with modules") {
    const auto make = [](std::size_t count) {
        return with_packages(lines(count, package("python3-number-{}")),
                             lines(count, "%files -n python3-number-{}\n%{python3_sitearch}/number_{}/_module.so"));
    };
    CHECK(growth_of(make, 150) < growth::allowed);
    CHECK(transform(replace_all(make(10), "%files -n python3-fast\n", ""), "").outcome == Outcome::added);
}

TEST_CASE("%files of one package many times") {
    const auto make = [](std::size_t count) {
        return in_preamble(lines(count, "Provides: number-{}-of-this-long-list")) +
               lines(count, "%files\n%{python3_sitearch}/number_{}/_module.so");
    };
    CHECK(growth_of(make, 150) < growth::allowed);
    CHECK(reason_of(make(2)) == Reason::section_twice);
}

TEST_CASE("many folders of modules, and as many of Python's own") {
    const auto make = [](std::size_t count) {
        return by_cmake(with_files(lines(count, "%{python3_sitearch}/a_folder_{}/") +
                                   lines(count, "%{python3_sitelib}/another_folder_{}/")));
    };
    CHECK(growth_of(make, 100) < growth::allowed);
}

TEST_CASE("many constants in a script that only %files reads") {
    const auto make = [](std::size_t count) {
        return replace_all(with_files("%{python3_sitearch}/fast.so"), "%install\n",
                           "%install\nmake\n" + lines(count, "%global __brp_script_{} true"));
    };
    CHECK(growth_of(make, 300) < growth::allowed);
    CHECK(transform(make(5), "").outcome == Outcome::added);
}

TEST_CASE("many libraries that are called as modules, and many folders") {
    const auto make = [](std::size_t count) {
        return replace_all(with_files(lines(count, "%{python3_sitearch}/a_{}/") +
                                      lines(count, "%{_libdir}/liba_{}.so.1\n%{_libdir}/libpya_{}.so.1")),
                           "%build\n", "%build\n%cmake\n");
    };
    CHECK(growth_of(make, 100) < growth::allowed);
}

TEST_CASE("many packages that are noarch where a condition holds") {
    const auto make = [](std::size_t count) {
        return in_preamble("%if 0\nBuildArch: noarch\n%endif\n" + lines(count, package("python3-number-{}"))) +
               lines(count, "%files -n python3-number-{}\n%{python3_sitearch}/number_{}/_module.so");
    };
    CHECK(growth_of(make, 100) < growth::allowed);
}

TEST_CASE("many lists of files, and a long script") {
    const auto make = [](std::size_t count) {
        return replace_all(with_files("%{python3_sitearch}/fast.so\n" +
                                      lines(count, "%files -n other-{} -f a-list-of-files-{}\n/usr/bin/{}")),
                           "%install\n", "%install\n" + lines(count, "find . -name {} >a-list-of-files-{}"));
    };
    CHECK(growth_of(make, 600) < growth::allowed);
    CHECK(reason_of(replace_all(make(5), ">a-list-of-files-3", ">nothing")) == Reason::unknown_list);
}

TEST_CASE("many definitions of folders, and a long script") {
    const auto make = [](std::size_t count) {
        return replace_all(in_preamble(lines(count, "%global folder_{} %{buildroot}/opt/number/{}")), "%install\n",
                           "%install\n" + lines(count, "install -m 644 a_file_of_number_{} /opt"));
    };
    CHECK(growth_of(make, 400) < growth::allowed);
    CHECK(reason_of(replace_all(make(5), "a_file_of_number_3", "%{folder_3}")) == Reason::eager_definition);
}

TEST_CASE("a long script that defines macros") {
    for (const char* line : {"%define number_{} {}", "%global name{} %{undefined_thing}\necho %{name{}}",
                             "%global same %{undefined_thing}\necho %{same}"}) {
        INFO(line);
        CHECK(growth::ends_within(20, [&] { (void)transform(with_script(lines(4000, line)), ""); }));
    }
    CHECK(growth_of([](std::size_t count) { return with_script(lines(count, "%undefine number_{}")); }, 300) <
          growth::allowed);
}

TEST_CASE("packages that are named by macros which are defined too late") {
    const auto make = [](std::size_t count) {
        return with_packages(lines(count, package("python3-%{name_{}}")),
                             lines(count, "%files -n python3-%{name_{}}\n%{python3_sitearch}/number_{}.so")) +
               lines(10 * count, "%global name_{} x");
    };
    CHECK(growth::ends_within(20, [&] { (void)transform(make(6000), ""); }));
    const auto done = transform(replace_all(make(3), "%files -n python3-fast\n", ""), "");
    CHECK(done.refusals.size() == 3);
    CHECK(done.refusals.front().detail == "the package's name is defined below %prep");
}

TEST_CASE("many packages in conditions of their own") {
    const auto make = [](std::size_t count, const std::string& between, const std::string& behind) {
        return with_packages(lines(count, package("python3-number-{}")),
                             lines(count,
                                   "%if 0%{?with_number_{}}\n%files -n python3-number-{}\n"
                                   "%{python3_sitearch}/number_{}.so" +
                                       between) +
                                 lines(count, behind));
    };
    const auto side_by_side = [&](std::size_t count) { return make(count, "\n%endif", ""); };
    const auto nested = [&](std::size_t count) { return make(count, "", "%endif"); };
    CHECK(growth_of(side_by_side, 200) < growth::allowed);
    CHECK(growth_of(nested, 200) < growth::allowed);
    const auto done_without_others = [](const std::string& text) {
        return transform(replace_all(text, "%files -n python3-fast\n", ""), "");
    };
    CHECK(done_without_others(side_by_side(30)).outcome == Outcome::added);
    CHECK(done_without_others(nested(20)).refusals.at(0).detail == "they are in different conditions");
    CHECK(done_without_others(nested(21)).refusals.at(0).detail == "there are too many conditions around it");
}

TEST_CASE("many conditions under which another Python is built for, and many packages of modules") {
    const auto make = [](std::size_t count) {
        const std::string text = with_packages(lines(count, package("python3-number-{}")),
                                               lines(count,
                                                     "%if 0%{?with_the_number_{}}\n%files -n python3-number-{}\n"
                                                     "%{python3_sitearch}/number_{}.so\n%endif"));
        return replace_all(replace_all(text, "%files -n python3-fast\n", ""), "%build\n",
                           "%build\n" + lines(count, "%if 0%{?with_other_python_{}}\n%py2_build\n%endif"));
    };
    CHECK(growth_of(make, 150) < growth::allowed);
    CHECK(transform(make(10), "").outcome == Outcome::added);
    CHECK(reason_of(replace_all(make(10), "with_other_python_3", "with_the_number_7")) == Reason::several_interpreters);
}

TEST_CASE("a list of modules in one line") {
    const auto make = [](std::size_t count) {
        return by_cmake(sample("%pyproject_save_files fast",
                               "%pyproject_save_files" + replace_all(lines(count, " a{}"), "\n", "")));
    };
    CHECK(growth::ends_within(20, [&] { (void)transform(make(80'000), ""); }));
    CHECK(transform(replace_all(make(10), " a3", " a3 _a3"), "").seen.why == "a module _NAME beside NAME");
}

TEST_CASE("values in values") {
    const auto often = [](const std::string& text) { return replace_all(std::string(190, 'x'), "x", text); };
    const std::string text = in_preamble("%global a " + often("%b") + "\n%global b " + often("%c") + "\n%global c " +
                                         often("%d") + "\n%global d value\n");
    const std::string script = replace_all(text, "%build\n", "%build\n" + lines(20, "%a"));
    CHECK(growth::allocated_bytes([&] { (void)transform(script, ""); }) < std::uint64_t{8} << 20U);
}

TEST_CASE("a spec whose parts are in one line") {
    for (const char* word : {"%(pkg-config ", "cp ", "for a in python;", "/libpypython", "%{?%{?", "=", "//", "a"}) {
        INFO(word);
        std::string line;
        while (line.size() < 100'000) line += word;
        CHECK(growth::ends_within(60, [&] {
            (void)transform(sample("%build\n", "%build\n" + line + "\n"), "");
            (void)transform(with_files("%{python3_sitearch}" + line + "\n"), "");
            (void)transform(with_files("%{_libdir}/" + line + "\n"), "");
            (void)transform(in_preamble("%global x " + line + "\n"), "");
        }));
    }
}

TEST_CASE("a changed spec of many sections is compared with the original") {
    for (const char* section : {"%files -n number-{}\n/usr/bin/{}", "%files\n/usr/bin/{}", "%check\nrun {}"}) {
        INFO(section);
        CHECK(growth::ends_within(20, [&] {
            std::string off, on;
            for (std::size_t i = 0; i < 60'000; ++i) {
                off += replace_all(section, "{}", std::to_string(i)) + "\n";
                on += replace_all(section, "{}", std::to_string(59'999 - i)) + "\n";
            }
            (void)lacks(off, on);
        }));
    }
}
