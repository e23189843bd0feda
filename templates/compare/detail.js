// The detail pane: what is known of a file, a folder or a package; without one, of the whole comparison.

const detail = document.getElementById("detail");

function sideBadge(side) { return element("span", { className: "side " + side.toLowerCase() }, side); }

function table(head, rows) {
  const cells = (tag, row) => row.map((value, column) => {
    const isNumber = typeof value === "object" && value !== null && "number" in value;
    return element(column === 0 && tag === "td" ? "th" : tag, isNumber ? { className: "number" } : {},
                   isNumber ? value.number : value);
  });
  return element("table", {}, element("thead", {}, element("tr", {}, ...cells("th", head))),
                 element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells("td", row)))));
}

function number(text) { return { number: text }; }

function propertyTable(properties) {
  const row = (property) => [property.name, property.a || "none", property.b || "none"];
  return table(["", "A", "B"], properties.map(row));
}

function diffElement(text) {
  const lines = text.replace(/\n$/, "").split("\n").map((line) => {
    const mark = { "+": "plus", "-": "minus", "@": "hunk" }[line[0]] || "";
    return element("span", { className: mark }, line === "" ? " " : line);
  });
  return element("pre", { className: "diff" }, ...lines);
}

function verdictLine(kind, text) {
  return element("div", { className: "verdict", "--mark": `var(${kinds[kind].color})` }, text);
}

function showFile(file) {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const parts = [element("h2", {}, name)];
  if (file.pathB !== file.path) {
    for (const [side, path] of [["A", file.path], ["B", file.pathB]]) {
      parts.push(element("div", { className: "path" }, sideBadge(side), " ", path));
    }
  } else {
    parts.push(element("div", { className: "path" }, file.path));
  }
  parts.push(verdictLine(file.kind, file.label), element("p", {}, verdictMeaning[file.verdict]));
  if (file.more.match) parts.push(element("p", {}, "Paired by " + file.more.match + "."));
  if (file.more.details) parts.push(element("p", {}, file.more.details));
  const facts = [];
  if (file.type === 0) {
    const exact = (bytes) => bytes < 1000 ? formatBytes(bytes) : `${formatBytes(bytes)} (${formatCount(bytes)})`;
    const size = (bytes) => number(bytes < 0 ? "–" : exact(bytes));
    facts.push(["size", size(file.sizeA), size(file.sizeB)]);
  }
  if (facts.length > 0) parts.push(table(["", number("A"), number("B")], facts));
  if (data.packages.length > 0) parts.push(element("p", {}, "Package: ", linkTo(data.packages[file.group].name,
                                                   () => select({ package: file.group }))));
  if (file.more.attributes) parts.push(element("h3", {}, "Attributes"), propertyTable(file.more.attributes));
  if (file.more.elf) parts.push(element("h3", {}, "ELF"),
                                propertyTable(file.more.elf.filter((p) => p.name !== "sections that differ")));
  const sections = file.more.elf && file.more.elf.find((property) => property.name === "sections that differ");
  if (sections) parts.push(element("h3", {}, "Sections that differ"), element("p", { className: "path" }, sections.a));
  if (file.more.diff) parts.push(element("h3", {}, "Diff"), diffElement(file.more.diff));
  return parts;
}

function kindTable(kindBytes, total) {
  return table(["", number("bytes"), number("share")], kinds.map((kind, index) => [
    kind.name, number(formatBytes(kindBytes[index])),
    number(total > 0 ? ((100 * kindBytes[index]) / total).toFixed(1) + " %" : "–")]));
}

function linkTo(text, action) {
  const button = element("button", { type: "button" }, text);
  button.addEventListener("click", action);
  const item = element("li", {}, button);
  return element("ul", {}, item);
}

function showFolder(node) {
  return [element("h2", {}, node.name), element("div", { className: "path" }, node.path),
          element("p", {},
                  `${formatCount(node.count)} files, ${formatBytes(node.bytes)}; shared bytes count once.`),
          kindTable(node.kindBytes, node.bytes)];
}

function dependencyParts(pair) {
  return pair.dependencies.map((dependency) => [
    element("h3", {}, dependency.kind),
    element("ul", {}, ...dependency.only_a.map((text) => element("li", {}, sideBadge("A"), text)),
            ...dependency.only_b.map((text) => element("li", {}, sideBadge("B"), text)))]).flat();
}

function scriptletParts(pair) {
  return pair.scriptlets.map((scriptlet) => {
    const where = scriptlet.in_a ? (scriptlet.in_b ? "differs" : "only in A") : "only in B";
    return [element("h3", {}, `${scriptlet.kind}: ${where}`), diffElement(scriptlet.diff)];
  }).flat();
}

function showPackage(group) {
  const pair = data.packages[group];
  const parts = [element("h2", {}, pair.name)];
  for (const [side, name] of [["A", pair.a], ["B", pair.b]]) {
    if (name !== null) parts.push(element("div", { className: "path" }, sideBadge(side), " ", name));
  }
  const words = ["Only files can differ: fields, dependencies and scriptlets are equal.",
                 "Its header differs.", "Only A has this package.", "Only B has this package."];
  parts.push(verdictLine(packageKind(pair), words[packageKind(pair)]));
  if (pair.fields.length > 0) parts.push(element("h3", {}, "Header"), propertyTable(pair.fields));
  parts.push(...dependencyParts(pair), ...scriptletParts(pair));
  const node = tree.children.find((child) => child.group === group);
  if (node && node.bytes > 0) parts.push(element("h3", {}, "Files"), kindTable(node.kindBytes, node.bytes));
  return parts;
}

function showSummary() {
  const counts = verdictNames.map(() => [0, 0, 0]);
  for (const file of files) {
    const row = counts[file.verdict];
    row[0] += 1;
    row[1] += file.weightA;
    row[2] += file.weightB;
  }
  const rows = verdictNames.map((name, verdict) => [name, number(formatCount(counts[verdict][0])),
    number(formatBytes(counts[verdict][1])), number(formatBytes(counts[verdict][2]))])
    .filter((row, verdict) => counts[verdict][0] > 0);
  const parts = [element("h2", {}, "Overview"), table(["", number("paths"), number("A"), number("B")], rows)];
  const bytes = (file) => Math.max(file.sizeA, 0) + Math.max(file.sizeB, 0);
  const largest = files.filter((file) => file.kind !== 0 && bytes(file) > 0)
    .sort((x, y) => bytes(y) - bytes(x)).slice(0, 10);
  if (largest.length > 0) {
    parts.push(element("h3", {}, "Largest differences"));
    for (const file of largest) parts.push(linkTo(`${file.path}  (${file.label})`, () => select({ file })));
  }
  return parts;
}

function drawDetail(selection) {
  let parts;
  if (selection.file) parts = showFile(selection.file);
  else if (selection.node && selection.node.isGroup) parts = showPackage(selection.node.group);
  else if (selection.node) parts = showFolder(selection.node);
  else if (selection.package !== undefined) parts = showPackage(selection.package);
  else parts = showSummary();
  detail.replaceChildren(...parts);
  detail.scrollTop = 0;
}
