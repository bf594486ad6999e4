"use strict";
// Everything from a paper goes through textContent or the canvas, never through markup.
const started = performance.now();
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const KINDS = { transplant: "transplants", cell: "cells", drug: "drugs", outcome: "outcomes", paper: "papers" };
const LEVELS = { clinical: "patients", preclinical: "animals and cell cultures" };
const MOST_IN_PANEL = 150;

const nodes = new Map(data.nodes.map((node) => [node.id, node]));
const edges = data.edges;
const initial = () => ({
  kinds: new Set(Object.keys(KINDS)), senses: new Set(Object.keys(data.senses)), levels: new Set(Object.keys(LEVELS)), rare: false, chosen: null,
});
let state = initial();

// ------------------------------------------------------------ small parts of the page

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function line(sense) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const stroke = document.createElementNS("http://www.w3.org/2000/svg", "line");
  svg.setAttribute("viewBox", "0 0 26 10");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, value] of Object.entries({ x1: 0, x2: 26, y1: 5, y2: 5, "stroke-width": 3, "stroke-dasharray": data.dashes[sense].join(" ") })) stroke.setAttribute(name, value);
  stroke.style.stroke = `var(--${sense})`;
  svg.append(stroke);
  return svg;
}

function swatch(kind) {
  const box = element("span", { className: "swatch" });
  box.style.background = `var(--${kind})`;
  box.style.borderColor = `var(--${kind}-edge)`;
  return box;
}

function checkbox(fieldset, text, mark, count, isOn, change) {
  const box = element("input", { type: "checkbox", checked: isOn });
  box.addEventListener("change", () => { change(box.checked); refresh(); });
  byId(fieldset).append(element("label", {}, box, ...mark, element("span", {}, text), element("span", { className: "count" }, String(count))));
}

const flip = (set, value) => (isOn) => (isOn ? set.add(value) : set.delete(value));
const count = (items, test) => items.filter(test).length;

function buildFilters() {
  for (const id of ["senses", "kinds", "levels"]) byId(id).querySelectorAll("label").forEach((label) => label.remove());
  for (const [sense, text] of Object.entries(data.senses)) {
    const found = count(edges, (edge) => edge.sense === sense);
    if (found) checkbox("senses", text, [line(sense)], found, state.senses.has(sense), flip(state.senses, sense));
  }
  for (const [kind, text] of Object.entries(KINDS)) {
    const found = count(data.nodes, (node) => node.kind === kind);
    if (found) checkbox("kinds", text, [swatch(kind)], found, state.kinds.has(kind), flip(state.kinds, kind));
  }
  const rare = count(data.nodes, (node) => !node.main);
  if (rare) checkbox("kinds", "also less studied outcomes", [], rare, state.rare, (isOn) => { state.rare = isOn; });
  for (const [level, text] of Object.entries(LEVELS)) {
    const found = count(edges, (edge) => edge.level === level);
    if (found) checkbox("levels", text, [], found, state.levels.has(level), flip(state.levels, level));
  }
}

// ------------------------------------------------------------ what is shown

const isNodeOn = (node) => state.kinds.has(node.kind) && (node.main || state.rare);
const isEdgeOn = (edge) => state.senses.has(edge.sense) && state.levels.has(edge.level) && isNodeOn(nodes.get(edge.from)) && isNodeOn(nodes.get(edge.to));

function shown() {
  const on = edges.filter(isEdgeOn);
  return { edges: on, nodes: new Set(on.flatMap((edge) => [edge.from, edge.to])) };
}

// The thread of a node: every edge that rests on a finding which the node has a part in.
function thread(id) {
  const evidence = new Set(edges.filter((edge) => edge.from === id || edge.to === id).flatMap((edge) => edge.evidence));
  const found = edges.filter((edge) => edge.evidence.some((number) => evidence.has(number)));
  return { evidence: [...evidence].sort((a, b) => a - b), edges: new Set(found.map((edge) => edge.id)), nodes: new Set(found.flatMap((edge) => [edge.from, edge.to])) };
}

// ------------------------------------------------------------ the picture

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function paintNode(node, isOn, isLit) {
  const ground = colour(node.kind), border = colour(`${node.kind}-edge`), isChosen = state.chosen === node.id;
  return {
    id: node.id, label: node.label, title: node.title, x: node.x, y: node.y, shape: "box", hidden: !isOn, opacity: isLit ? 1 : 0.18,
    borderWidth: isChosen ? 3 : 1.2, font: { color: isLit ? colour("ink") : colour("soft"), size: 14, face: "system-ui, Segoe UI, Roboto, sans-serif" },
    color: { background: ground, border, highlight: { background: ground, border: colour("accent") }, hover: { background: ground, border: colour("accent") } },
  };
}

