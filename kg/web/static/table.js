// Tables whose columns sort: each row group moves as one, so that a sentence stays with its finding.
export function sortIn(root) {
  root.querySelectorAll("table[data-sortable]").forEach((table) => {
    table.querySelectorAll("thead th").forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => sort(table, head, column));
    });
  });
}

function sort(table, head, column) {
  const isDown = head.getAttribute("aria-sort") === "ascending", isNumber = "number" in head.dataset;
  table.querySelectorAll("thead th").forEach((each) => each.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  const text = (body) => body.rows[0].cells[column].textContent.trim();
  // The first number printed: .021 of "P = .021", 27.4 of "27.4% against 49%".
  const value = (body) => (isNumber ? parseFloat(/-?\d*\.?\d+/.exec(text(body))?.[0] ?? "") : text(body));
  const isStated = (found) => (isNumber ? !Number.isNaN(found) : found !== "");
  // What is not stated stays last both ways.
  const compare = (one, other) => {
    const [a, b] = [value(one), value(other)];
    if (!isStated(a) || !isStated(b)) return isStated(b) - isStated(a);
    return (isNumber ? a - b : a.localeCompare(b, "en", { numeric: true })) * (isDown ? -1 : 1);
  };
  table.append(...[...table.tBodies].sort(compare));
}

sortIn(document);
