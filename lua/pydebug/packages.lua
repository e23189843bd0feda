--- The -debug packages: what declares them, and the harvest that fills them.
local interpreter = require("pydebug.interpreter")
local macro = require("pydebug.macro")
local tree = require("pydebug.tree")

local packages = {}

-- What pystacks reads of a package's configuration (src/rpm/configuration_provides.hpp).
local provides = "Provides: pystacks(configuration:debug)\n"
  .. "Provides: pystacks(variant-of:optimized)\n"
  .. "Provides: pystacks(trait:debug)\n"

local function stanza(base)
  local name = base .. "-debug"
  return "%package -n " .. name .. "\n"
    .. "Summary: Debug build of the extension modules of " .. base .. "\n"
    .. rpm.expand("Requires: " .. base .. "%{?_isa} = %{?epoch:%{epoch}:}%{version}-%{release}\n")
    .. rpm.expand("Requires: " .. interpreter.package() .. "%{?_isa}\n")
    .. provides
    .. "%description -n " .. name .. "\n"
    .. "The extension modules of " .. base .. ", compiled for the debug interpreter\n"
    .. interpreter.debug() .. ". It loads them instead of the release modules,\n"
    .. "which stay as they are.\n"
    .. "%files -n " .. name .. " -f .pydebug/" .. name .. ".list\n"
end

--- Notes the -debug package of @p base. The text that declares it; "" where the build does.
function packages.declare(base, glob, by_build)
  macro.remember("__pydebug_packages", base .. "-debug" .. (glob ~= "" and "=" .. glob or ""))
  if by_build then macro.remember("__pydebug_optional", base .. "-debug") end
  -- rpm reads %{specpartsdir} since 4.19. Before, the package is declared here, and may have no files.
  if by_build and rpm.vercmp(rpm.expand("%{rpmversion}"), "4.18.90") >= 0 then
    macro.remember("__pydebug_dynamic", base)
    return ""
  end
  return stanza(base)
end

--- rpm runs this macro between find-debuginfo and its other scripts.
local function finish_later()
  if rpm.isdefined("__pydebug_post") then return end
  local before = rpm.expand("%{?__arch_install_post}"):gsub("%%", "%%%%"):gsub("\n", "\\\n")
  rpm.define("__arch_install_post " .. before .. "\\\n" .. rpm.expand("%{__pystacks}")
    .. ' extension finish --buildroot "$RPM_BUILD_ROOT" --lists ' .. tree.lists() .. "\\\n%{nil}")
  rpm.define("__pydebug_post 1")
end

--- Writes a part of the spec for a package that is declared by the build. Its lines have a column before them here,
--- lest rpm takes them for sections of the spec that it reads now.
local function spec_part(base)
  local name = base .. "-debug"
  return "\nif grep -q . " .. tree.lists() .. "/" .. name .. ".list; then\n"
    .. "sed 's/^|//' >\"$RPM_SPECPARTS_DIR\"/pydebug-" .. name .. ".specpart <<'PYDEBUG_SPECPART'\n"
    .. ("|" .. stanza(base)):gsub("\n$", ""):gsub("\n", "\n|") .. "\nPYDEBUG_SPECPART\nfi"
end

--- The shell's text that takes the debug modules into the buildroot.
function packages.harvest()
  finish_later()
  local text = tree.command("harvest") .. ' --buildroot "$RPM_BUILD_ROOT" --lists ' .. tree.lists()
    .. macro.options("--package", "__pydebug_packages") .. macro.options("--leave-out", "pydebug_leave_out")
    .. macro.options("--optional", "__pydebug_optional")
  local parts = ""
  for base in macro.value("__pydebug_dynamic"):gmatch("%S+") do parts = parts .. spec_part(base) end
  return text .. parts
end

return packages