function paintEdge(edge, isOn, isLit) {
  const isSetting = edge.sense === "setting", isFaint = isSetting || edge.sense === "reported" || edge.from.startsWith("paper:");
  const shade = colour(edge.sense);
  return {
    id: edge.id, from: edge.from, to: edge.to, title: edge.title, width: edge.from.startsWith("paper:") || edge.doubtful ? 1.2 : isSetting ? 1.5 : edge.width, hidden: !isOn,
    dashes: data.dashes[edge.sense].length ? data.dashes[edge.sense] : false, arrows: { to: { enabled: !isFaint, scaleFactor: 0.45 } },
    color: { color: shade, highlight: shade, hover: shade, opacity: isLit ? (edge.doubtful ? 0.3 : isFaint && !isSetting && !state.chosen ? 0.45 : 0.95) : 0.05 },
  };
}

function paint() {
  const visible = shown(), lit = state.chosen ? thread(state.chosen) : null, on = new Set(visible.edges.map((edge) => edge.id));
  return {
    visible,
    nodes: data.nodes.map((node) => paintNode(node, visible.nodes.has(node.id) || node.id === state.chosen, !lit || lit.nodes.has(node.id) || node.id === state.chosen)),
    edges: edges.map((edge) => paintEdge(edge, on.has(edge.id), !lit || lit.edges.has(edge.id))),
  };
}

const first = paint();
const network = new vis.Network(byId("picture"), { nodes: new vis.DataSet(first.nodes), edges: new vis.DataSet(first.edges) }, {
  physics: false,
  layout: { improvedLayout: false },
  nodes: { margin: { top: 5, bottom: 5, left: 8, right: 8 }, widthConstraint: { minimum: 210, maximum: 226 }, shapeProperties: { borderRadius: 5 }, fixed: true, labelHighlightBold: false },
  edges: { smooth: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.42 }, selectionWidth: 0, hoverWidth: 0.5 },
  interaction: { hover: true, tooltipDelay: 120, hideEdgesOnDrag: edges.length > 1500, hideEdgesOnZoom: edges.length > 1500, keyboard: { enabled: true, bindToWindow: false }, zoomSpeed: 0.6 },
});
const drawn = { nodes: network.body.data.nodes, edges: network.body.data.edges };

network.on("beforeDrawing", (context) => {
  context.fillStyle = colour("soft");
  context.font = "600 17px system-ui, Segoe UI, Roboto, sans-serif";
  context.textAlign = "left";
  for (const column of data.columns) if (!column.rare || state.rare) context.fillText(column.label, column.x - 113, column.y - 42);
});
network.on("click", (event) => {
  if (event.nodes.length) choose(event.nodes[0]);
  else if (event.edges.length) showEdge(event.edges[0]);
  else choose(null);
});

// Fits what is shown; where that would be too small to read, the top left part at a readable size.
function fit(only) {
  const visible = shown().nodes, ids = [...visible].filter((id) => !only || only.has(id));
  if (!ids.length) return;
  network.redraw();
  network.fit({ nodes: ids, animation: false, maxZoomLevel: 1.1 });
  const readable = 0.5;
  if (network.getScale() >= readable) return;
  const places = ids.map((id) => nodes.get(id)), left = Math.min(...places.map((node) => node.x)), top = Math.min(...places.map((node) => node.y));
  const box = byId("picture").getBoundingClientRect();
  network.moveTo({ scale: readable, position: { x: left - 130 + box.width / 2 / readable, y: top - 80 + box.height / 2 / readable }, animation: false });
}

function zoom(factor) { network.moveTo({ scale: network.getScale() * factor, animation: false }); }

// ------------------------------------------------------------ choosing, panel, list, search

function choose(id) {
  state.chosen = id;
  if (id && !nodes.get(id).main && !state.rare) { state.rare = true; buildFilters(); }
  refresh();
  if (id) {
    const node = nodes.get(id), found = thread(id).evidence.map((number) => data.claims[number]);
    showPanel(node.name, `${KINDS[node.kind].slice(0, -1)}, ${found.length} ${found.length === 1 ? "finding" : "findings"}`, found);
  } else byId("panel").hidden = true;
}

