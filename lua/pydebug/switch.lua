--- The switches: which passes follow the build of a spec.
local macro = require("pydebug.macro")
local pass = require("pydebug.pass")
local passes = require("pydebug.passes")
local spec = require("pydebug.spec")

local switch = {}

--- Every definition of the pass's with_… macro, the oldest first, as "0", "1" or "-"; none is left.
local function take_definitions(which)
  local name, found = "with_" .. which.bcond, ""
  while rpm.isdefined(name) do
    local value = macro.value(name)
    found = (value == "" and "-" or value == "0" and "0" or "1") .. found
    rpm.undefine(name)
  end
  return found
end

--- A build root hides the debug interpreter from the release pass; what is expanded now may ask it.
local function show_files()
  if posix.stat("/usr/lib/pystacks/debug-files") then
    rpm.expand("%(%{__pystacks} extension debug-files --show)")
  end
end

--- Undoes what deciding did for the pass.
local function forget(which)
  local later = take_definitions(which)
  if rpm.isdefined(passes.note(which, "on")) then later = later:sub(2) end
  for value in (macro.value(passes.note(which, "given")):sub(2) .. later):gmatch(".") do
    rpm.define("with_" .. which.bcond .. " " .. (value == "-" and "%{nil}" or value))
  end
  if rpm.isdefined(passes.note(which, "without")) then rpm.undefine("_without_" .. which.bcond) end
  for _, name in ipairs({ "given", "on", "without", "packages", "optional", "dynamic", "finishes" }) do
    macro.undefine(passes.note(which, name))
  end
end

local function forget_all()
  if not rpm.isdefined("__pydebug_spec") then return end
  for _, which in ipairs(passes.all()) do
    if rpm.isdefined(passes.note(which, "finishes")) and rpm.isdefined("__arch_install_post") then
      rpm.undefine("__arch_install_post")
    end
    forget(which)
  end
  if rpm.isdefined("__pydebug_bound") then pass.unbind() end
  for _, name in ipairs({ "spec", "folder" }) do
    macro.undefine("__pydebug_" .. name)
  end
end

--- A 0 switches off wherever it stands: the command line's is below that of a %bcond in the spec. Where a %bcond has
--- defined nothing, it has decided that it is off. With rpmbuild --build-in-place there is no %prep to copy a tree.
local function wanted(which, given)
  if rpm.isdefined("_build_in_place") then return false end
  if given:find("0") then return false end
  if given:find("1") then return true end
  if rpm.isdefined("_without_" .. which.bcond) then return false end
  if rpm.isdefined("_with_" .. which.bcond) then return true end
  return macro.value("_" .. which.prefix .. "_default") ~= "0" and not spec.has_bcond(which.bcond)
end

local function decide(which)
  local given = take_definitions(which)
  local on = wanted(which, given)
  rpm.define(passes.note(which, "given") .. " x" .. given)
  if on then
    rpm.define(passes.note(which, "on") .. " 1")
    rpm.define("with_" .. which.bcond .. " 1")
  elseif not rpm.isdefined("_without_" .. which.bcond) then
    rpm.define(passes.note(which, "without") .. " 1")
    rpm.define("_without_" .. which.bcond .. " --without-" .. which.bcond)
  end
end

--- Decides it for the spec that rpm reads now.
function switch.decide()
  show_files()
  forget_all()
  rpm.define("__pydebug_spec " .. spec.name())
  for _, which in ipairs(passes.all()) do
    decide(which)
  end
end

--- The passes that are on. rpmspec reads several specs in one process: what was decided for one does not hold for the
--- next.
function switch.on()
  if macro.value("__pydebug_spec") ~= spec.name() then switch.decide() end
  local list = {}
  for _, which in ipairs(passes.all()) do
    if rpm.isdefined(passes.note(which, "on")) then list[#list + 1] = which end
  end
  return list
end

--- Whether any is.
function switch.is_on()
  return #switch.on() > 0
end

return switch
