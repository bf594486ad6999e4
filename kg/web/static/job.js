// Asks how a job stands while its page is looked at, and shows the page anew when it is done.
const EVERY_MS = 700;
const place = document.querySelector("[data-job]"), bar = place.querySelector("progress"), status = place.querySelector("#status");

async function ask() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(`/api/jobs/${place.dataset.job}`);
    if (answer.status === 404) return location.reload();
    const job = await answer.json();
    if (job.is_finished) return location.reload();
    if (status.textContent !== job.words) status.textContent = job.words;
    if (job.total) Object.assign(bar, { max: job.total, value: job.done });
    else bar.removeAttribute("value");
  } catch {
    status.textContent = "The server does not answer. This page goes on asking; its address will still lead to the job.";
  }
  setTimeout(ask, EVERY_MS);
}

document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") ask(); });
setTimeout(ask, EVERY_MS);
