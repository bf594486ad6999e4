// Adding a paper without leaving the page: forms are sent and their answer is put in place, files may be dropped, what was typed stays.
import { send } from "/static/send.js";

const main = document.querySelector("main");
let file = null;

// What the page shows anyway is only read out.
function say(words, { isShown = true } = {}) {
  const status = document.querySelector("#status");
  status.classList.toggle("unseen", !isShown);
  status.textContent = words;
}

async function preview(form) {
  const buttons = document.querySelectorAll("main button");
  if ([...buttons].some((button) => button.disabled)) return;
  const input = form.querySelector("input[type=file]");
  if (input && tooLong(input)) return;
  if (input) file = input.files[0];
  const body = new FormData(form);
  buttons.forEach((button) => { button.disabled = true; });
  say(form.dataset.preview);
  try {
    put(await (await send(form.action, body, { type: null, accept: "text/html" })).text());
  } catch {
    say("The server does not answer. What you gave is still here: start the server again and send it once more.");
  }
  buttons.forEach((button) => { button.disabled = false; });
}

function tooLong(input) {
  const most = Number(input.dataset.longest), chosen = input.files[0];
  const words = chosen && chosen.size > most ? `The file has ${Math.ceil(chosen.size / 1e6)} MB; at most ${most / 1e6} MB are taken.` : "";
  input.setCustomValidity(words);
  return !input.reportValidity();
}

// The answer's own page, without loading it again; what it shows of papers is text that the server has escaped.
function put(page) {
  const next = new DOMParser().parseFromString(page, "text/html");
  main.replaceChildren(...next.querySelector("main").children);
  document.querySelector("meta[name=proof]").content = next.querySelector("meta[name=proof]")?.content ?? document.querySelector("meta[name=proof]").content;
  keepFile();
  const identifier = next.querySelector("#identifier")?.value;
  history.replaceState(null, "", identifier ? `/add?identifier=${encodeURIComponent(identifier)}` : "/add");
  (main.querySelector("[aria-invalid=true]") ?? main.querySelector("#understood") ?? main.querySelector("[role=alert]"))?.focus();
  const found = main.querySelector("#understood"), count = main.querySelectorAll("#preview tbody[id]").length;
  if (found) say(`${found.textContent}: ${count} ${count === 1 ? "finding" : "findings"}. Nothing is stored yet.`, { isShown: false });
}

// The file goes along with "Add", so that nobody has to choose it twice.
function keepFile() {
  const again = main.querySelector(".again input");
  if (!again || !file) return;
  const carried = new DataTransfer();
  carried.items.add(file);
  again.files = carried.files;
  again.closest(".again").hidden = true;
}

async function add(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  say("Sending …");
  try {
    const answer = await send(form.action, new FormData(form), { type: null, accept: "text/html" });
    if (answer.redirected) return location.assign(answer.url);
    put(await answer.text());
  } catch {
    say("The server does not answer. Nothing was added: start the server again and press the button once more.");
  }
  button.disabled = false;
}

main.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("preview" in form.dataset) && !("add" in form.dataset)) return;
  event.preventDefault();
  if ("add" in form.dataset) add(form);
  else preview(form);
});

main.addEventListener("change", (event) => {
  if (event.target.type === "file" && "preview" in event.target.form.dataset && event.target.files.length) preview(event.target.form);
});

const zone = (event) => event.target.closest?.("[data-drop]");
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone(event)?.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => zone(event)?.classList.remove("over"));
document.addEventListener("drop", (event) => {
  const form = main.querySelector("[data-drop]");
  if (!form || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  form.classList.remove("over");
  const input = form.querySelector("input[type=file]"), one = new DataTransfer();
  one.items.add(event.dataTransfer.files[0]);
  input.files = one.files;
  preview(form);
});

document.body.dataset.ready = "yes";
