// Draws the view of the page on a canvas, and goes from view to view without loading whole pages. The address is the state: every step is a
// link of the page, and the page works by links alone where this does not run.
import { suggestIn } from "/static/search.js";
import { sortIn } from "/static/table.js";

const byId = (id) => document.getElementById(id);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
// Those who want no motion see the nodes when they have come to rest.
const SPRINGS = { enabled: true, solver: "forceAtlas2Based", forceAtlas2Based: { gravitationalConstant: -160, springLength: 130, avoidOverlap: 0.6 }, minVelocity: 1.2, stabilization: { enabled: isStill, iterations: 300 } };
const ROUND = { condition: 19, transplant: 19, cell: 10, drug: 10, outcome: 5, paper: 0, other: 0 };
// Steps that undo can take back; the browser keeps them when the page is loaded again.
let network = null, data = null, steps = history.state?.steps ?? 0, asked = 0;

function paintNode(node, box) {
  const border = node.id === data.chosen ? colour("accent") : colour(`${node.kind}-edge`), background = colour(node.kind);
  return {
    id: node.id, label: node.label, title: node.name, x: node.x, y: node.y, shape: "box", shapeProperties: { borderRadius: ROUND[node.kind] },
    borderWidth: node.isOpened || node.id === data.chosen ? 3 : 1.3, font: { color: colour("ink"), size: 12, face: "system-ui, Segoe UI, Roboto, sans-serif" },
    color: { background, border, highlight: { background, border: colour("accent") }, hover: { background, border: colour("accent") } },
    widthConstraint: { minimum: box.width - 16 }, heightConstraint: { minimum: box.height - 10 },
  };
}

function paintEdge(edge) {
  const shade = colour(edge.sense), dashes = data.dashes[edge.sense];
  return {
    id: edge.id, from: edge.from, to: edge.to, width: edge.id === data.chosen ? edge.width + 3 : edge.width, dashes: dashes.length ? dashes : false,
    color: { color: shade, highlight: shade, hover: shade, opacity: 0.85 },
    ...(edge.label && { label: edge.label, arrows: { to: { enabled: true, scaleFactor: 0.6 } }, font: { size: 11, color: colour("soft"), strokeWidth: 4, strokeColor: colour("sheet"), face: "system-ui, Segoe UI, Roboto, sans-serif" } }),
  };
}

function draw() {
  const canvas = byId("canvas");
  network?.destroy();
  network = null;
  document.querySelectorAll("[data-scripted]").forEach((link) => { link.hidden = !canvas || !window.vis; });
  document.querySelectorAll("[data-do]").forEach((button) => { button.hidden = button.dataset.do === "undo" ? steps === 0 : !canvas || !window.vis; });
  if (!canvas || !window.vis) return;
  data = JSON.parse(canvas.dataset.graph);
  const place = document.createElement("div");
  place.className = "network";
  canvas.replaceChildren(place);
  network = new window.vis.Network(place, { nodes: new window.vis.DataSet(data.nodes.map((node) => paintNode(node, data.box))), edges: new window.vis.DataSet(data.edges.map(paintEdge)) }, {
    physics: data.isFree ? SPRINGS : false, layout: { improvedLayout: false, randomSeed: 7 }, nodes: { margin: 5, labelHighlightBold: false },
    edges: { smooth: data.isFree ? false : { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 }, selectionWidth: 1, hoverWidth: 1 },
    interaction: { hover: true, tooltipDelay: 150, hideEdgesOnDrag: data.edges.length > 400, keyboard: { enabled: true, bindToWindow: false }, zoomSpeed: 0.6 },
  });
  listen();
  if (data.isFree) settle();
  fit();
}

// Springs move the nodes until they rest, and then no more.
function settle() {
  network.once(isStill ? "stabilizationIterationsDone" : "stabilized", () => {
    network.setOptions({ physics: false });
    fit();
    document.body.dataset.settled = "yes";
  });
}

function listen() {
  const nodes = new Map(data.nodes.map((node) => [node.id, node])), edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  let waiting = 0;
  network.on("click", (event) => {
    const hit = event.nodes.length ? nodes.get(event.nodes[0]) : event.edges.length ? edges.get(event.edges[0]) : null;
    clearTimeout(waiting);
    // A second click within this time opens the node instead.
    if (hit) waiting = setTimeout(() => go(hit.href), 260);
  });
  network.on("doubleClick", (event) => {
    clearTimeout(waiting);
    if (event.nodes.length) go(nodes.get(event.nodes[0]).open);
  });
}

function fit() {
  network.fit({ animation: false, maxZoomLevel: 1.1 });
  if (network.getScale() >= 0.42) return;
  // Where all would be too small to read, as on a phone: what was opened last, at a size that can be read.
  const middle = data.nodes.filter((node) => node.isOpened).at(-1) ?? data.nodes.find((node) => node.id === data.chosen);
  network.moveTo({ ...(middle && { position: network.getPosition(middle.id) }), scale: 0.7, animation: false });
}

// The view at an address, in place of this one.
async function go(address, { isNew = true } = {}) {
  const number = ++asked;
  delete document.body.dataset.ready;
  delete document.body.dataset.settled;
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (number !== asked) return;
  const next = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("explore") : null;
  if (!next) return location.assign(address);
  const focused = document.activeElement?.id, top = scrollY, chosen = data?.chosen;
  byId("explore").replaceWith(document.adoptNode(next));
  if (isNew) { history.pushState({ steps: ++steps }, "", address); }
  draw();
  suggestIn(next);
  sortIn(next);
  scrollTo(0, top);
  if (focused && byId(focused)) byId(focused).focus({ preventScroll: true });
  else if (data && data.chosen !== chosen) byId("about")?.focus({ preventScroll: true });
  document.body.dataset.ready = "yes";
}

function savePicture() {
  const canvas = byId("canvas").querySelector("canvas"), copy = document.createElement("canvas");
  Object.assign(copy, { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d");
  context.fillStyle = colour("sheet");
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: "graph.png" });
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

const ACTIONS = { undo: () => history.back(), fit, png: savePicture };

document.addEventListener("click", (event) => {
  const action = event.target.closest("[data-do]")?.dataset.do, link = event.target.closest("a[href]");
  if (action) return ACTIONS[action]();
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button || "plain" in link.dataset) return;
  const address = new URL(link.href, location.href);
  if (address.origin !== location.origin || address.pathname !== location.pathname) return;
  event.preventDefault();
  go(address.pathname + address.search);
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("#explore form")) return;
  event.preventDefault();
  go(`${event.target.getAttribute("action")}?${new URLSearchParams(new FormData(event.target))}`);
});
document.addEventListener("change", (event) => {
  if (event.target.matches(".facets input")) event.target.form.requestSubmit();
});
addEventListener("popstate", (event) => {
  steps = event.state?.steps ?? 0;
  go(location.pathname + location.search, { isNew: false });
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

draw();
document.body.dataset.ready = "yes";
