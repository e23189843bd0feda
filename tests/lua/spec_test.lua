package.path = "lua/?.lua;tests/lua/?.lua;" .. package.path
local cases = require("cases")
local fake = require("fake_rpm")
local spec = require("pydebug.spec")
local case, equal = cases.case, cases.equal

--- What is above %pydebug_build in the spec of these lines, in branches that are taken.
local function above(lines, macros)
  fake.start(macros or {}, lines)
  local texts = {}
  for _, item in ipairs(spec.above("build", "pydebug_build")) do
    if spec.holds(item.branch) then texts[#texts + 1] = item.text end
  end
  return texts
end
local ours = "%{?pydebug_build}"

case("the section's own lines above the macro, without lines of ours", function()
  equal(above({ "%prep", "p", "%Build", "a", "%{?pydebug_harvest}", "b", ours, "c", "%install" }), { "a", "b" })
  equal(above({ "%build", "a", "%pydebug_from_here", "b", ours }), { "b" })
  equal(above({ "%build", "a", "%policies", "b", ours }), { "a", "%policies", "b" })
end)

case("parts in rpm's order: of several -p, the last one is the first", function()
  equal(above({ "%build", "own", "%build -p", "1", "%build -p", "2", "%build -a", "3", ours, "4" }),
    { "2", "1", "own", "3" })
end)

case("comments do not use a macro", function()
  local comments = { "# " .. ours, "%dnl " .. ours, "%{dnl: " .. ours .. "}", "a %dnl " .. ours, "%%pydebug_build" }
  equal(above({ "%build", comments[1], comments[2], comments[3], comments[4], comments[5], ours }), comments)
end)

case("branches that are not taken do not count", function()
  equal(above({ "%if 0", "%build", "a", "%endif", "%build", "b", "%if 1", ours, "%else", ours, "%endif" }), { "b" })
  equal(above({ "%ifarch a B", "%build", "a", "%else", "%build", "b", "%endif", ours }, { "_target_cpu b" }), { "a" })
  equal(above({ "%ifnarch a,b", "%build", "a", "%endif", ours }, { "_target_cpu b" }), { "a" })
end)

case("what cannot be repeated is refused", function()
  cases.refused("are not both in", above, { "%build", "a" })
  cases.refused("lines 2 and 4 both have %pydebug_build", above, { "%build", ours, "a", ours })
  fake.start({ "pydebug_specfile /no such.spec" })
  cases.refused("cannot read /no such.spec", spec.items)
  fake.start({})
  equal(spec.find(), nil)
  equal(spec.name(), "unknown")
  cases.refused("cannot find out which file is the spec", spec.items)
end)

case("a build system's macro has the options of the preamble", function()
  fake.start({ "buildsystem demo", "buildsystem_demo_build x", "buildsystem_default_install x", "mine --two" },
    { "buildoption(build) : --one", "BuildOption( build ): %{mine} %dnl two", "BuildOption(install): --three",
      "BuildOption: --conf", "# BuildOption(build): --four", "%if 0", "BuildOption(build): --five", "%endif",
      "%description", "BuildOption(build): --six", "%package more", "BuildOption(build): --seven" })
  equal(spec.build_system("build"), "%buildsystem_demo_build -- --one --two --seven")
  equal(spec.build_system("install"), "%buildsystem_default_install -- --three")
  equal(spec.build_system("check"), "")
end)

fake.done()
cases.done()