function showEdge(id) {
  const edge = edges.find((each) => each.id === id);
  const about = edge.sense === "setting" ? "studied in that setting" : data.senses[edge.sense];
  showPanel(`${nodes.get(edge.from).name} → ${nodes.get(edge.to).name}`, about, edge.evidence.map((number) => data.claims[number]));
}

function showPanel(heading, about, claims) {
  const close = element("button", { type: "button", id: "close", textContent: "×" });
  close.setAttribute("aria-label", "Close evidence");
  close.addEventListener("click", () => { choose(null); byId("search").focus(); });
  byId("panel").replaceChildren(close, element("h2", {}, heading), element("p", { className: "about" }, about), ...claims.slice(0, MOST_IN_PANEL).map(article));
  if (claims.length > MOST_IN_PANEL) byId("panel").append(element("p", { className: "about" }, `and ${claims.length - MOST_IN_PANEL} more`));
  byId("panel").hidden = false;
  byId("panel").scrollTop = 0;
}

function article(claim) {
  const source = [claim.doubt, claim.title || claim.id, nodes.get(claim.paper).title.startsWith("RETRACTED") ? "retracted" : "", claim.isDigest ? "digest, not the paper's own words" : ""];
  return element("article", { className: claim.doubt ? "doubtful" : "" },
    element("h3", {}, line(claim.sense), element("span", {}, `${claim.outcome}: ${claim.direction.replace("_", " ")}`)),
    ...(claim.arms ? [element("p", {}, claim.arms)] : []),
    element("blockquote", {}, claim.sentence),
    element("p", {}, source.filter(Boolean).join(" · ")));
}

function jump(id) {
  const button = element("button", { type: "button" }, nodes.get(id).name);
  button.addEventListener("click", () => choose(id));
  return button;
}

function buildList() {
  const head = element("tr", {}, ...["From", "Says", "To", "Studies", "Evidence from"].map((text) => element("th", { scope: "col" }, text)));
  const rows = shown().edges.map((edge) => element("tr", { className: edge.doubtful ? "doubtful" : "" },
    element("td", {}, jump(edge.from)), element("td", {}, line(edge.sense), (edge.sense === "setting" ? "setting of" : data.senses[edge.sense]) + (edge.doubtful ? ", in doubt" : "")),
    element("td", {}, jump(edge.to)), element("td", {}, String(edge.studies)), element("td", {}, LEVELS[edge.level])));
  byId("list").replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
}

function view(isList) {
  byId("as-list").setAttribute("aria-pressed", String(isList));
  byId("as-picture").setAttribute("aria-pressed", String(!isList));
  byId("list").hidden = !isList;
  byId("zoom").hidden = isList;
  if (isList) buildList();
}

function search() {
  const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length ? data.nodes.filter((node) => words.every((word) => `${node.name} ${node.title}`.toLowerCase().includes(word))) : [];
  byId("hits").replaceChildren(...found.slice(0, 12).map((node) => {
    const button = element("button", { type: "button" }, element("span", {}, node.name), element("small", {}, KINDS[node.kind].slice(0, -1)));
    button.addEventListener("click", () => go(node.id));
    return element("li", {}, button);
  }), ...(words.length && !found.length ? [element("li", {}, "Nothing by that name")] : []));
  return found;
}

function go(id) {
  choose(id);
  fit(thread(id).nodes);
}

function refresh() {
  const next = paint();
  drawn.nodes.update(next.nodes);
  drawn.edges.update(next.edges);
  byId("counts").textContent = `${next.visible.nodes.size} of ${data.nodes.length} nodes and ${next.visible.edges.length} of ${edges.length} edges shown`;
  if (!byId("list").hidden) buildList();
}

byId("search").addEventListener("input", search);
byId("search").addEventListener("keydown", (event) => {
  const found = event.key === "Enter" ? search() : [];
  if (found.length) go(found[0].id);
});
byId("as-list").addEventListener("click", () => view(true));
byId("as-picture").addEventListener("click", () => view(false));
byId("zoom-in").addEventListener("click", () => zoom(1.3));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
byId("zoom-fit").addEventListener("click", () => fit());
byId("reset").addEventListener("click", () => { state = initial(); byId("search").value = ""; search(); buildFilters(); choose(null); fit(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);

buildFilters();
byId("counts").textContent = `${first.visible.nodes.size} of ${data.nodes.length} nodes and ${first.visible.edges.length} of ${edges.length} edges shown`;
fit();
network.once("afterDrawing", () => { document.body.dataset.ready = String(Math.round(performance.now() - started)); });
network.redraw();
