// Says aloud what changed: messages of the page, what a swap brought, and that a save did not arrive.
const region = document.getElementById("announce");

function say(text) {
  region.textContent = "";
  window.setTimeout(() => { region.textContent = text; }, 100);
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

document.addEventListener("htmx:afterSwap", (event) => {
  document.querySelectorAll("main > .note.messages").forEach((old) => old.remove());
  sayNotes(event.detail.target);
});
document.addEventListener("htmx:responseError", failed);
document.addEventListener("htmx:sendError", failed);
