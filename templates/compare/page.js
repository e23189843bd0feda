// What the reader does: selecting, searching, filtering, going into folders; and the address that says where they are.

let selection = {};  // { file }, { node } of a folder, { package } or nothing
let hovered = null;
const search = document.getElementById("search");
const active = new Set([0, 1, 2, 3]);

function words() { return search.value.toLowerCase().split(/\s+/).filter((word) => word !== ""); }

/// Puts what is selected into the address, once the reader rests: browsers refuse many changes in a short time.
function remember() {
  clearTimeout(remember.timer);
  remember.timer = setTimeout(writeAddress, 200);
}

function writeAddress() {
  const parts = [];
  if (search.value !== "") parts.push("search=" + encodeURIComponent(search.value));
  if (selection.file) parts.push("path=" + encodeURIComponent(selection.file.path));
  if (selection.package !== undefined) {
    parts.push("package=" + encodeURIComponent(data.packages[selection.package].name));
  }
  history.replaceState(null, "", parts.length > 0 ? "#" + parts.join("&") : "#");
}

function selectedNode() {
  if (selection.file) return selection.file.node;
  if (selection.package !== undefined) return tree.children.find((child) => child.group === selection.package);
  return selection.node;
}

function isInPicture(node) {
  for (let at = node; at; at = at.parent) {
    if (at === map.root) return true;
  }
  return false;
}

function select(what) {
  selection = what;
  if (selectedNode() && !isInPicture(selectedNode())) zoom(tree);
  list.selected = list.items.findIndex((item) =>
    what.file ? item === what.file : what.package !== undefined && item.pair && item.group === what.package);
  scrollToSelected();
  drawList();
  drawOverlay(selectedNode(), hovered);
  drawDetail(what);
  remember();
}

function apply() {
  const wanted = words();
  for (const file of files) {
    file.shown = active.has(file.kind) && wanted.every((word) => file.words.includes(word));
  }
  fillList((file) => file.shown, wanted);
  drawList();
  drawMap();
  drawOverlay(selectedNode(), hovered);
}

function zoom(node) {
  map.root = node;
  hovered = null;
  const way = [];
  for (let at = node; at; at = at.parent) way.unshift(at);
  const crumbs = document.getElementById("crumbs");
  crumbs.replaceChildren();
  way.forEach((at, index) => {
    if (index > 0) crumbs.append(element("span", {}, "›"));
    const button = element("button", { type: "button" }, at.name);
    button.addEventListener("click", () => zoom(at));
    crumbs.append(button);
  });
  drawMap();
  drawOverlay(selectedNode(), hovered);
}

/// The folder one step from what is shown towards the selection.
function zoomIn() {
  let node = selectedNode();
  if (!node) return;
  if (node.file) node = node.parent;
  while (node && node.parent && node.parent !== map.root && node !== map.root) node = node.parent;
  if (node && node !== map.root && node.children.length > 0) zoom(node);
}

function goBack() {
  if (search.value !== "") { search.value = ""; apply(); remember(); }
  else if (map.root.parent) zoom(map.root.parent);
  else select({});
}

function pick(index) {
  const item = list.items[Math.max(0, Math.min(list.items.length - 1, index))];
  if (item) select(item.pair ? { package: item.group } : { file: item });
}

function showHint() {
  const node = hovered;
  const hint = document.getElementById("hint");
  hint.textContent = !node ? "Areas stand for bytes; shared bytes count once."
    : (node.path || node.name) + "  –  " + formatBytes(node.bytes) + (node.file ? ", " + node.file.label : ", folder");
}

function selectNode(node) {
  if (node.file) select({ file: node.file });
  else if (node.isGroup) select({ package: node.group });
  else select({ node });
}

function drawLegend() {
  const counts = kinds.map(() => 0);
  for (const file of files) ++counts[file.kind];
  const legend = document.getElementById("legend");
  kinds.forEach((kind, index) => {
    const button = element("button", { type: "button", "aria-pressed": "true" },
      element("span", { className: "swatch" }), element("span", {}, kind.name),
      element("span", { className: "number" },
              `${formatCount(counts[index])} paths, ${formatBytes(tree.kindBytes[index])}`));
    button.firstChild.style.background = `var(${kind.color})`;
    button.addEventListener("click", () => {
      if (!active.delete(index)) active.add(index);
      button.setAttribute("aria-pressed", String(active.has(index)));
      apply();
    });
    legend.append(button);
  });
}

