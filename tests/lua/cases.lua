--- Cases of a test: each is a function that fails with an error. The last line of a test is cases.done(), which fails
--- where one of them has: rpmlua knows no os.exit.
local cases = { failed = 0 }

--- Lists and maps of texts and numbers as text, in the order of their keys.
function cases.shown(value)
  if type(value) ~= "table" then return type(value) == "string" and ("%q"):format(value) or tostring(value) end
  local keys, parts = {}, {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  for _, key in ipairs(keys) do parts[#parts + 1] = tostring(key) .. " = " .. cases.shown(value[key]) end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

function cases.equal(found, wanted)
  local one, other = cases.shown(found), cases.shown(wanted)
  if one ~= other then error("it is " .. one .. "\nand not " .. other, 2) end
end

--- @param reason a part of the message
function cases.refused(reason, ...)
  local worked, message = pcall(...)
  if worked then error("no error, and it should be: " .. reason, 2) end
  if not tostring(message):find(reason, 1, true) then error("another error: " .. tostring(message), 2) end
end

function cases.case(name, run)
  local worked, message = xpcall(run, function(problem) return debug.traceback(tostring(problem), 2) end)
  if not worked then cases.failed = cases.failed + 1 end
  print((worked and "ok: " or "FAILED: ") .. name .. (worked and "" or "\n" .. message))
end

function cases.done()
  if cases.failed > 0 then error(cases.failed .. " cases failed", 0) end
end

return cases
