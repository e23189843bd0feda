--- A pass: the text of a section once more, with the macros of its interpreter.
local interpreter = require("pydebug.interpreter")
local lexer = require("pydebug.lexer")
local macro = require("pydebug.macro")
local passes = require("pydebug.passes")
local spec = require("pydebug.spec")
local tree = require("pydebug.tree")

local pass = {}

--- Expands the items as rpm would read them now. Only branches that are taken are expanded. What an %undefine takes
--- away is gone already.
local function expanded(items)
  local done, waiting, branch = {}, {}, nil
  local function expand()
    if #waiting > 0 then done[#done + 1] = rpm.expand(table.concat(waiting, "\n")) end
    waiting = {}
  end
  for _, item in ipairs(items) do
    if item.branch ~= branch then expand() end
    branch = item.branch
    if spec.holds(branch) and not item.text:match("^%s*%%undefine%s") then
      local included = lexer.before_dnl(item.text):match("^%s*%%include%s+(.-)%s*$")
      if included then
        expand()
        done[#done + 1] = expanded(spec.items_of(rpm.expand(included)))
      else
        waiting[#waiting + 1] = item.text
        local defined = item.text:match("^%s*%%global%s+([%w_]+)") or item.text:match("^%s*%%define%s+([%w_]+)")
        if defined then rpm.define("__pydebug_defined " .. defined .. " " .. macro.value("__pydebug_defined")) end
      end
    end
  end
  expand()
  return table.concat(done, "\n")
end

--- With a build system, rpm expands its %prep when the whole spec is read, which is too late to learn which tree it
--- makes; so it is expanded once more, and nothing remains of it but this name.
function pass.note_folder()
  if rpm.isdefined("buildsubdir") or not rpm.isdefined("buildsystem") then return end
  expanded({ { text = spec.build_system("prep"), number = 0 } })
  if rpm.isdefined("buildsubdir") then
    rpm.define("__pydebug_folder " .. macro.value("buildsubdir"))
    rpm.undefine("buildsubdir")
  end
end

--- Compiler flags without those that hinder a debugger.
function pass.debug_flags(flags)
  local kept = ""
  for flag in flags:gmatch("%S+") do
    if not (flag:match("^%-O") or flag:match("^%-flto") or flag == "-ffat-lto-objects" or flag == "-DNDEBUG"
        or flag:match("_FORTIFY_SOURCE")) then
      kept = kept .. flag .. " "
    end
  end
  return kept
end

--- Folders of the pass.
local function bind_folders(bind, work)
  bind("_builddir", work .. "/tree")
  bind("buildroot", work .. "/root")
  if not rpm.isdefined("buildsubdir") and tree.name() ~= "" then bind("buildsubdir", tree.name()) end
  -- Since 4.20, and since 4.19.
  if rpm.isdefined("builddir") then bind("builddir", work .. "/tree") end
  if rpm.isdefined("specpartsdir") then bind("specpartsdir", work .. "/specparts") end
end

--- Its interpreter, and stand-ins of what starts the release interpreter.
local function bind_programs(bind, work, which)
  for _, name in ipairs({ "__python3", "__python2", "__python", "__platform_python", "python3", "python2" }) do
    if macro.value(name) == interpreter.release() then bind(name, interpreter.of(which)) end
  end
  for _, name in ipairs({ "cmake", "meson", "pytest" }) do
    if rpm.isdefined("__" .. name) then bind("__" .. name, work .. "/bin/" .. name) end
  end
end

local function bind_flags(bind, which)
  local function kept(name)
    return which.unoptimized and pass.debug_flags(macro.value(name)) or macro.value(name) .. " "
  end
  for _, name in ipairs({ "optflags", "build_cflags", "build_cxxflags", "build_fflags" }) do
    if rpm.isdefined(name) then bind(name, kept(name) .. which.cflags) end
  end
  if rpm.isdefined("build_ldflags") then bind("build_ldflags", kept("build_ldflags")) end
end

--- What macros say in the pass: a list of { name, value }.
local function bindings(which)
  local list = {}
  local function bind(name, value)
    list[#list + 1] = { name, value }
  end
  local work = rpm.expand("%{_builddir}/") .. tree.folder(which)
  bind_folders(bind, work)
  bind_programs(bind, work, which)
  bind_flags(bind, which)
  return list
end

--- From here on macros say what they say in the pass.
function pass.rebind(which)
  if rpm.isdefined("__pydebug_bound") then
    macro.refuse("%pydebug_begin has no %pydebug_end", "write %pydebug_end after the text for the debug interpreter")
  end
  local names = ""
  for _, binding in ipairs(bindings(which)) do
    rpm.define(binding[1] .. " " .. (binding[2]:match("%S") and binding[2] or "%{nil}"))
    names = names .. " " .. binding[1]
  end
  rpm.define("__pydebug_bound" .. names)
end

--- Ends it. What the repeated text defined ends with it, too: release sections that follow have their own.
function pass.unbind()
  for name in (macro.value("__pydebug_defined") .. " " .. macro.value("__pydebug_bound")):gmatch("%S+") do
    rpm.undefine(name)
  end
  macro.undefine("__pydebug_defined")
  macro.undefine("__pydebug_bound")
end

--- The shell's text before and after what is repeated.
function pass.entered(which)
  return '(\n. "$RPM_BUILD_DIR/' .. tree.folder(which) .. '/environment"\n'
    .. 'cd "$RPM_BUILD_DIR/' .. tree.name() .. '"\n'
end

function pass.left()
  return ")\n"
end

--- Whether there is a line that is neither empty nor a comment.
local function says_something(items)
  for _, item in ipairs(items) do
    for line in item.text:gmatch("[^\n]+") do
      if line:match("%S") and not lexer.is_comment(line) then return true end
    end
  end
  return false
end

--- What stands above the macro in its section, for the interpreter of each of @p list.
function pass.again(list, section, name_of_macro)
  local items = spec.above(section, name_of_macro)
  if section == "check" and not says_something(items) then
    macro.refuse("there is nothing above %" .. name_of_macro .. " in %" .. section,
      "write it below the tests that it repeats")
  end
  local whole = {}
  for _, which in ipairs(list) do
    local entered = pass.entered(which)
    pass.rebind(which)
    local worked, text = pcall(expanded, items)
    pass.unbind()
    if not worked then error(text, 0) end
    whole[#whole + 1] = entered .. text .. "\n" .. pass.left()
  end
  return table.concat(whole)
end

return pass
