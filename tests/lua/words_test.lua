--- The macros' Lua and src/spectext take the same lines for the same: words_test.lua PRINT_WORDS FILE…
package.path = "lua/?.lua;tests/lua/?.lua;" .. package.path
local cases = require("cases")
local lexer = require("pydebug.lexer")
local words = require("pydebug.words")
local case, equal = cases.case, cases.equal

-- rpmlua's arguments have the script's own name before them.
local given = table.move(arg, arg[1]:match("%.lua$") and 2 or 1, #arg, 1, {})
local program = given[1]

--- What the program prints, as a list of lines.
local function printed(argument)
  local pipe = assert(io.popen("'" .. program .. "'" .. (argument and " '" .. argument .. "'" or "")))
  local lines = {}
  for line in pipe:lines() do lines[#lines + 1] = line end
  assert(pipe:close(), "it failed: " .. program)
  return lines
end

local function what_it_is(line)
  local _, kind = lexer.condition(line)
  if kind then return kind end
  if lexer.is_comment(line) then return "comment" end
  if lexer.header(line) then return "header" end
  local name, option, value = lexer.tag(line)
  -- It is written as the spec has it there.
  if name then return "tag " .. line:match("%w+") .. "|" .. option .. "|" .. value end
  return "other"
end

--- The same as the program prints of a file.
local function read_by_lua(path)
  local lines, begins, found = {}, {}, {}
  for line in io.lines(path) do lines[#lines + 1] = line:gsub("\r$", "") end
  for _, item in ipairs(lexer.items(lines)) do
    local depth, branch = 0, item.branch
    while branch do depth, branch = depth + 1, branch.parent end
    if lexer.header(item.text) then begins[item.number] = depth end
  end
  for number, line in ipairs(lines) do
    found[#found + 1] = number .. " " .. what_it_is(line)
    if begins[number] then found[#found + 1] = number .. " begins a section, in " .. begins[number] end
  end
  return found
end

case("the words of sections and conditions", function()
  local known = {}
  for name in pairs(words.sections) do known[#known + 1] = "section %" .. name end
  for name, kind in pairs(words.conditions) do known[#known + 1] = "condition %" .. name .. " " .. kind end
  local other = printed()
  table.sort(known)
  table.sort(other)
  equal(known, other)
end)

for i = 2, #given do
  case("the lines of " .. given[i], function()
    local known, other = read_by_lua(given[i]), printed(given[i])
    for number = 1, math.max(#known, #other) do equal(known[number], other[number]) end
  end)
end

cases.done()