function pressArrow(event) {
  const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const direction = directions[event.key];
  const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (document.activeElement === map.box || sideways) {
    const cell = nextCell(selectedNode(), ...direction);
    if (cell) selectNode(cell.node);
  } else {
    pick(list.selected + (event.key === "ArrowDown" ? 1 : -1));
  }
}

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = document.activeElement === search;
  const inDetail = document.activeElement === detail;
  const page = Math.max(1, Math.floor(list.box.clientHeight / list.height) - 1);
  const jumps = { PageDown: list.selected + page, PageUp: list.selected - page, Home: 0, End: list.items.length - 1 };
  if (event.key === "/" && !typing) { search.focus(); search.select(); }
  else if (event.key === "Escape") { if (typing) list.box.focus(); goBack(); }
  else if (event.key === "Enter" && typing) {
    list.box.focus();
    pick(Math.max(0, list.items.findIndex((item) => !item.pair)));
  }
  else if (event.key === "Enter" && document.activeElement.tagName !== "BUTTON") zoomIn();
  else if (event.key === "ArrowDown" && typing) { list.box.focus(); pick(0); }
  else if (event.key.startsWith("Arrow") && !typing && !inDetail) pressArrow(event);
  else if (event.key in jumps && document.activeElement === list.box) pick(jumps[event.key]);
  else return;
  event.preventDefault();
}

function readAddress() {
  const parts = new Map(location.hash.slice(1).split("&").map((part) => {
    const equals = part.indexOf("=");
    return equals < 0 ? [part, ""] : [part.slice(0, equals), decodeURIComponent(part.slice(equals + 1))];
  }));
  search.value = parts.get("search") || "";
  apply();
  const file = files.find((candidate) => candidate.path === parts.get("path") || candidate.pathB === parts.get("path"));
  const group = data.packages.findIndex((pair) => pair.name === parts.get("package"));
  select(file ? { file } : group >= 0 ? { package: group } : {});
}

function start() {
  document.title = `${data.a} and ${data.b} – pystacks compare`;
  document.getElementById("conclusion").textContent = data.conclusion;
  for (const [side, path] of [["A", data.a], ["B", data.b]]) {
    document.getElementById("sides").append(
      element("div", {}, element("dt", {}, sideBadge(side)), element("dd", {}, path)));
  }
  drawLegend();
  readColors();
  search.addEventListener("input", () => { apply(); remember(); });
  list.box.addEventListener("scroll", drawList, { passive: true });
  list.box.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    if (row) pick(Number(row.dataset.index));
  });
  for (const button of document.querySelectorAll("[data-sort]")) {
    const press = () => button.setAttribute("aria-pressed", String(list.order === button.dataset.sort));
    press();
    button.addEventListener("click", () => {
      list.order = button.dataset.sort;
      for (const other of document.querySelectorAll("[data-sort]")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      sortList();
      select(selection);
    });
  }
  const nodeUnder = (event) => { const cell = cellAt(event.offsetX, event.offsetY); return cell && cell.node; };
  map.overlay.addEventListener("mousemove", (event) => {
    const node = nodeUnder(event);
    if (node === hovered) return;
    hovered = node;
    showHint();
    drawOverlay(selectedNode(), hovered);
  });
  map.overlay.addEventListener("mouseleave", () => { hovered = null; showHint(); drawOverlay(selectedNode(), null); });
  map.overlay.addEventListener("click", (event) => { const node = nodeUnder(event); if (node) selectNode(node); });
  map.overlay.addEventListener("dblclick", zoomIn);
  document.addEventListener("keydown", press);
  window.addEventListener("hashchange", readAddress);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColors(); apply(); });
  new ResizeObserver(() => { drawMap(); drawOverlay(selectedNode(), hovered); drawList(); }).observe(map.box);
  showHint();
  zoom(tree);
  readAddress();
}

start();
