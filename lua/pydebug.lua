--- What the macros of macros.pydebug expand to. docs/extension-macros.md says what they are for.
---
--- Each function returns text of the spec. Lua's state lasts as long as the process, macros as long as rpm keeps them;
--- so what is to be remembered is in macros, and belongs to one spec. Lua 5.3 and later read this.
local interpreter = require("pydebug.interpreter")
local macro = require("pydebug.macro")
local packages = require("pydebug.packages")
local pass = require("pydebug.pass")
local switch = require("pydebug.switch")
local tree = require("pydebug.tree")

local pydebug = {}

--- %pydebug_switch: decides for this spec, and is nothing itself.
function pydebug.switch()
  switch.decide()
  return ""
end

--- %pydebug_buildrequires
function pydebug.buildrequires()
  if not switch.is_on() then return "" end
  return "BuildRequires: pystacks\nBuildRequires: " .. interpreter.package()
end

--- %pydebug_package
--- @param base the package's name without -debug
--- @param glob modules that belong to it; "" where all do
--- @param by_build whether the build declares it, if it has such modules
function pydebug.package(base, glob, by_build)
  if not switch.is_on() then return "" end
  return packages.declare(base, glob, by_build)
end

--- %pydebug_prep
function pydebug.prep()
  if not switch.is_on() then return "" end
  pass.note_folder()
  return tree.command("prepare") .. ' --tree "$PWD" --cflags ' .. macro.quoted(rpm.expand("%{_pydebug_cflags}"))
end

--- %pydebug_conf
function pydebug.conf()
  return switch.is_on() and pass.again("conf", "pydebug_conf") or ""
end

--- %pydebug_build
function pydebug.build()
  return switch.is_on() and pass.again("build", "pydebug_build") or ""
end

--- %pydebug_install
function pydebug.install()
  if not switch.is_on() then return "" end
  return pass.again("install", "pydebug_install") .. "\n" .. packages.harvest()
end

--- %pydebug_harvest
function pydebug.harvest()
  return switch.is_on() and packages.harvest() or ""
end

--- %pydebug_check
function pydebug.check()
  if not switch.is_on() then return "" end
  return tree.command("imports") .. ' --buildroot "$RPM_BUILD_ROOT" --lists ' .. tree.lists()
    .. macro.options("--no-import", "pydebug_no_import")
end

--- %pydebug_tests
function pydebug.tests()
  return switch.is_on() and pass.again("check", "pydebug_tests") or ""
end

--- %pydebug_begin: until %pydebug_end, commands are those of the second pass. The spec's own condition is around both.
function pydebug.begin()
  local text = pass.entered()
  pass.rebind()
  return text
end

--- %pydebug_end
function pydebug.finish()
  pass.unbind()
  return pass.left()
end

--- %pydebug_exclusions
function pydebug.exclusions()
  return switch.is_on() and "-f .pydebug/exclusions" or ""
end

return pydebug
