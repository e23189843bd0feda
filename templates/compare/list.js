// The list: only the rows that can be seen are in the document, however many files there are.

const list = {
  box: document.getElementById("list"),
  rows: document.getElementById("rows"),
  get height() { return rowHeight(); },
  items: [],   // files, or packages ({ pair }), in their order
  selected: -1,
  order: "bytes",
};

const packageItems = data.packages.map((pair, group) => ({ pair, group, words: pair.name.toLowerCase() }));

function packageKind(pair) {
  if (pair.a === null) return 3;
  if (pair.b === null) return 2;
  return pair.differ ? 1 : 0;
}

function sortList() {
  const bytes = (item) => Math.max(item.sizeA, 0) + Math.max(item.sizeB, 0);
  const byPath = (x, y) => (x.path < y.path ? -1 : x.path > y.path ? 1 : x.index - y.index);
  const packages = list.items.filter((item) => item.pair);
  const others = list.items.filter((item) => !item.pair);
  others.sort(list.order === "path" ? byPath : (x, y) => bytes(y) - bytes(x) || byPath(x, y));
  list.items = packages.concat(others);
}

function pathElement(path) {
  const slash = path.lastIndexOf("/");
  return element("span", { className: "path" }, path.slice(0, slash + 1),
                 element("span", { className: "name" }, path.slice(slash + 1)));
}

function makeRow(item, index) {
  const kind = item.pair ? packageKind(item.pair) : item.kind;
  const row = element("div", { className: "row", role: "option", id: "row-" + index,
                               "aria-selected": String(index === list.selected) });
  row.style.top = index * list.height + "px";
  row.dataset.index = index;
  const label = item.pair ? "package" : item.label;
  const path = item.pair ? pathElement(item.pair.name) : pathElement(item.path);
  if (!item.pair && item.pathB !== item.path) path.append(" → " + item.pathB);
  path.title = path.textContent;
  const size = (bytes) => element("span", { className: "size" }, bytes >= 0 ? formatBytes(bytes) : "");
  row.append(element("span", { className: "mark", "--mark": `var(${kinds[kind].color})` }, label), path);
  if (!item.pair) row.append(size(item.sizeA), size(item.sizeB));
  return row;
}

function drawList() {
  const height = list.height;
  const first = Math.max(0, Math.floor(list.box.scrollTop / height) - 4);
  const last = Math.min(list.items.length, first + Math.ceil(list.box.clientHeight / height) + 8);
  const made = [];
  for (let index = first; index < last; ++index) made.push(makeRow(list.items[index], index));
  list.rows.style.height = list.items.length * height + "px";
  list.rows.replaceChildren(...made);
  if (list.selected >= 0) list.box.setAttribute("aria-activedescendant", "row-" + list.selected);
  else list.box.removeAttribute("aria-activedescendant");
}

function scrollToSelected() {
  if (list.selected < 0) return;
  const top = list.selected * list.height;
  const { scrollTop, clientHeight } = list.box;
  if (top < scrollTop) list.box.scrollTop = top;
  else if (top + list.height > scrollTop + clientHeight) list.box.scrollTop = top + list.height - clientHeight;
}

/// @p shown tells of a file whether it is listed; packages are when their name has the words.
function fillList(shown, words) {
  const selected = list.items[list.selected];
  const packages = packageItems.filter((item) => words.every((word) => item.words.includes(word)));
  list.items = packages.concat(files.filter(shown));
  sortList();
  list.selected = selected ? list.items.indexOf(selected) : -1;
  const count = list.items.length - packages.length;
  document.getElementById("count").textContent =
    (count === files.length ? "" : `${formatCount(count)} of `) + `${formatCount(files.length)} paths`;
}
