// The page of a survey: the table by class and outcome, reasons with counts, and a list of specs that can be searched.
// Only the rows that can be seen are in the document, however many specs there are.

const data = JSON.parse(document.getElementById("data").textContent);
const outcomes = [...(data.proved ? ["proved", "unproved"] : ["added"]), "refused", "cannot tell",
                  "nothing to do"];
const colors = { proved: "--proved", added: "--added", unproved: "--unproved", refused: "--refused",
                 "cannot tell": "--unclear", "nothing to do": "--nothing" };
const specs = data.specs.map(([path, kind, outcome, why, refusals, distribution]) =>
  ({ path, kind, outcome, why: data.why[why], refusals, distribution, words: path.toLowerCase() }));
const state = { shown: new Set(outcomes.filter((name) => name !== "nothing to do")), kind: null, reason: null,
                words: [], items: [], selected: -1 };
const box = document.getElementById("list");
const rows = document.getElementById("rows");
const detail = document.getElementById("detail");
const search = document.getElementById("search");

function count(list, test) { return list.reduce((sum, item) => sum + (test(item) ? 1 : 0), 0); }

function button(text, pressed, action) {
  const made = element("button", { type: "button", "aria-pressed": String(pressed) }, text);
  made.addEventListener("click", action);
  return made;
}

function table(head, body) {
  const cell = (tag, value, column) => element(column === 0 && tag === "td" ? "th" : tag,
                                               column > 0 ? { className: "number" } : {}, value);
  const row = (tag, line) => element("tr", {}, ...line.map((text, column) => cell(tag, text, column)));
  return element("table", {}, element("thead", {}, row("th", head)),
                 element("tbody", {}, ...body.map((line) => row("td", line))));
}

function classTable() {
  const kinds = [...new Set(specs.map((spec) => spec.kind))].sort();
  const numbers = (list) => outcomes.map((name) => count(list, (spec) => spec.outcome === name).toLocaleString("en"));
  const lines = kinds.map((kind) => {
    const chosen = state.kind === kind;
    return [button(kind, chosen, () => choose({ kind: chosen ? null : kind })),
            ...numbers(specs.filter((spec) => spec.kind === kind))];
  });
  lines.push(["all", ...numbers(specs)]);
  return table(["class", ...outcomes], lines);
}

function reasonTable() {
  const counts = new Map();
  for (const spec of specs) if (spec.outcome === "refused") {
    const key = spec.refusals[0][0];
    counts.set(key, (counts.get(key) || 0) + 1);
  }
  const lines = [...counts].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).map(([key, number]) => {
    const chosen = button(key, state.reason === key, () => choose({ reason: state.reason === key ? null : key }));
    chosen.title = data.reasons[key][0];
    return [chosen, number.toLocaleString("en")];
  });
  return table(["refused, because", "specs"], lines);
}

function overview() {
  const parts = [element("h2", {}, "Overview"), classTable()];
  if (specs.some((spec) => spec.outcome === "refused")) parts.push(element("h3", {}, "Reasons"), reasonTable());
  return parts;
}

function aboutSpec(spec) {
  const parts = [element("h2", {}, spec.path),
                 element("div", { className: "verdict", "--mark": `var(${colors[spec.outcome]})` }, spec.outcome),
                 element("p", {}, `Class ${spec.kind}.`)];
  if (spec.distribution) parts.push(element("p", {}, `Distribution: ${spec.distribution}.`));
  if (spec.why) parts.push(element("p", {}, `Compiled modules: ${spec.why}.`));
  for (const [key, line, what] of spec.refusals) {
    parts.push(element("h3", {}, key), element("p", {}, data.reasons[key][0] + "."),
               element("div", { className: "path" }, `line ${line}: ${what}`),
               element("p", {}, "What to do: " + data.reasons[key][1] + "."));
  }
  return parts;
}

function drawDetail() {
  const spec = state.items[state.selected];
  detail.replaceChildren(...(spec ? aboutSpec(spec) : overview()));
  detail.scrollTop = 0;
}

