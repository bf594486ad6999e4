// Requests that change something: with the proof that a page of ours sent them, once more where the server was started again meanwhile.
const meta = () => document.querySelector("meta[name=proof]");

// The type is null for forms, whose own type the browser writes.
export async function send(address, body, { method = "POST", type = "application/json", accept = "application/json" } = {}) {
  const ask = () => fetch(address, { method, body, headers: { ...(type && { "Content-Type": type }), Accept: accept, "X-Proof": meta().content } });
  const answer = await ask();
  const fresh = answer.status === 403 && answer.headers.get("X-Proof");
  if (!fresh) return answer;
  meta().content = fresh;
  document.querySelectorAll("input[name=proof]").forEach((field) => { field.value = fresh; });
  return ask();
}
