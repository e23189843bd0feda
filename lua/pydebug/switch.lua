--- The switch: whether a spec's debug packages are built.
local macro = require("pydebug.macro")
local pass = require("pydebug.pass")
local spec = require("pydebug.spec")

local switch = {}

--- Every definition of with_debug_build, the oldest first, as "0", "1" or "-"; none is left.
local function take_definitions()
  local found = ""
  while rpm.isdefined("with_debug_build") do
    local value = macro.value("with_debug_build")
    found = (value == "" and "-" or value == "0" and "0" or "1") .. found
    rpm.undefine("with_debug_build")
  end
  return found
end

--- A build root hides the debug interpreter from the release pass; what is expanded now may ask it.
local function show_files()
  if posix.stat("/usr/lib/pystacks/debug-files") then
    rpm.expand("%(%{__pystacks} extension debug-files --show)")
  end
end

--- Undoes what deciding did.
local function forget()
  if not rpm.isdefined("__pydebug_spec") then return end
  local later = take_definitions()
  if rpm.isdefined("__pydebug_on") then later = later:sub(2) end
  for value in (macro.value("__pydebug_given"):sub(2) .. later):gmatch(".") do
    rpm.define("with_debug_build " .. (value == "-" and "%{nil}" or value))
  end
  if rpm.isdefined("__pydebug_without") then rpm.undefine("_without_debug_build") end
  if rpm.isdefined("__pydebug_bound") then pass.unbind() end
  if rpm.isdefined("__pydebug_post") then rpm.undefine("__arch_install_post") end
  for _, name in ipairs({ "spec", "given", "on", "without", "packages", "dynamic", "folder", "post" }) do
    macro.undefine("__pydebug_" .. name)
  end
end

--- A 0 switches off wherever it stands: the command line's is below that of a %bcond in the spec. Where a %bcond has
--- defined nothing, it has decided that it is off. With rpmbuild --build-in-place there is no %prep to copy a tree.
local function wanted(given)
  if rpm.isdefined("_build_in_place") then return false end
  if given:find("0") then return false end
  if given:find("1") then return true end
  if rpm.isdefined("_without_debug_build") then return false end
  if rpm.isdefined("_with_debug_build") then return true end
  return macro.value("_pydebug_default") ~= "0" and not spec.has_bcond()
end

--- Decides it for the spec that rpm reads now.
function switch.decide()
  show_files()
  forget()
  local given = take_definitions()
  local on = wanted(given)
  rpm.define("__pydebug_spec " .. spec.name())
  rpm.define("__pydebug_given x" .. given)
  if on then
    rpm.define("__pydebug_on 1")
    rpm.define("with_debug_build 1")
  elseif not rpm.isdefined("_without_debug_build") then
    rpm.define("__pydebug_without 1")
    rpm.define("_without_debug_build --without-debug_build")
  end
end

--- Whether they are. rpmspec reads several specs in one process: what was decided for one does not hold for the next.
function switch.is_on()
  if macro.value("__pydebug_spec") ~= spec.name() then switch.decide() end
  return rpm.isdefined("__pydebug_on")
end

return switch
