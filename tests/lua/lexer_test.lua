package.path = "lua/?.lua;tests/lua/?.lua;" .. package.path
local cases = require("cases")
local lexer = require("pydebug.lexer")
local case, equal = cases.case, cases.equal

--- The texts of what is read at once, each with the words of the conditions around it.
local function read(text)
  local lines, found = {}, {}
  for line in text:gmatch("[^\n]*") do lines[#lines + 1] = line end
  for _, item in ipairs(lexer.items(lines)) do
    local around, branch = "", item.branch
    while branch do
      around, branch = branch.word .. " " .. branch.condition .. "; " .. around, branch.parent
    end
    found[#found + 1] = around .. item.text
  end
  return found
end

case("sections have names in letters of any case, at the beginning of the line", function()
  equal({ lexer.header("%Files -n a") }, { "files", " -n a" })
  equal({ lexer.header("%BUILD") }, { "build", "" })
  equal({ lexer.header("%build\t-a") }, { "build", "\t-a" })
  for _, line in ipairs({ " %build", "%build:", "%builds", "%policies", "%if 1", "build", "%{build}", "" }) do
    equal({ lexer.header(line) }, {})
  end
end)

case("tags have names in letters of any case, and blanks before the colon", function()
  for _, line in ipairs({ "BuildRequires: gcc", "buildrequires :gcc", " BUILDREQUIRES\t: gcc  ",
    "BuildRequires : gcc %dnl a compiler" }) do
    equal({ lexer.tag(line) }, { "buildrequires", "", "gcc" })
  end
  equal({ lexer.tag("Requires ( post ) : a:b") }, { "requires", "post", "a:b" })
  for _, line in ipairs({ "", "%build", "make", "Name", "(x): a", "Name(x: a", "%dnl Name: a", "# Name: a" }) do
    equal({ lexer.tag(line) }, {})
  end
end)

case("conditions are in small letters, with a blank behind the word", function()
  equal({ lexer.condition(" %if 1") }, { "if", "open", "1" })
  equal({ lexer.condition("%if\t1 %dnl why") }, { "if", "open", "1" })
  equal({ lexer.condition("%if 0 \\\n  || 1") }, { "if", "open", "0    || 1" })
  equal({ lexer.condition("%elifarch a b ") }, { "elifarch", "otherwise", "a b" })
  equal({ lexer.condition("%else # not") }, { "else", "otherwise", "# not" })
  equal({ lexer.condition("%endif") }, { "endif", "close", "" })
  for _, line in ipairs({ "%IF 1", "%if_set x", "%if(1)", "%ifdef x", "%elifx", "%endif_x", "if 1", "%{if 1}" }) do
    equal({ lexer.condition(line) }, {})
  end
end)

case("%dnl takes the rest of its line out, and makes a comment at its beginning", function()
  equal(lexer.before_dnl("a %dnl b"), "a ")
  equal(lexer.before_dnl("a %%dnl b"), "a %%dnl b")
  equal(lexer.before_dnl("a %dnlx b %dnl"), "a %dnlx b ")
  equal(lexer.before_dnl("%{foo}%dnl"), "%{foo}")
  for _, line in ipairs({ "# a", " #a", "%dnl a", " %dnl", "%{dnl: a}", "%{dnl a}" }) do
    equal(lexer.is_comment(line), true)
  end
  for _, line in ipairs({ "a # b", "%dnlx a", "a %dnl b", "%{dnlx}", "" }) do equal(lexer.is_comment(line), false) end
end)

case("a macro, and a line that ends with a backslash, go on", function()
  equal(read("%{a\n%build\n}\nb"), { "%{a\n%build\n}", "b" })
  equal(read("%(a (\n) [\n)\nb"), { "%(a (\n) [\n)", "b" })
  equal(read("%[1 +\n1]\n%%{\n\\%{\nb"), { "%[1 +\n1]", "%%{", "\\%{", "b" })
  equal(read("a \\\nb\nc"), { "a \\\nb", "c" })
  equal(read("%global a \\\n%build\nc"), { "%global a \\\n%build", "c" })
  equal(read("%{open\n%build"), { "%{open\n%build" })
end)

case("a section begins behind a backslash, and behind what %dnl opens", function()
  equal(read("a \\\n%build\nc"), { "a \\", "%build", "c" })
  equal(read("%dnl %{\n%build"), { "%dnl %{", "%build" })
end)

case("conditions nest, and know what they follow", function()
  equal(read("a\n%if x\nb\n%ifarch y\nc\n%else\nd\n%endif\ne\n%endif\nf"),
    { "a", "if x; b", "if x; ifarch y; c", "if x; else ; d", "if x; e", "f" })
  equal(read("a \\\n%if x\nb \\\n%elif y\nc\n%endif\nd"), { "a \\", "if x; b \\", "elif y; c", "d" })
  equal(read("%endif\na\n%else\nb"), { "a", "else ; b" })
  local items = lexer.items({ "%if 1", "%elif 2", "a", "%endif" })
  equal(items[1].branch.previous.condition, "1")
  equal(items[1].number, 3)
end)

cases.done()
