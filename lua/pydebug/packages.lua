--- The packages of a pass, such as the -debug packages: what declares them, and the harvest that fills them.
local interpreter = require("pydebug.interpreter")
local macro = require("pydebug.macro")
local passes = require("pydebug.passes")
local spec = require("pydebug.spec")
local tree = require("pydebug.tree")

local packages = {}

--- What pystacks reads of a package's configuration (src/rpm/configuration_provides.hpp).
local function provides(pass)
  local text = "Provides: pystacks(configuration:" .. pass.name .. ")\n"
    .. "Provides: pystacks(variant-of:" .. pass.variant_of .. ")\n"
  for _, trait in ipairs(pass.traits) do
    text = text .. "Provides: pystacks(trait:" .. trait .. ")\n"
  end
  return text
end

local function stanza(pass, base)
  local name = base .. pass.suffix
  -- Otherwise it would be that of the main package.
  local license = spec.license_of(base)
  return "%package -n " .. name .. "\n"
    .. "Summary: " .. pass.title .. " of the extension modules of " .. base .. "\n"
    .. (license and "License: " .. license .. "\n" or "")
    .. rpm.expand("Requires: " .. base .. "%{?_isa} = %{?epoch:%{epoch}:}%{version}-%{release}\n")
    .. rpm.expand("Requires: " .. interpreter.package(pass) .. "%{?_isa}\n")
    .. provides(pass)
    .. "%description -n " .. name .. "\n"
    .. "The extension modules of " .. base .. ", compiled for the " .. pass.name .. " interpreter\n"
    .. interpreter.of(pass) .. ". It loads them instead of the release modules,\n"
    .. "which stay as they are.\n"
    .. "%files -n " .. name .. " -f " .. tree.lists_folder(pass) .. "/" .. name .. ".list\n"
end

--- Notes the package of @p base. The text that declares it; "" where the build does.
function packages.declare(pass, base, glob, by_build)
  macro.remember(passes.note(pass, "packages"), base .. pass.suffix .. (glob ~= "" and "=" .. glob or ""))
  if by_build then macro.remember(passes.note(pass, "optional"), base .. pass.suffix) end
  -- rpm reads %{specpartsdir} since 4.19. Before, the package is declared here, and may have no files.
  if by_build and rpm.vercmp(rpm.expand("%{rpmversion}"), "4.18.90") >= 0 then
    macro.remember(passes.note(pass, "dynamic"), base)
    return ""
  end
  return stanza(pass, base)
end

--- rpm runs this macro between find-debuginfo and its other scripts.
local function finish_later(pass)
  if rpm.isdefined(passes.note(pass, "finishes")) then return end
  local before = rpm.expand("%{?__arch_install_post}"):gsub("%%", "%%%%"):gsub("\n", "\\\n")
  rpm.define("__arch_install_post " .. before .. "\\\n" .. rpm.expand("%{__pystacks}")
    .. ' extension finish --buildroot "$RPM_BUILD_ROOT" --lists ' .. tree.lists(pass) .. "\\\n%{nil}")
  rpm.define(passes.note(pass, "finishes") .. " 1")
end

--- Writes a part of the spec for a package that is declared by the build. Its lines have a column before them here,
--- lest rpm takes them for sections of the spec that it reads now.
local function spec_part(pass, base)
  local name = base .. pass.suffix
  return "\nif grep -q . " .. tree.lists(pass) .. "/" .. name .. ".list; then\n"
    .. "sed 's/^|//' >\"$RPM_SPECPARTS_DIR\"/" .. pass.prefix .. "-" .. name .. ".specpart <<'PYDEBUG_SPECPART'\n"
    .. ("|" .. stanza(pass, base)):gsub("\n$", ""):gsub("\n", "\n|") .. "\nPYDEBUG_SPECPART\nfi"
end

--- The shell's text that takes the modules of the pass into the buildroot.
function packages.harvest(pass)
  finish_later(pass)
  local text = tree.command(pass, "harvest") .. ' --buildroot "$RPM_BUILD_ROOT" --lists ' .. tree.lists(pass)
    .. macro.options("--package", passes.note(pass, "packages")) .. macro.options("--leave-out", "pydebug_leave_out")
    .. macro.options("--optional", passes.note(pass, "optional"))
  local parts = ""
  for base in macro.value(passes.note(pass, "dynamic")):gmatch("%S+") do parts = parts .. spec_part(pass, base) end
  return text .. parts
end

return packages
