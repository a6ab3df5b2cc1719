// A guide that is filled without loading the page anew: after a swap the cursor is where one goes on, and Escape gives
// up what is open. Without this everything works by its links and buttons all the same.
let goOn = ""; // the id of what is to have the cursor
let guide = ""; // the guide that is swapped

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  guide = target.closest(".guide")?.id ?? "";
  goOn = target.closest("[data-return]")?.dataset.return ?? "";
});

document.addEventListener("htmx:afterSettle", () => {
  const swapped = guide && document.getElementById(guide);
  if (!swapped || document.activeElement !== document.body) return;
  const there = goOn && document.getElementById(goOn);
  (there || swapped.querySelector(".chevrons [aria-current]"))?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.closest(".guide .opened")?.querySelector("a[data-cancel]")?.click();
});