function makeRow(spec, index) {
  const row = element("div", { className: "row", role: "option", id: "row-" + index,
                               "aria-selected": String(index === state.selected) },
    element("span", { className: "mark", "--mark": `var(${colors[spec.outcome]})` }, spec.outcome),
    element("span", { className: "path" }, element("span", { className: "name" }, spec.path)),
    element("span", { className: "reason" }, spec.refusals.length > 0 ? spec.refusals[0][0] : spec.kind));
  row.style.top = index * rowHeight() + "px";
  row.dataset.index = index;
  return row;
}

function drawList() {
  const height = rowHeight();
  const first = Math.max(0, Math.floor(box.scrollTop / height) - 4);
  const last = Math.min(state.items.length, first + Math.ceil(box.clientHeight / height) + 8);
  const made = [];
  for (let index = first; index < last; ++index) made.push(makeRow(state.items[index], index));
  rows.style.height = state.items.length * height + "px";
  rows.replaceChildren(...made);
  if (state.selected >= 0) box.setAttribute("aria-activedescendant", "row-" + state.selected);
  else box.removeAttribute("aria-activedescendant");
}

function select(index) {
  state.selected = Math.min(index, state.items.length - 1);
  const height = rowHeight();
  const top = state.selected * height;
  if (state.selected >= 0 && top < box.scrollTop) box.scrollTop = top;
  else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
  drawList();
  drawDetail();
}

function fill() {
  state.items = specs.filter((spec) => state.shown.has(spec.outcome) && (!state.kind || spec.kind === state.kind) &&
    (!state.reason || spec.refusals.some((refusal) => refusal[0] === state.reason)) &&
    state.words.every((word) => spec.words.includes(word)));
  document.getElementById("count").textContent = `${state.items.length.toLocaleString("en")} specs`;
  const chosen = document.getElementById("everything");
  chosen.hidden = !state.kind && !state.reason;
  chosen.textContent = `show all, not only ${[state.kind, state.reason].filter(Boolean).join(", ")}`;
  box.scrollTop = 0;
  select(-1);
}

function choose(change) {
  Object.assign(state, change);
  fill();
}

function drawLegend() {
  document.getElementById("legend").replaceChildren(...outcomes.map((name) => {
    const made = button("", state.shown.has(name), () => {
      if (!state.shown.delete(name)) state.shown.add(name);
      drawLegend();
      fill();
    });
    made.append(element("span", { className: "swatch", style: `background: var(${colors[name]})` }), name,
                element("span", { className: "number" },
                        count(specs, (spec) => spec.outcome === name).toLocaleString("en")));
    return made;
  }));
}

function drawHead() {
  const added = count(specs, (spec) => ["added", "proved", "unproved"].includes(spec.outcome));
  const all = added + count(specs, (spec) => spec.outcome === "refused");
  const share = all > 0 ? ` (${((100 * added) / all).toFixed(1)} %)` : "";
  document.getElementById("conclusion").textContent =
    `${added.toLocaleString("en")} of ${all.toLocaleString("en")} ` +
    `specs that have compiled modules are added${share}`;
  const unclear = count(specs, (spec) => spec.outcome === "cannot tell");
  if (unclear > 0)
    document.getElementById("conclusion").textContent +=
      `; of ${unclear.toLocaleString("en")} more, the text does not tell whether they have any`;
  const incomplete = data.not_reached > 0
    ? `Incomplete: interrupted after ${specs.length} of ${specs.length + data.not_reached} specs. ` : "";
  document.getElementById("proof").textContent = incomplete + (data.proved
    ? "Proved: rpm reads the changed spec as it must. Unproved: rpm cannot read the original on this host."
    : "Text only: rpm has not read the specs (--prove).");
}

box.addEventListener("scroll", drawList);
window.addEventListener("resize", drawList);
box.addEventListener("click", (event) => {
  const row = event.target.closest(".row");
  if (row) select(Number(row.dataset.index));
});
search.addEventListener("input", () => {
  state.words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  fill();
});
document.getElementById("everything").addEventListener("click", () => choose({ kind: null, reason: null }));
document.addEventListener("keydown", (event) => {
  const typing = event.target === search;
  if (event.key === "/" && !typing) { event.preventDefault(); search.focus(); }
  else if (event.key === "Escape") { select(-1); box.focus(); }
  else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target !== detail) {
    event.preventDefault();
    select(Math.max(0, state.selected + (event.key === "ArrowDown" ? 1 : -1)));
  }
});

drawHead();
drawLegend();
fill();
