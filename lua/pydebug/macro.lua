--- rpm's macros, as the other modules read and write them, and how a refusal is said.
local macro = {}

--- What the macro says; "" where it is not defined.
function macro.value(name)
  return rpm.expand("%{?" .. name .. "}")
end

--- Takes all its definitions away.
function macro.undefine(name)
  while rpm.isdefined(name) do
    rpm.undefine(name)
  end
end

--- Adds a word to a macro's, unless it has it. rpm reads a spec twice that has BuildArch.
function macro.remember(name, word)
  for each in macro.value(name):gmatch("%S+") do
    if each == word then return end
  end
  rpm.define(name .. " " .. macro.value(name) .. " " .. word)
end

--- Text as one word of a shell.
function macro.quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

--- The words of a macro, each as an option of a command.
function macro.options(option, name)
  local text = ""
  for each in macro.value(name):gmatch("%S+") do
    text = text .. " " .. option .. " " .. macro.quoted(each)
  end
  return text
end

--- Ends the build with a reason, and what to do about it.
function macro.refuse(reason, hint)
  error("pystacks: cannot repeat a section for the debug interpreter: " .. reason .. "\n" .. hint, 0)
end

return macro
