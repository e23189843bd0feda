--- The spec that rpm is reading: its file, its items, and what a line in a section stands for.
local lexer = require("pydebug.lexer")
local macro = require("pydebug.macro")

local spec = {}

--- rpm tells nobody which file it is reading, but has it open. Nothing where that leaves a doubt.
function spec.find()
  for _, name in ipairs({ "pydebug_specfile", "_specfile" }) do
    local path = macro.value(name)
    if path ~= "" then return path end
  end
  local found = nil
  for _, fd in ipairs(posix.dir("/proc/self/fd") or {}) do
    local target = posix.readlink("/proc/self/fd/" .. fd)
    if target ~= nil and target:match("%.spec$") and target ~= found then
      if found ~= nil then return nil end
      found = target
    end
  end
  return found
end

--- The spec's path as a macro can hold it.
function spec.name()
  return ((spec.find() or "unknown"):gsub("[%%%s]", "_"))
end

local function path()
  local found = spec.find()
  if found == nil then
    macro.refuse("cannot find out which file is the spec", "define pydebug_specfile as its path")
  end
  return found
end

--- The items of a file.
function spec.items_of(file_name)
  local file = io.open(file_name, "r")
  if file == nil then
    macro.refuse("cannot read " .. file_name, "define pydebug_specfile as the path of the spec")
  end
  local lines = {}
  for line in file:lines() do
    lines[#lines + 1] = line
  end
  file:close()
  return lexer.items(lines)
end

function spec.items()
  return spec.items_of(path())
end

local function evaluated(word, condition)
  if word == "else" then return true end
  if word == "if" or word == "elif" then return rpm.expand("%{expr:!(" .. condition .. ")}") == "0" end
  local target = rpm.expand(word:match("arch$") and "%{_target_cpu}" or "%{_target_os}"):lower()
  local found = false
  for each in rpm.expand(condition):gmatch("%S+") do
    found = found or each:lower() == target
  end
  return found ~= (word:match("^ifn") ~= nil)
end

--- Whether rpm reads what is in the branch. It is decided when it is asked for the first time.
function spec.holds(branch)
  if branch == nil then return true end
  if branch.taken == nil then
    local free, earlier = spec.holds(branch.parent), branch.previous
    while free and earlier do
      free, earlier = not spec.holds(earlier), earlier.previous
    end
    branch.taken = free and evaluated(branch.word, branch.condition)
  end
  return branch.taken
end

--- Whether the text uses a macro, of which a pattern is given, where it is no comment.
function spec.names(text, pattern)
  if lexer.is_comment(text) then return false end
  for line in text:gmatch("[^\n]+") do
    if lexer.before_dnl(line):match("%f[%%]%%[?!{]*" .. pattern .. "%f[^%w_]") then return true end
  end
  return false
end

--- Whether the text uses one of the documented macros.
function spec.is_ours(text)
  return spec.names(text, "pydebug_[%w_]+")
end

--- Whether a %bcond of the spec decides @p name, above the first of our macros.
function spec.has_bcond(name)
  if spec.find() == nil then return false end
  for _, item in ipairs(spec.items()) do
    if spec.is_ours(item.text) then return false end
    if item.text:match("^%s*%%[?!{]*bcond[_%l]*%s+" .. name .. "%f[^%w_]") and spec.holds(item.branch) then
      return true
    end
  end
  return false
end

--- The name of the package that a %package line declares.
local function package_name(rest)
  local words = rpm.expand(rest)
  local full = words:match("^%s*%-n%s*(%S+)") or words:match("%s%-n%s*(%S+)")
  return full or rpm.expand("%{name}-") .. (words:match("^%s*([^%s-]%S*)") or "")
end

local function license_of(name)
  local inside = false
  for _, item in ipairs(spec.items()) do
    local section, rest = lexer.header(item.text)
    if section then
      inside = section == "package" and spec.holds(item.branch) and package_name(rest) == name
    elseif inside then
      local tag, _, value = lexer.tag(item.text)
      if tag == "license" and spec.holds(item.branch) then return rpm.expand(value) end
    end
  end
end

--- The License of a subpackage, if its own section has one; nothing if it has the main package's, or if the spec cannot
--- be read.
function spec.license_of(name)
  local worked, license = pcall(license_of, name)
  return worked and license or nil
end

--- The parts of a section: itself, and what is put before and after it by -p and -a. The one that has the macro is last
--- in what it repeats. The second result is the macro's own item.
local function parts_of(section, name_of_macro)
  local parts, open, mine = {}, nil, nil
  for _, item in ipairs(spec.items()) do
    local name, rest = lexer.header(item.text)
    if name and (open or name == section) and spec.holds(item.branch) then
      open = nil
      if name == section then
        open = { mode = rpm.expand(rest):match("%-([ap])%f[^%w]") or "own" }
        parts[#parts + 1] = open
      end
    elseif open then
      if spec.names(item.text, name_of_macro) and spec.holds(item.branch) then
        if mine then
          macro.refuse("lines " .. mine.number .. " and " .. item.number .. " both have %" .. name_of_macro,
            "use it once, at the end of the section")
        end
        mine = item
      end
      open[#open + 1] = item
    end
  end
  if mine == nil then
    macro.refuse("%" .. section .. " and %" .. name_of_macro .. " are not both in " .. path(),
      "write both into the spec itself, or use %pydebug_begin and %pydebug_end")
  end
  return parts, mine
end

--- The values of BuildOption for a section, as they are expanded in one item of the preamble.
local function build_options(text, section)
  local options = ""
  for line in rpm.expand(text):gmatch("[^\n]+") do
    local tag, where, value = lexer.tag(line)
    if tag == "buildoption" and (where:match("%a[%w_]*") or "conf") == section then
      options = options .. " " .. value
    end
  end
  return options
end

--- The macro that says what a section does where BuildSystem is used, with the options that rpm hands it, expanded when
--- they were read. "" where there is none.
function spec.build_system(section)
  local name = "buildsystem_" .. macro.value("buildsystem") .. "_" .. section
  local _, parametric = rpm.isdefined(name)
  if not parametric then name = "buildsystem_default_" .. section end
  _, parametric = rpm.isdefined(name)
  if not parametric then return "" end
  local options, place = "", "package"
  for _, item in ipairs(spec.items()) do
    place = lexer.header(item.text) or place
    if place == "package" and item.text:lower():match("buildoption") and not lexer.is_comment(item.text)
        and spec.holds(item.branch) then
      options = options .. build_options(item.text, section)
    end
  end
  return "%" .. name .. " " .. (options ~= "" and "--" .. options or "")
end

--- Parts in rpm's order: of several -p, the last one is the first.
local function in_order(parts, section)
  local before, own, after = {}, nil, {}
  for _, part in ipairs(parts) do
    if part.mode == "p" then
      table.insert(before, 1, part)
    elseif part.mode == "a" then
      after[#after + 1] = part
    else
      own = part
    end
  end
  if own == nil and rpm.isdefined("buildsystem") then
    own = { { text = spec.build_system(section), number = 0 } }
  end
  before[#before + 1] = own
  return table.move(after, 1, #after, #before + 1, before)
end

--- The items that rpm puts before the macro in its section.
function spec.above(section, name_of_macro)
  local parts, mine = parts_of(section, name_of_macro)
  local items = {}
  for _, part in ipairs(in_order(parts, section)) do
    for _, item in ipairs(part) do
      if item == mine then return items end
      if spec.names(item.text, "pydebug_from_here") and spec.holds(item.branch) then
        items = {}
      elseif not spec.is_ours(item.text) then
        items[#items + 1] = item
      end
    end
  end
  return items
end

return spec
