// The picture: a squarified treemap (Bruls, Huizing, van Wijk, 2000) on a canvas; what is selected is drawn on a second
// one, so that moving about redraws two rectangles and not thousands.

const map = {
  box: document.getElementById("map"),
  base: document.getElementById("base"),
  overlay: document.getElementById("overlay"),
  root: tree,
  cells: [],  // { node, x, y, w, h, leaf } as drawn; what lies inside comes later
  width: 0,
  height: 0,
  colors: {},
  font: "12px system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif",
};

function readColors() {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  map.colors = { kinds: kinds.map((kind) => color(kind.color)), ink: color("--ink"), text: color("--text"),
                 folder: color("--folder"), panel: color("--panel"), line: color("--line") };
}

function squarify(nodes, x, y, w, h, place) {
  let left = 0;
  for (const node of nodes) left += node.bytes;
  let at = 0;
  while (at < nodes.length && left > 0 && w > 0 && h > 0) {
    const scale = (w * h) / left;
    const side = Math.min(w, h);
    let end = at, bytes = 0, worst = Infinity;
    while (end < nodes.length) {
      const area = (bytes + nodes[end].bytes) * scale;
      const ratio = Math.max((side * side * nodes[at].bytes * scale) / (area * area),
                             (area * area) / (side * side * nodes[end].bytes * scale));
      if (end > at && ratio > worst) break;
      worst = ratio;
      bytes += nodes[end++].bytes;
    }
    const across = w < h;
    const thick = (bytes * scale) / side;
    let offset = 0;
    for (; at < end; ++at) {
      const along = (nodes[at].bytes * scale) / thick;
      if (across) place(nodes[at], x + offset, y, along, thick);
      else place(nodes[at], x, y + offset, thick, along);
      offset += along;
    }
    if (across) { y += thick; h -= thick; } else { x += thick; w -= thick; }
    left -= bytes;
  }
}

const widths = new Map();
function textWidth(context, text) {
  const key = context.font + "\n" + text;
  let width = widths.get(key);
  if (width === undefined) widths.set(key, width = context.measureText(text).width);
  return width;
}

/// Writes @p text into @p room pixels, shortened with an ellipsis; nothing when not even three letters fit.
function writeFitting(context, text, x, y, room) {
  if (textWidth(context, text) > room) {
    let length = Math.floor((text.length * room) / textWidth(context, text));
    while (length > 2 && textWidth(context, text.slice(0, length) + "…") > room) --length;
    if (length < 3) return 0;
    text = text.slice(0, length) + "…";
  }
  context.fillText(text, x, y);
  return textWidth(context, text);
}

function drawLeaf(context, cell) {
  const file = cell.node.file;
  context.globalAlpha = file.shown ? 1 : 0.13;
  context.fillStyle = map.colors.kinds[file.kind];
  context.fillRect(cell.x, cell.y, cell.w, cell.h);
  if (cell.w > 44 && cell.h > 17) {
    context.fillStyle = file.shown ? map.colors.ink : map.colors.text;
    writeFitting(context, cell.node.name, cell.x + 4, cell.y + 13, cell.w - 8);
    if (cell.h > 34) {
      const size = formatBytes(cell.node.bytes);
      if (textWidth(context, size) < cell.w - 8) context.fillText(size, cell.x + 4, cell.y + 28);
    }
  }
  context.globalAlpha = 1;
}

function anyShown(node) { return node.file ? node.file.shown : node.children.some(anyShown); }

/// A folder that is too small for its files: its classes, one beside the other.
function drawCrowd(context, cell) {
  let x = cell.x;
  context.globalAlpha = anyShown(cell.node) ? 1 : 0.13;
  for (let kind = 0; kind < 4; ++kind) {
    const w = (cell.w * cell.node.kindBytes[kind]) / cell.node.bytes;
    context.fillStyle = map.colors.kinds[kind];
    context.fillRect(x, cell.y, w, cell.h);
    x += w;
  }
  context.globalAlpha = 1;
}

