// Keys for those who decide on many findings, and the ORCID iD that this browser was told; the form works without.
const KEPT = "graftgraph.orcid", KEYS = "graftgraph.keys";
const form = document.querySelector("form.decide"), orcid = document.getElementById("orcid"), reason = document.getElementById("reason"), keys = document.getElementById("keys");
const AS_PRINTED = "as printed";
const VERDICTS = { a: "accepted", c: "corrected", r: "rejected" };

function choose(verdict) {
  const radio = form.querySelector(`[name=verdict][value=${verdict}]`);
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  (verdict === "corrected" ? document.getElementById("f-direction") : reason).focus();
}

// What accepts needs a reason as well; this one says all that there is to say, and can be written over.
function suggest() {
  const verdict = form.querySelector("[name=verdict]:checked")?.value;
  if (verdict === "accepted" && !reason.value) reason.value = AS_PRINTED;
  else if (verdict !== "accepted" && reason.value === AS_PRINTED) reason.value = "";
}

if (form) {
  if (!orcid.value) orcid.value = localStorage.getItem(KEPT) ?? "";
  form.addEventListener("submit", () => localStorage.setItem(KEPT, orcid.value.trim()));
  form.addEventListener("change", (event) => { if (event.target.name === "verdict") suggest(); });
  if (new URLSearchParams(location.search).has("done")) document.getElementById("finding").focus({ preventScroll: true });
}
if (keys) {
  keys.closest("[data-scripted]").hidden = false;
  keys.checked = localStorage.getItem(KEYS) !== "off";
  keys.addEventListener("change", () => localStorage.setItem(KEYS, keys.checked ? "on" : "off"));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("input, select, textarea")) return event.target.blur();
  const isTyping = event.target.matches("input:not([type=radio]):not([type=checkbox]), select, textarea");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || keys?.checked === false) return;
  const key = event.key.toLowerCase();
  if (form && VERDICTS[key]) {
    event.preventDefault();
    choose(VERDICTS[key]);
  } else document.querySelector(`a[data-key="${CSS.escape(key)}"]`)?.click();
});
document.body.dataset.ready = "yes";
