--- The lines of a spec as rpm reads them, out of their text alone: nothing is expanded here. src/spectext reads them
--- for the commands; tests/lua compares the two.
local words = require("pydebug.words")

local lexer = {}

--- The text up to a %dnl, which makes rpm drop the rest of the line. "%%" is a percent sign.
function lexer.before_dnl(line)
  local at = line:find("%", 1, true)
  while at do
    if line:find("^%%dnl%f[^%w_]", at) then return line:sub(1, at - 1) end
    at = line:find("%", at + (line:sub(at + 1, at + 1) == "%" and 2 or 1), true)
  end
  return line
end

--- Whether nothing in the line counts: "# …", "%dnl …", "%{dnl:…}".
function lexer.is_comment(line)
  return line:match("^%s*#") ~= nil or line:match("^%s*%%dnl%f[^%w_]") ~= nil or line:match("^%s*%%{dnl[: ]") ~= nil
end

--- The word of a condition that the line is, what it does ("open", "otherwise", "close"), and its expression without
--- comments and the backslashes that join its lines. Nothing where it is none.
function lexer.condition(text)
  local word, rest = text:match("^%s*%%([%w_]+)(.*)$")
  local kind = words.conditions[word or ""]
  local has_expression = kind == "open" or word and word:match("^elif")
  if kind == nil or has_expression and not rest:match("^[ \t]") and rest ~= "" then return nil end
  local kept = {}
  for line in rest:gmatch("[^\n]+") do
    kept[#kept + 1] = lexer.before_dnl(line):gsub("\\$", "")
  end
  return word, kind, table.concat(kept, " "):match("^%s*(.-)%s*$")
end

--- The name of the section that begins with the line, in small letters, and what follows it there. rpm wants it at the
--- line's beginning.
function lexer.header(line)
  local name, rest = line:match("^%%([%w_]+)(.*)$")
  name = name and name:lower()
  if name and words.sections[name] and (rest == "" or rest:match("^%s")) then return name, rest end
end

--- The parts of a line like "Requires(post): gcc": name in small letters, what is in parentheses, value. Whether rpm
--- knows the name is not looked at.
function lexer.tag(line)
  local name, rest = lexer.before_dnl(line):match("^%s*(%w+)%s*(.*)$")
  if name == nil then return nil end
  local option, behind = rest:match("^%(%s*([^)]-)%s*%)%s*(.*)$")
  local value = (behind or rest):match("^:%s*(.-)%s*$")
  if value then return name:lower(), option or "", value end
end

--- Takes one more line of what rpm reads at once. Whether rpm reads on before it expands: whether a macro is not at its
--- end, and whether the line ends with a backslash. What is open is counted in the table, so each line is read once.
function lexer.unfinished(line, open)
  local closing = { ["{"] = "}", ["("] = ")", ["["] = "]" }
  local escaped = false
  local special = "[%%\\{}%[%]()]"
  local at = line:find(special)
  while at do
    local here, following = line:sub(at, at), line:sub(at + 1, at + 1)
    if here == "\\" then
      escaped = following == ""
      at = at + 1
    elseif here == "%" and (closing[following] or following == "%") then
      if closing[following] then open[following] = (open[following] or 0) + 1 end
      at = at + 1
    else
      for left, right in pairs(closing) do
        local depth = open[left] or 0
        if depth > 0 and here == left then open[left] = depth + 1 end
        if depth > 0 and here == right then open[left] = depth - 1 end
      end
    end
    at = line:find(special, at + 1)
  end
  for _, depth in pairs(open) do
    if depth > 0 then return true, escaped end
  end
  return false, escaped
end

--- Whether the line begins something of its own, though the text above it ends with a backslash: rpm expands both at
--- once, and then looks at each line again. Definitions go on.
local function ends_before(text, line)
  local word = text:match("^%s*%%(%l+)")
  return word ~= "define" and word ~= "global" and (lexer.condition(line) or lexer.header(line)) ~= nil
end

--- The branch behind the line of a condition; branches know their parent, and the one before them in the same %if.
local function next_branch(branch, word, kind, expression)
  if kind == "close" then return branch and branch.parent end
  local parent, previous = branch, nil
  if kind == "otherwise" then
    parent, previous = branch and branch.parent, branch
  end
  return { parent = parent, previous = previous, word = word, condition = expression }
end

--- Lines as rpm reads them: what it reads at once is one item, with `text`, the `number` of its first line, and the
--- `branch` of a condition that it is in. Whether that one is taken depends on what is defined when it is asked.
function lexer.items(lines)
  local items, branch, parts, open, number = {}, nil, {}, {}, nil
  for i, line in ipairs(lines) do
    if #parts == 0 then number = i end
    parts[#parts + 1] = line
    -- %dnl ends with its line, whatever it opens there.
    local unfinished, escaped = lexer.unfinished(#parts == 1 and lexer.before_dnl(line) or line, open)
    if i == #lines or not unfinished and (not escaped or ends_before(parts[1], lines[i + 1])) then
      local text = table.concat(parts, "\n")
      local word, kind, expression = lexer.condition(text)
      if word then
        branch = next_branch(branch, word, kind, expression)
      else
        items[#items + 1] = { text = text, number = number, branch = branch }
      end
      parts, open = {}, {}
    end
  end
  return items
end

return lexer
