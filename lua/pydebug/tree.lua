--- Where the second pass works, as the shell of a section names it: the text of the spec goes into the SRPM, so no path
--- of this machine may be in it.
local interpreter = require("pydebug.interpreter")
local macro = require("pydebug.macro")

local tree = {}

--- The folder of the second pass, below the build folder.
function tree.folder()
  return rpm.expand("%{name}-%{version}-pydebug")
end

--- The tree that %prep made, below the build folder.
function tree.name()
  local folder = macro.value("buildsubdir")
  if folder == "" then folder = macro.value("__pydebug_folder") end
  if folder == "" and rpm.isdefined("buildsystem") then
    macro.refuse("cannot find out which folder %prep makes",
      "write %{?pydebug_prep} into %prep -a, above the other sections")
  end
  return folder
end

--- The folder of file lists.
function tree.lists()
  return '"$RPM_BUILD_DIR/' .. tree.name() .. '/.pydebug"'
end

--- A command of the program, with what all of them want to know.
function tree.command(name)
  return rpm.expand("%{__pystacks}") .. " extension " .. name .. " --python " .. macro.quoted(interpreter.release())
    .. " --debug-python " .. macro.quoted(interpreter.debug())
    .. ' --work "$RPM_BUILD_DIR/' .. tree.folder() .. '"'
end

return tree
