// Says aloud what changed: messages of the page, what a swap brought, and that a save did not arrive.
const region = document.getElementById("announce");
const waiting = [];

function say(text) {
  waiting.push(text);
  if (waiting.length > 1) return;
  region.textContent = "";
  window.setTimeout(() => { region.textContent = waiting.splice(0).join(" "); }, 100);
}

function sayNotes(root) {
  const notes = [...root.querySelectorAll(".note[role], [data-announce]")];
  const text = notes.map((note) => note.dataset.announce || note.textContent.replace(/\s+/g, " ")).join(" ").trim();
  if (text) say(text);
}

function failed() {
  const note = document.createElement("div");
  note.className = "note wrong messages";
  const sentence = document.createElement("p");
  sentence.textContent = document.body.dataset.failed;
  note.append(sentence);
  document.querySelectorAll("main > .note.messages").forEach((old) => old.remove());
  document.getElementById("content").prepend(note);
  say(sentence.textContent);
  note.scrollIntoView({ block: "nearest" });
}

const wrongs = document.querySelector("[data-focus]");
if (wrongs) wrongs.focus();
else sayNotes(document);

// comes once for every element that was put in; the target in its detail may be the one that was taken out
document.addEventListener("htmx:afterSwap", (event) => {
  document.querySelectorAll("main > .note.messages").forEach((old) => old.remove());
  sayNotes(event.target);
});
// an answer that lacks what was asked for (the sign-in page, once a session has ended) must not wipe out what was typed
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const wanted = detail.requestConfig.elt.closest("[hx-select]")?.getAttribute("hx-select");
  const chosenByServer = detail.xhr.getResponseHeader("HX-Reselect");
  if (!detail.shouldSwap || chosenByServer || !wanted?.startsWith("#")) return;
  if (detail.serverResponse.includes(`id="${wanted.slice(1)}"`)) return;
  detail.shouldSwap = false;
  detail.isError = true;
});
// where a form was refused, its own address is not one to come back to
document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
  if (detail.xhr.status >= 400) Object.assign(detail.history, { type: "replace", path: location.pathname + location.search });
});
document.addEventListener("htmx:responseError", failed);
document.addEventListener("htmx:sendError", failed);
