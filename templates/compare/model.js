// What the page knows: every file with its class, and the tree of packages and folders that the picture shows.

const data = JSON.parse(document.getElementById("data").textContent);
const kinds = [
  { key: "shared", name: "shared", color: "--shared" },
  { key: "differ", name: "differ", color: "--differ" },
  { key: "only-a", name: "only in A", color: "--only-a" },
  { key: "only-b", name: "only in B", color: "--only-b" },
];
const kindOfVerdict = [0, 0, 1, 1, 1, 2, 3];
const verdictNames = ["identical", "same bytecode", "same code", "text", "different", "only in A", "only in B"];
const verdictMeaning = [
  "The same bytes on both sides.",
  "Bytecode with the same meaning; only its header or marshal's reference flags differ.",
  "ELF files that differ only in their build id or debug link.",
  "Text that differs; the diff is below.",
  "The contents differ.",
  "Only A has it.",
  "Only B has it.",
];

const files = data.files.map((row, index) => {
  const [path, pathB, verdict, sizeA, sizeB, weightA, weightB, group, type] = row;
  const kind = kindOfVerdict[verdict];
  const more = data.details[index] || {};
  let label = verdictNames[verdict];
  if (verdict === 0 && more.attributes) label = "attributes";
  if (verdict === 0 && pathB) label = "renamed";
  return {
    index, path, pathB: pathB || path, verdict, kind, label, sizeA, sizeB, weightA, weightB, group, type, more,
    bytes: kind === 0 ? Math.max(weightA, weightB) : weightA + weightB,  // what both share is there once
    words: (path + "\n" + (pathB || "")).toLowerCase(),
    shown: true,
  };
});

function formatBytes(bytes) {
  if (bytes < 1000) return bytes + " B";
  const units = ["kB", "MB", "GB", "TB"];
  let unit = -1;
  do { bytes /= 1000; ++unit; } while (bytes >= 999.95 && unit < units.length - 1);
  return bytes.toFixed(1) + " " + units[unit];
}

function formatCount(count) { return count.toLocaleString("en"); }

function makeNode(name, path, parent, group) {
  return { name, path, parent, group, bytes: 0, children: [], byName: new Map(), file: null, kindBytes: [0, 0, 0, 0],
           count: 0 };
}

/// Folders with nothing in them but one folder become one: usr/lib64/python3.13.
function compress(node) {
  node.children.forEach(compress);
  while (node.parent && node.parent.parent !== undefined && node.children.length === 1 && !node.children[0].file &&
         !node.isGroup) {
    const only = node.children[0];
    node.name += "/" + only.name;
    node.path = only.path;
    node.children = only.children;
    for (const child of node.children) child.parent = node;
  }
}

function finish(node) {
  delete node.byName;
  if (node.file) return;
  for (const child of node.children) {
    finish(child);
    node.bytes += child.bytes;
    node.count += child.count;
    for (let kind = 0; kind < 4; ++kind) node.kindBytes[kind] += child.kindBytes[kind];
  }
  node.children.sort((x, y) => y.bytes - x.bytes || (x.name < y.name ? -1 : 1));
}

function buildTree() {
  const root = makeNode(data.kind === "packages" ? "all packages" : "/", "", null, -1);
  const groups = data.packages.map((pair, group) => {
    const node = makeNode(pair.name, "", root, group);
    node.isGroup = true;
    root.children.push(node);
    return node;
  });
  for (const file of files) {
    if (file.type !== 0 || file.bytes === 0) continue;
    let node = groups.length > 0 ? groups[file.group] : root;
    const parts = file.path.split("/").filter((part) => part !== "");
    const name = parts.pop();
    let path = "";
    for (const part of parts) {
      path += "/" + part;
      let next = node.byName.get(part);
      if (!next) {
        next = makeNode(part, path, node, file.group);
        node.byName.set(part, next);
        node.children.push(next);
      }
      node = next;
    }
    const leaf = makeNode(name, file.path, node, file.group);
    leaf.file = file;
    leaf.bytes = file.bytes;
    leaf.count = 1;
    leaf.kindBytes[file.kind] = file.bytes;
    file.node = leaf;
    node.children.push(leaf);
  }
  root.children.forEach(compress);
  finish(root);
  return root;
}

const tree = buildTree();
