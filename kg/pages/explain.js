"use strict";
// Lights up what belongs to a finding, here and in the text. The page works without it.
const parts = [...document.querySelectorAll("[data-findings]")];
const numbersOf = (part) => part.dataset.findings.split(" ").filter(Boolean);
const partOf = (event) => event.target.closest("[data-findings]");
let pinned = null;

function light(numbers) {
  const wanted = numbers || pinned || [];
  for (const part of parts) part.classList.toggle("lit", numbersOf(part).some((number) => wanted.includes(number)));
  document.body.classList.toggle("reading", wanted.length > 0);
}

// A mark lights its own findings; a sentence between marks lights all of its findings.
function follow(event) {
  const part = partOf(event);
  light(part && numbersOf(part).length ? numbersOf(part) : null);
}

function pin(event) {
  const part = partOf(event), numbers = part ? numbersOf(part) : [];
  pinned = numbers.length && String(numbers) !== String(pinned) ? numbers : null;
  light(null);
}

document.addEventListener("mouseover", follow);
document.addEventListener("focusin", follow);
document.addEventListener("focusout", () => light(null));
document.addEventListener("click", pin);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") { pinned = null; light(null); } });
document.body.dataset.ready = "yes";
