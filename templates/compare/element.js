"use strict";
// What the pages share.
function element(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name === "className") made.className = value;
    else if (name.startsWith("--")) made.style.setProperty(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/// Pixels of a row of the list, which has several lines where the window is narrow (page.css).
function rowHeight() { return parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row-height")); }
