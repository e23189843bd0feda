--- The passes that follow the release build: one for each configuration of Python that a package is built for, besides
--- the base. A configuration is data, in macros (macros.pydebug).
local macro = require("pydebug.macro")

local passes = {}

--- The words of a macro of the configuration; @p default where it is not defined.
local function setting(prefix, name, default)
  local value = macro.value("_" .. prefix .. "_" .. name)
  return value ~= "" and value or default
end

--- What is said of the configuration @p name:
---   name          "debug"
---   prefix        of its macros, "pydebug", and with a dot before it, of the folder that has its file lists
---   suffix        of its packages: "-debug"
---   variant_of    the configuration that its packages are installed beside: "optimized"
---   traits        what distinguishes it for modules: { "debug" }
---   bcond         its switch: "debug_build"
---   title         what its build is called in a summary: "Debug build"
---   unoptimized   whether flags lose what hinders a debugger
---   cflags        what is added to compiler flags
local function described(name)
  local prefix = "py" .. name:gsub("-", "_")
  local pass = {
    name = name,
    prefix = prefix,
    suffix = setting(prefix, "suffix", "-" .. name),
    variant_of = setting(prefix, "variant_of", "optimized"),
    traits = {},
    bcond = setting(prefix, "bcond", name:gsub("-", "_") .. "_build"),
    title = setting(prefix, "title", "Build for " .. name .. " Python"),
    unoptimized = setting(prefix, "unoptimized", "0") ~= "0",
    cflags = setting(prefix, "cflags", ""),
  }
  for trait in setting(prefix, "traits", ""):gmatch("%S+") do
    pass.traits[#pass.traits + 1] = trait
  end
  return pass
end

--- All of them, in the order of their passes.
function passes.all()
  local list = {}
  for name in setting("pydebug", "passes", "debug"):gmatch("%S+") do
    list[#list + 1] = described(name)
  end
  return list
end

--- The first, whose commands %pydebug_begin starts.
function passes.first()
  return passes.all()[1]
end

--- A macro of what is remembered of the pass: "__pydebug_on".
function passes.note(pass, name)
  return "__" .. pass.prefix .. "_" .. name
end

return passes
