// The page reads without this. It shows the Print button, and makes the pictures answer to the pointer and to the arrow keys.
"use strict";

const item = document.getElementById("print");
if (item) {
  item.hidden = false;
  item.querySelector("button").addEventListener("click", () => window.print());
}

const HATCH = "#d3d8de";
const SVG = "http://www.w3.org/2000/svg";
let library = null;

// Vega is fetched from beside this file, once, when a reader first points at a picture.
function loaded() {
  library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = new URL("charts.js", document.querySelector('script[src$="page.js"]').src).href;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return library;
}

// Fill of the colour HATCH becomes slanted lines, as in the drawn picture.
function hatched(svg, name) {
  const marks = svg.querySelectorAll(`[fill="${HATCH}"]`);
  if (!marks.length) return;
  const pattern = document.createElementNS(SVG, "pattern");
  const sizes = { id: name, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  for (const [key, value] of Object.entries(sizes)) pattern.setAttribute(key, value);
  const line = document.createElementNS(SVG, "line");
  const ends = { x1: 0, y1: 0, x2: 0, y2: 6, stroke: HATCH, "stroke-width": 2.4 };
  for (const [key, value] of Object.entries(ends)) line.setAttribute(key, value);
  pattern.append(line);
  svg.prepend(pattern);
  for (const mark of marks) mark.setAttribute("fill", `url(#${name})`);
}

function told(tip, chart, event, words) {
  tip.textContent = words;
  tip.hidden = !words;
  if (!words) return;
  const box = chart.getBoundingClientRect();
  const x = event.clientX - box.left;
  tip.classList.toggle("left", x > box.width / 2);
  tip.style.insetInlineStart = x > box.width / 2 ? "auto" : `${x + 14}px`;
  tip.style.insetInlineEnd = x > box.width / 2 ? `${box.width - x + 14}px` : "auto";
  tip.style.insetBlockStart = `${event.clientY - box.top + 14}px`;
}

async function enliven(chart, tip) {
  const shown = [...chart.querySelectorAll("svg")].find((svg) => svg.getBoundingClientRect().width > 0);
  const kind = shown?.classList.contains("narrow") ? "narrow" : "wide";
  const block = chart.querySelector(`script.spec[data-width="${kind}"]`);
  if (!shown || !block || chart.dataset.live) return;
  chart.dataset.live = kind;
  const place = document.createElement("div");
  place.className = `live ${kind}`;
  place.hidden = true;
  shown.after(place);
  try {
    await loaded();
    const options = {
      ast: true, actions: false, renderer: "svg", defaultStyle: false, logLevel: 1,
      tooltip: (handler, event, mark, value) => told(tip, chart, event, value == null ? "" : String(value)),
    };
    await window.vegaEmbed(place, JSON.parse(block.textContent), options);
    const svg = place.querySelector("svg");
    for (const name of ["role", "aria-label", "class"]) svg.setAttribute(name, shown.getAttribute(name) ?? "");
    for (const part of svg.querySelectorAll("[aria-label],[role],[aria-roledescription]")) {
      for (const name of ["aria-label", "role", "aria-roledescription", "aria-hidden"]) part.removeAttribute(name);
    }
    svg.removeAttribute("style");
    const family = shown.querySelector("[font-family]")?.getAttribute("font-family");
    if (family) for (const part of svg.querySelectorAll("[font-family]")) part.setAttribute("font-family", family);
    hatched(svg, `live-${[...document.querySelectorAll(".chart")].indexOf(chart)}`);
    place.hidden = false;
    shown.remove();
  } catch (fault) {
    place.remove();
    delete chart.dataset.live;
    console.info("The picture stays as it is drawn:", fault);
  }
}

// The arrow keys read the picture's table, row by row.
function keyed(figure, chart, readout) {
  const rows = [...figure.querySelectorAll(".twin tbody tr")];
  const heads = [...figure.querySelectorAll(".twin thead th")].map((h) => h.textContent);
  let at = -1;
  chart.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (event.key in steps) at = Math.min(rows.length - 1, Math.max(0, at + steps[event.key]));
    else if (event.key === "Home") at = 0;
    else if (event.key === "End") at = rows.length - 1;
    else return;
    event.preventDefault();
    const cells = [...rows[at].children].map((c, i) => (i ? `${heads[i].toLowerCase()} ${c.textContent}` : c.textContent));
    readout.textContent = cells.join(", ");
  });
}

for (const figure of document.querySelectorAll("figure.picture")) {
  const chart = figure.querySelector(".chart");
  if (!chart || !chart.querySelector("script.spec")) continue;
  const tip = document.createElement("p");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  const readout = document.createElement("p");
  readout.className = "readout";
  readout.setAttribute("aria-live", "polite");
  chart.append(tip);
  chart.after(readout);
  chart.tabIndex = 0;
  chart.setAttribute("role", "group");
  chart.setAttribute("aria-label", `${chart.dataset.title}. The arrow keys read its figures.`);
  keyed(figure, chart, readout);
  for (const kind of ["pointerenter", "focus"]) chart.addEventListener(kind, () => enliven(chart, tip));
  chart.addEventListener("pointerleave", () => { tip.hidden = true; });
}
