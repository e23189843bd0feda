--- The interpreters that a package is built with: the base's, and that of each pass.
local macro = require("pydebug.macro")

local interpreter = {}

--- The path of the release interpreter.
function interpreter.release()
  local path = macro.value("pydebug_python")
  if path == "" then path = macro.value("__python3") end
  if path == "" then path = "/usr/bin/python3" end
  return path
end

--- The path of the pass's interpreter.
function interpreter.of(pass)
  local path = macro.value(pass.prefix .. "_interpreter")
  if path ~= "" then return path end
  path = interpreter.release() .. pass.suffix
  -- python3.13-debug is a symlink to python3.13d. Makefiles call $(PYTHON)-config, which is beside the latter alone.
  for _ = 1, 8 do
    local target = posix.readlink(path)
    if not target then break end
    path = target:match("^/") and target or path:match("^.*/") .. target
  end
  return path
end

--- The package that has it.
function interpreter.package(pass)
  local package = macro.value(pass.prefix .. "_interpreter_package")
  if package ~= "" then return package end
  local name = interpreter.release():match("[^/]*$")
  if name == "python" or name:match("^python2") then return "python2" .. pass.suffix end
  return name .. pass.suffix
end

return interpreter
