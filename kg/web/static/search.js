// Suggestions below a search field: an ARIA combobox with a list box. What is typed or found is shown as text.
const WAIT_MS = 120;

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function suggestIn(root) {
  root.querySelectorAll("input[data-suggest]").forEach(attach);
}

function attach(input) {
  const list = element("ul", { role: "listbox", id: `${input.id}-list`, class: "suggestions", "aria-label": "Suggestions" });
  list.hidden = true;
  input.after(list);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(key, value);
  const combo = { input, list, items: [], at: -1, timer: 0, asked: 0 };
  input.addEventListener("input", () => { clearTimeout(combo.timer); combo.timer = setTimeout(() => ask(combo), WAIT_MS); });
  input.addEventListener("keydown", (event) => onKey(combo, event));
  input.addEventListener("blur", () => setTimeout(() => show(combo, []), 150));
}

async function ask(combo) {
  const words = combo.input.value.trim(), number = ++combo.asked;
  if (!words) return show(combo, []);
  const answer = await fetch(`/api/search?q=${encodeURIComponent(words)}`);
  if (answer.ok && number === combo.asked) show(combo, (await answer.json()).items);
}

function show(combo, items) {
  Object.assign(combo, { items, at: -1 });
  combo.list.replaceChildren(...items.map((item, place) => {
    const option = element("li", { role: "option", id: `${combo.list.id}-${place}`, class: item.kind, "aria-selected": "false" }, element("span", {}, item.label), " ", element("small", {}, [item.kind, item.synonym].filter(Boolean).join(", ") + ` · ${item.findings}`));
    option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(combo, item); });
    return option;
  }));
  combo.list.hidden = !items.length;
  combo.input.setAttribute("aria-expanded", String(items.length > 0));
  combo.input.removeAttribute("aria-activedescendant");
}

function onKey(combo, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && combo.items.length) {
    event.preventDefault();
    move(combo, (combo.at + step + combo.items.length) % combo.items.length);
  } else if (event.key === "Enter" && combo.at >= 0) {
    event.preventDefault();
    choose(combo, combo.items[combo.at]);
  } else if (event.key === "Escape") show(combo, []);
}

function move(combo, place) {
  combo.at = place;
  [...combo.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
  combo.input.setAttribute("aria-activedescendant", combo.list.children[place].id);
  combo.list.children[place].scrollIntoView({ block: "nearest" });
}

function choose(combo, item) {
  show(combo, []);
  if (combo.input.dataset.suggest === "fill") combo.input.value = item.label;
  else {
    const link = element("a", { href: opened(item.id) });
    document.body.append(link);
    link.click();
    link.remove();
  }
}

// Beside what is open already, where this is a view.
function opened(id) {
  const here = new URLSearchParams(location.pathname === "/explore" ? location.search : "");
  ["q", "a", "b", "s"].forEach((name) => here.delete(name));
  if (!here.getAll("x").some((each) => each.split("~")[0] === id)) here.append("x", id);
  here.append("s", id);
  return `/explore?${here}`;
}

suggestIn(document);
