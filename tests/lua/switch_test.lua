package.path = "lua/?.lua;tests/lua/?.lua;" .. package.path
local cases = require("cases")
local fake = require("fake_rpm")
local switch = require("pydebug.switch")
local case, equal = cases.case, cases.equal

--- Whether a spec of these lines is built, and what it sees of the switch.
local function decided(macros, lines)
  fake.start(macros, lines or { "Name: a" })
  switch.decide()
  return { switch.is_on(), fake.expand("%{?with_debug_build}%{!?with_debug_build:-}"),
    (fake.isdefined("_without_debug_build")) }
end
local on, off = { true, "1", false }, { false, "-", true }

case("it is on where nothing is said, and a distribution can say otherwise", function()
  equal(decided({}), on)
  equal(decided({ "_pydebug_default 0" }), off)
  equal(decided({ "_pydebug_default 0", "_with_debug_build --with-debug_build" }), on)
end)

case("a 0 switches off wherever it is, and a 1 on", function()
  equal(decided({ "with_debug_build 0" }), off)
  equal(decided({ "with_debug_build 0", "with_debug_build 1" }), off)
  equal(decided({ "_pydebug_default 0", "with_debug_build 1" }), on)
  equal(decided({ "_without_debug_build 1", "with_debug_build 1" }), { true, "1", true })
end)

case("the command line, a build in place, and a %bcond that has defined nothing", function()
  equal(decided({ "_without_debug_build --without-debug_build" }), off)
  equal(decided({ "_build_in_place 1", "with_debug_build 1" }), off)
  equal(decided({}, { "%bcond_with debug_build" }), off)
  equal(decided({}, { "%{!?x:%bcond_with debug_build}" }), on)
  equal(decided({}, { "%{?pydebug_switch}", "%bcond_with debug_build" }), on)
  equal(decided({}, { "%dnl %{?pydebug_switch}", "%bcond debug_build 0" }), off)
  equal(decided({}, { "%if 0", "%bcond_with debug_build", "%endif" }), on)
end)

case("another spec is decided again, with what was given", function()
  fake.start({ "with_debug_build 0", "pydebug_specfile /one.spec" })
  equal(switch.is_on(), false)
  fake.define("pydebug_specfile /another one.spec")
  fake.define("with_debug_build 1")
  equal(switch.is_on(), false)
  equal(fake.expand("%{__pydebug_spec}"), "/another_one.spec")
  equal(fake.expand("%{__pydebug_given}"), "x01")
end)

fake.done()
cases.done()
