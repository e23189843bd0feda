package.path = "lua/?.lua;tests/lua/?.lua;" .. package.path
local cases = require("cases")
local fake = require("fake_rpm")
local pydebug = require("pydebug")
local pass = require("pydebug.pass")
local case, equal = cases.case, cases.equal

local common = { "name sample", "version 1.0", "release 1", "_builddir /b", "buildroot /r", "buildsubdir sample-1.0",
  "__python3 /usr/bin/python3.13", "__pystacks pystacks", "rpmversion 4.20.1",
  "_pydebug_bcond debug_build", "_pydebug_title Debug build", "_pydebug_unoptimized 1", "_pydebug_cflags -O0",
  "_pydebug_traits debug" }

--- A process that reads a spec of these lines.
local function start(lines, ...)
  fake.start(common, lines)
  for _, each in ipairs({ ... }) do fake.define(each) end
end

case("with the switch off, nothing is said", function()
  start({ "Name: a" }, "with_debug_build 0")
  for _, name in ipairs({ "switch", "buildrequires", "package", "prep", "conf", "build", "install", "harvest", "check",
    "tests", "exclusions" }) do
    equal(pydebug[name]("a", "", false), "")
  end
end)

case("the debug interpreter and its package have the release interpreter's name", function()
  start({ "Name: a" })
  equal(pydebug.buildrequires(), "BuildRequires: pystacks\nBuildRequires: python3.13-debug")
  fake.define("pydebug_python /usr/bin/python2.7")
  equal(pydebug.buildrequires(), "BuildRequires: pystacks\nBuildRequires: python2-debug")
  fake.define("pydebug_interpreter_package other")
  equal(pydebug.buildrequires(), "BuildRequires: pystacks\nBuildRequires: other")
  fake.define("pydebug_python /usr/bin/python3")
  fake.links = { ["/usr/bin/python3-debug"] = "/opt/python3.13-debug", ["/opt/python3.13-debug"] = "python3.13d" }
  equal(pydebug.check():match("%-%-debug%-python '(.-)'"), "/opt/python3.13d")
end)

case("a package is declared by the spec, or by the build where rpm can", function()
  start({ "Name: a" })
  local text = pydebug.package("python3-a", "", false)
  equal(text:match("^%%package %-n python3%-a%-debug\n") ~= nil, true)
  equal(text:match("Requires: (python3%-a)[^\n]* = 1.0%-1\n"), "python3-a")
  equal(pydebug.package("b", "**/b/*", true), "")
  equal(fake.expand("%{__pydebug_packages}"):gsub("^%s+", ""), (" python3-a-debug b-debug=**/b/*"):gsub("^%s+", ""))
  fake.define("rpmversion 4.18.0")
  equal(pydebug.package("c", "", true):match("^%%package %-n c%-debug") ~= nil, true)
  local harvest = pydebug.harvest()
  equal(harvest:match("%-%-package 'b%-debug=%*%*/b/%*'") ~= nil, true)
  equal(harvest:match("%-%-optional '(.-)'"), "b-debug")
  equal(harvest:match("\n|%%package %-n b%-debug\n") ~= nil, true)
  equal(fake.expand("%{__arch_install_post}"):match("extension finish") ~= nil, true)
end)

case("a package has the license of its base package", function()
  local lines = { "License: GPL-2.0-only", "%global free MIT", "%package -n python3-a", "Summary: A", "%if 0",
    "License: Zlib", "%endif", "license : %{free}", "%description -n python3-a", "License: of words", "%package more",
    "License: BSD-3-Clause", "%package plain", "Summary: P", "%prep" }
  local function license(base)
    start(lines, "free MIT")
    return pydebug.package(base, "", false):match("\nLicense: ([^\n]*)\n")
  end
  equal(license("python3-a"), "MIT")
  equal(license("sample-more"), "BSD-3-Clause")
  equal(license("sample-plain"), nil)
  equal(license("sample"), nil)
end)

case("a section is repeated with the macros of the second pass, which end with it", function()
  start({ "%build", "%global value 1", "echo %{__python3} %{optflags} %{_builddir} %{?value}", "%undefine x",
    "%{?pydebug_build}" }, "optflags -O2 -g -flto=auto -Wp,-D_FORTIFY_SOURCE=2", "__cmake /usr/bin/cmake")
  equal(pydebug.build(), '(\n. "$RPM_BUILD_DIR/sample-1.0-pydebug/environment"\n'
    .. 'cd "$RPM_BUILD_DIR/sample-1.0"\n'
    .. "\necho /usr/bin/python3.13-debug -g -O0 /b/sample-1.0-pydebug/tree 1\n)\n")
  equal(fake.expand("%{__python3} %{_builddir} %{__cmake} %{?value}"), "/usr/bin/python3.13 /b /usr/bin/cmake ")
  equal(fake.isdefined("__pydebug_bound"), false)
end)

