--- Where a pass works, as the shell of a section names it: the text of the spec goes into the SRPM, so no path of this
--- machine may be in it.
local interpreter = require("pydebug.interpreter")
local macro = require("pydebug.macro")

local tree = {}

--- The folder of the pass, below the build folder.
function tree.folder(pass)
  return rpm.expand("%{name}-%{version}-" .. pass.prefix)
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

--- The folder of the pass's file lists, as %files names it.
function tree.lists_folder(pass)
  return "." .. pass.prefix
end

--- The same for the shell.
function tree.lists(pass)
  return '"$RPM_BUILD_DIR/' .. tree.name() .. "/" .. tree.lists_folder(pass) .. '"'
end

--- What distinguishes the pass's configuration; nothing where it is a debug build, which the program expects.
local function traits(pass)
  local words = ""
  for _, trait in ipairs(pass.traits) do
    words = words .. " --traits " .. trait
  end
  return words == " --traits debug" and "" or words
end

--- A command of the program, with what all of them want to know.
function tree.command(pass, name)
  return rpm.expand("%{__pystacks}") .. " extension " .. name .. " --python " .. macro.quoted(interpreter.release())
    .. " --debug-python " .. macro.quoted(interpreter.of(pass))
    .. ' --work "$RPM_BUILD_DIR/' .. tree.folder(pass) .. '"' .. traits(pass)
end

return tree