function drawFolder(context, cell) {
  context.fillStyle = map.colors.folder;
  context.fillRect(cell.x, cell.y, cell.w, cell.h);
  let head = 1;
  if (cell.w > 52 && cell.h > 36) {
    head = 18;
    context.fillStyle = map.colors.text;
    const size = formatBytes(cell.node.bytes);
    if (cell.node.isGroup) context.font = "bold " + map.font;
    const used = writeFitting(context, cell.node.name, cell.x + 5, cell.y + 13, cell.w - 10);
    context.font = map.font;
    if (used + textWidth(context, size) + 22 < cell.w) {
      context.globalAlpha = 0.7;
      context.fillText(size, cell.x + cell.w - 5 - textWidth(context, size), cell.y + 13);
      context.globalAlpha = 1;
    }
  }
  const pad = cell.w > 30 && cell.h > 30 ? 2 : 1;
  squarify(cell.node.children, cell.x + pad, cell.y + head, cell.w - 2 * pad, cell.h - head - pad,
           (node, x, y, w, h) => drawNode(context, node, x, y, w, h));
}

function drawNode(context, node, x, y, w, h) {
  // Edges on whole pixels, one pixel between neighbours.
  const cell = { node, x: Math.round(x), y: Math.round(y) };
  cell.w = Math.max(1, Math.round(x + w) - cell.x - (w > 3 ? 1 : 0));
  cell.h = Math.max(1, Math.round(y + h) - cell.y - (h > 3 ? 1 : 0));
  if (w < 0.4 || h < 0.4) return;
  map.cells.push(cell);
  if (node.file) drawLeaf(context, cell);
  else if (cell.w < 7 || cell.h < 7) drawCrowd(context, cell);
  else drawFolder(context, cell);
}

function drawMap() {
  const ratio = window.devicePixelRatio || 1;
  map.width = map.box.clientWidth;
  map.height = map.box.clientHeight;
  for (const canvas of [map.base, map.overlay]) {
    canvas.width = Math.round(map.width * ratio);
    canvas.height = Math.round(map.height * ratio);
  }
  const context = map.base.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.font = map.font;
  context.fillStyle = map.colors.panel;
  context.fillRect(0, 0, map.width, map.height);
  map.cells = [];
  squarify(map.root.children, 0, 0, map.width, map.height, (node, x, y, w, h) => drawNode(context, node, x, y, w, h));
  if (map.root.bytes === 0) {
    context.fillStyle = map.colors.text;
    context.fillText("These files are empty.", 12, 24);
  }
}

function drawOverlay(selected, hovered) {
  const ratio = window.devicePixelRatio || 1;
  const context = map.overlay.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, map.width, map.height);
  const outline = (node, width) => {
    const cell = node && map.cells.find((candidate) => candidate.node === node);
    if (!cell) return;
    context.lineWidth = width + 2;
    context.strokeStyle = map.colors.panel;
    context.strokeRect(cell.x, cell.y, cell.w, cell.h);
    context.lineWidth = width;
    context.strokeStyle = map.colors.text;
    context.strokeRect(cell.x, cell.y, cell.w, cell.h);
  };
  outline(hovered, 1);
  outline(selected, 3);
}

function cellAt(x, y) {
  for (let i = map.cells.length - 1; i >= 0; --i) {
    const cell = map.cells[i];
    if (x >= cell.x && y >= cell.y && x < cell.x + cell.w && y < cell.y + cell.h) return cell;
  }
  return null;
}

/// The file's cell that comes next from the selected one in a direction; nearness across counts double.
function nextCell(node, dx, dy) {
  const from = map.cells.find((cell) => cell.node === node);
  const leaves = map.cells.filter((cell) => cell.node.file && cell.node.file.shown && cell.w > 4 && cell.h > 4);
  if (!from) return leaves[0];
  const center = (cell) => [cell.x + cell.w / 2, cell.y + cell.h / 2];
  const [x, y] = center(from);
  let best = null, least = Infinity;
  for (const cell of leaves) {
    const [cx, cy] = center(cell);
    const along = (cx - x) * dx + (cy - y) * dy;
    const beside = Math.abs((cx - x) * dy) + Math.abs((cy - y) * dx);
    if (cell.node === node || along <= 0) continue;
    if (along + 2 * beside < least) { least = along + 2 * beside; best = cell; }
  }
  return best;
}