case("an error in the repeated text leaves the release build's macros", function()
  start({ "%build", "%{=}", "%{?pydebug_build}" })
  cases.refused("cannot expand %{=}", pydebug.build)
  equal(fake.expand("%{__python3}"), "/usr/bin/python3.13")
end)

case("the tests have to be there, and the text between begin and end has an end", function()
  start({ "%check", "# none", "%dnl none", "", "%{?pydebug_tests}" })
  cases.refused("there is nothing above %pydebug_tests", pydebug.tests)
  pydebug.begin()
  equal(fake.expand("%{buildroot}"), "/b/sample-1.0-pydebug/root")
  cases.refused("%pydebug_begin has no %pydebug_end", pydebug.begin)
  equal(pydebug.finish(), ")\n")
  equal(fake.expand("%{buildroot}"), "/r")
end)

case("the tree is the one that %prep makes", function()
  start({ "%prep", "p", "%{?pydebug_prep}" })
  equal(pydebug.prep(), "pystacks extension prepare --python '/usr/bin/python3.13' --debug-python "
    .. "'/usr/bin/python3.13-debug' --work \"$RPM_BUILD_DIR/sample-1.0-pydebug\" --tree \"$PWD\" --cflags '-O0'")
  fake.undefine("buildsubdir")
  fake.define("buildsystem demo")
  cases.refused("which folder %prep makes", pydebug.harvest)
  fake.define("buildsystem_demo_prep %global buildsubdir tree-1")
  pydebug.prep()
  equal(fake.isdefined("buildsubdir"), false)
  equal(pydebug.check():match("%-%-lists (%S+)"), '"$RPM_BUILD_DIR/tree-1/.pydebug"')
end)

--- A second configuration, which is data alone.
local two = { "_pydebug_passes debug free-threading", "_pyfree_threading_suffix t",
  "_pyfree_threading_traits free-threaded", "_pyfree_threading_cflags -g",
  "pyfree_threading_interpreter /usr/bin/python3.13t" }

case("each configuration has a pass, with its interpreter, folder, flags and packages", function()
  start({ "%build", "echo %{__python3} %{optflags} %{_builddir}", "%{?pydebug_build}" }, "optflags -O2 -g",
    table.unpack(two))
  equal(pydebug.buildrequires(),
    "BuildRequires: pystacks\nBuildRequires: python3.13-debug\nBuildRequires: python3.13t")
  equal(pydebug.build(), '(\n. "$RPM_BUILD_DIR/sample-1.0-pydebug/environment"\n'
    .. 'cd "$RPM_BUILD_DIR/sample-1.0"\n'
    .. "echo /usr/bin/python3.13-debug -g -O0 /b/sample-1.0-pydebug/tree\n)\n"
    .. '(\n. "$RPM_BUILD_DIR/sample-1.0-pyfree_threading/environment"\n'
    .. 'cd "$RPM_BUILD_DIR/sample-1.0"\n'
    .. "echo /usr/bin/python3.13t -O2 -g -g /b/sample-1.0-pyfree_threading/tree\n)\n")
  local declared = pydebug.package("python3-a", "", false)
  for _, line in ipairs({ "%package -n python3-a-debug\nSummary: Debug build of", "%package -n python3-at\n",
    "Provides: pystacks(configuration:debug)\n", "Provides: pystacks(configuration:free-threading)\n",
    "Provides: pystacks(trait:free-threaded)\n", "%files -n python3-at -f .pyfree_threading/python3-at.list\n" }) do
    equal({ line, declared:find(line, 1, true) ~= nil }, { line, true })
  end
  local harvest = pydebug.harvest()
  equal(harvest:match("%-%-package '(python3%-a%-debug)'\npystacks extension harvest"), "python3-a-debug")
  equal(harvest:match("%-%-debug%-python '/usr/bin/python3.13t'.*%-%-traits free%-threaded.*%-%-package '(.-)'"),
    "python3-at")
  equal(pydebug.exclusions(), "-f .pydebug/exclusions -f .pyfree_threading/exclusions")
  local _, lists = fake.expand("%{__arch_install_post}"):gsub("extension finish", "")
  equal(lists, 2)
end)

case("each configuration has its switch", function()
  start({ "Name: a" }, "with_debug_build 0", table.unpack(two))
  equal(pydebug.buildrequires(), "BuildRequires: pystacks\nBuildRequires: python3.13t")
  equal(fake.expand("%{?with_debug_build}-%{?with_free_threading_build}"), "-1")
  equal(pydebug.exclusions(), "-f .pyfree_threading/exclusions")
  start({ "Name: a" }, "_without_free_threading_build 1", table.unpack(two))
  equal(pydebug.exclusions(), "-f .pydebug/exclusions")
end)

case("flags lose what hinders a debugger", function()
  equal(pass.debug_flags("-O2 -O -Ofast -g -flto -flto=auto -ffat-lto-objects -DNDEBUG -DX -Wp,-U_FORTIFY_SOURCE,x"),
    "-g -DX ")
end)

fake.done()
cases.done()
