--- A stand-in of rpm's Lua library, of as much as the macros' modules call: macros with definitions on top of each
--- other, and an expander of their simple forms. What it cannot do, it refuses.
local fake = {}

local definitions = {}

local function top(name)
  local all = definitions[name]
  return all and all[#all]
end

--- %{expr:!(…)} of numbers, texts, !, && and ||.
local function evaluate(expression)
  local lua = expression:gsub("!%s*([^=])", " not %1"):gsub("&&", " and "):gsub("||", " or ")
  lua = lua:gsub("%f[%w\"](%d+)%f[^%w\"]", function(number) return number == "0" and "false" or "true" end)
  local program = assert(load("return " .. lua), "not an expression: " .. expression)
  return program() and "1" or "0"
end

local expand

local function braces(body)
  local expression = body:match("^expr:(.*)$")
  if expression then return evaluate(expand(expression)) end
  local flags, name, rest = body:match("^([?!]*)([%w_]+)(.*)$")
  if not name then error("the stand-in of rpm cannot expand %{" .. body .. "}", 0) end
  local defined, text = top(name), rest:match("^:(.*)$")
  if not flags:find("?") and not flags:find("!") then return defined and expand(defined) or "%{" .. body .. "}" end
  if (defined == nil) ~= (flags:find("!") ~= nil) then return "" end
  if text then return expand(text) end
  return defined and expand(defined) or ""
end

function expand(text)
  local done, at = "", 1
  while at <= #text do
    local percent = text:find("%", at, true)
    if not percent then break end
    done = done .. text:sub(at, percent - 1)
    local body = text:match("^%b{}", percent + 1)
    local name = text:match("^[%a_][%w_]+", percent + 1)
    at = percent + 2
    if text:sub(percent + 1, percent + 1) == "%" then
      done = done .. "%"
    elseif body then
      done, at = done .. braces(body:sub(2, -2)), percent + 1 + #body
    elseif name == "global" or name == "define" then
      local finish = text:find("\n", percent, true) or #text + 1
      local what, value = text:sub(percent, finish - 1):match("^%%%l+%s+([%w_]+)%s+(.*)$")
      fake.define(what .. " " .. (name == "global" and expand(value) or value))
      at = finish
    elseif name then
      done, at = done .. (top(name) and expand(top(name)) or "%" .. name), percent + 1 + #name
    else
      done, at = done .. "%", percent + 1
    end
  end
  return done .. text:sub(at)
end

fake.expand = expand

function fake.define(text)
  local name, value = text:match("^([%w_]+)%s+(.*)$")
  if not name then error("not a definition: " .. text, 0) end
  definitions[name] = definitions[name] or {}
  table.insert(definitions[name], value)
end

function fake.undefine(name)
  if top(name) == nil then error("it is not defined: " .. name, 0) end
  table.remove(definitions[name])
end

--- The second result: whether it has parameters. Those of build systems have.
function fake.isdefined(name)
  return top(name) ~= nil, top(name) ~= nil and name:match("^buildsystem_.") ~= nil
end

--- Of versions with numbers alone.
function fake.vercmp(one, other)
  local rest = other:gmatch("%d+")
  for number in one:gmatch("%d+") do
    local difference = tonumber(number) - tonumber(rest() or -1)
    if difference ~= 0 then return difference < 0 and -1 or 1 end
  end
  return rest() and -1 or 0
end

--- Files that the tests say are there: fake.links[path] is where a link leads to.
fake.links = {}
fake.posix = {
  stat = function() return nil end,
  dir = function() return {} end,
  readlink = function(path) return fake.links[path] end,
}

--- Takes all definitions away, then makes these, each "NAME VALUE". The spec has the lines.
function fake.start(macros, lines)
  definitions, fake.links = {}, {}
  for _, each in ipairs(macros) do fake.define(each) end
  if lines then
    fake.spec = fake.spec or os.tmpname()
    local file = assert(io.open(fake.spec, "w"))
    file:write(table.concat(lines, "\n"), "\n")
    file:close()
    fake.define("pydebug_specfile " .. fake.spec)
  end
end

--- Removes the file of the spec.
function fake.done()
  if fake.spec then os.remove(fake.spec) end
end

rpm, posix = fake, fake.posix

return fake
