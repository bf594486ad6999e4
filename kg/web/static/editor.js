// Highlighting, completion and history for the text area of SPARQL, which works alone as well.
import { element } from "/static/search.js";

const PARTS = /(#[^\n]*)|(<[^<>"{}|^`\\\s]*>)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|([?$]\w+)|(\b[A-Za-z][\w-]*:[\w%-]*)|(\b(?:ASK|BASE|BIND|BY|CONSTRUCT|COUNT|DESC|DESCRIBE|DISTINCT|EXISTS|FILTER|FROM|GRAPH|GROUP|HAVING|LIMIT|MINUS|NAMED|NOT|OFFSET|OPTIONAL|ORDER|PREFIX|SELECT|UNION|VALUES|WHERE|AS|IN)\b)|(\b\d+(?:\.\d+)?\b)/gi;
const CLASSES = ["comment", "iri", "string", "variable", "name", "keyword", "number"];
const KEPT = 20, OFFERED = 8, KEY = "graftgraph.queries";
const area = document.getElementById("sparql");

function paint(pre) {
  const text = area.value, parts = [];
  let end = 0;
  for (const match of text.matchAll(PARTS)) {
    parts.push(text.slice(end, match.index), element("span", { class: CLASSES[match.slice(1).findIndex((part) => part !== undefined)] }, match[0]));
    end = match.index + match[0].length;
  }
  // A last line that is empty has no height otherwise.
  pre.replaceChildren(...parts, `${text.slice(end)}\n`);
  pre.scrollTop = area.scrollTop;
  pre.scrollLeft = area.scrollLeft;
}

const word = () => /[\w:-]*$/.exec(area.value.slice(0, area.selectionStart))[0];

function offer(list, terms) {
  const typed = word().toLowerCase(), local = typed.replace(/^ggv?:/, "");
  const found = typed.length < 2 ? [] : terms.filter((term) => term.name.toLowerCase().startsWith(typed)).concat(local.length < 3 ? [] : terms.filter((term) => !term.name.toLowerCase().startsWith(typed) && `${term.name} ${term.label}`.toLowerCase().includes(local)));
  list.replaceChildren(...found.slice(0, OFFERED).map((term) => {
    const button = element("button", { type: "button" }, term.name, " ", element("small", {}, term.label));
    button.addEventListener("click", () => insert(term.name));
    return element("li", {}, button);
  }));
}

function insert(name) {
  const end = area.selectionStart;
  area.setRangeText(name, end - word().length, end, "end");
  area.focus();
  area.dispatchEvent(new Event("input"));
}

function history() {
  const asked = new URLSearchParams(location.search).get("query"), kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
  const queries = [...new Set(asked ? [asked, ...kept] : kept)].slice(0, KEPT);
  localStorage.setItem(KEY, JSON.stringify(queries));
  if (!queries.length) return;
  const items = queries.map((query) => element("li", {}, element("a", { href: `/query?query=${encodeURIComponent(query)}` }, query.replace(/PREFIX[^\n]*\n/gi, "").trim().slice(0, 90))));
  area.form.after(element("details", { class: "asked" }, element("summary", {}, "Asked before, in this browser"), element("ul", {}, ...items)));
}

if (area) {
  const pre = element("pre", { class: "painted", "aria-hidden": "true" }), box = element("div", { class: "code" }), list = element("ul", { class: "completions", "aria-label": "Names that begin so" });
  area.replaceWith(box);
  box.append(pre, area);
  box.after(list);
  let terms = null;
  area.addEventListener("input", async () => {
    paint(pre);
    terms ??= fetch("/api/terms").then((answer) => answer.json()).then((answer) => answer.items).catch(() => []);
    offer(list, await terms);
  });
  area.addEventListener("scroll", () => { pre.scrollTop = area.scrollTop; pre.scrollLeft = area.scrollLeft; });
  paint(pre);
  history();
}
