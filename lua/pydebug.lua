--- What the macros of macros.pydebug expand to. docs/extension-macros.md says what they are for.
---
--- Each function returns text of the spec. Lua's state lasts as long as the process, macros as long as rpm keeps them;
--- so what is to be remembered is in macros, and belongs to one spec. Lua 5.3 and later read this.
local interpreter = require("pydebug.interpreter")
local macro = require("pydebug.macro")
local packages = require("pydebug.packages")
local pass = require("pydebug.pass")
local passes = require("pydebug.passes")
local switch = require("pydebug.switch")
local tree = require("pydebug.tree")

local pydebug = {}

--- What @p said makes of each pass that is on, a line each.
local function of_each(said)
  local lines = {}
  for _, which in ipairs(switch.on()) do
    lines[#lines + 1] = said(which)
  end
  return table.concat(lines, "\n")
end

--- The section's text once more for each pass that is on.
local function again(section, name_of_macro)
  local on = switch.on()
  return #on > 0 and pass.again(on, section, name_of_macro) or ""
end

--- %pydebug_switch: decides for this spec, and is nothing itself.
function pydebug.switch()
  switch.decide()
  return ""
end

--- %pydebug_buildrequires
function pydebug.buildrequires()
  if not switch.is_on() then return "" end
  return "BuildRequires: pystacks\n" .. of_each(function(which)
    return "BuildRequires: " .. interpreter.package(which)
  end)
end

--- %pydebug_package
--- @param base the package's name without -debug
--- @param glob modules that belong to it; "" where all do
--- @param by_build whether the build declares it, if it has such modules
function pydebug.package(base, glob, by_build)
  return of_each(function(which)
    return packages.declare(which, base, glob, by_build)
  end)
end

--- %pydebug_prep
function pydebug.prep()
  if switch.is_on() then pass.note_folder() end
  return of_each(function(which)
    return tree.command(which, "prepare") .. ' --tree "$PWD" --cflags ' .. macro.quoted(which.cflags)
  end)
end

--- %pydebug_conf
function pydebug.conf()
  return again("conf", "pydebug_conf")
end

--- %pydebug_build
function pydebug.build()
  return again("build", "pydebug_build")
end

--- %pydebug_install
function pydebug.install()
  if not switch.is_on() then return "" end
  return again("install", "pydebug_install") .. "\n" .. pydebug.harvest()
end

--- %pydebug_harvest
function pydebug.harvest()
  return of_each(packages.harvest)
end

--- %pydebug_check
function pydebug.check()
  return of_each(function(which)
    return tree.command(which, "imports") .. ' --buildroot "$RPM_BUILD_ROOT" --lists ' .. tree.lists(which)
      .. macro.options("--no-import", "pydebug_no_import")
  end)
end

--- %pydebug_tests
function pydebug.tests()
  return again("check", "pydebug_tests")
end

--- %pydebug_begin: until %pydebug_end, commands are those of the first pass. The spec's own condition is around both.
function pydebug.begin()
  local which = passes.first()
  local text = pass.entered(which)
  pass.rebind(which)
  return text
end

--- %pydebug_end
function pydebug.finish()
  pass.unbind()
  return pass.left()
end

--- %pydebug_exclusions
function pydebug.exclusions()
  local words = {}
  for _, which in ipairs(switch.on()) do
    words[#words + 1] = "-f " .. tree.lists_folder(which) .. "/exclusions"
  end
  return table.concat(words, " ")
end

return pydebug
