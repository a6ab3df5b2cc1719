// A guide that is filled without loading the page anew. After a swap the cursor is where one goes on, and a text that was
// typed meanwhile is still there; who goes elsewhere while a row is a form saves it first, and Escape gives it up.
// Without this everything works by its links and buttons all the same.
let goOn = ""; // the id of what is to have the cursor
let guide = ""; // the guide that is swapped
let typed = []; // fields of new rows that are not sent yet, by id

const isDirty = (form) => [...form.elements].some((field) =>
  field.type === "checkbox" ? field.checked !== field.defaultChecked
    : field.tagName === "SELECT" ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : field.type !== "hidden" && field.value !== field.defaultValue);

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  guide = target.closest(".guide")?.id ?? "";
  goOn = target.closest("[data-return]")?.dataset.return ?? "";
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const fields = guide ? document.getElementById(guide).querySelectorAll(".new input.cell") : [];
  typed = [...fields].filter((field) => field.form !== detail.requestConfig.elt && field.value !== field.defaultValue)
    .map(({ id, value }) => ({ id, value, hadCursor: id === document.activeElement.id }));
});

document.addEventListener("htmx:afterSettle", () => {
  const swapped = guide && document.getElementById(guide);
  if (!swapped) return;
  for (const { id, value, hadCursor } of typed.splice(0)) {
    const field = document.getElementById(id);
    if (!field) continue;
    field.value = value;
    if (hadCursor) field.focus();
  }
  if (document.activeElement !== document.body) return;
  const there = goOn && document.getElementById(goOn);
  (there || swapped.querySelector(".chevrons [aria-current]"))?.focus();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".guide a[href]");
  const form = link?.closest(".guide").querySelector(".opened form");
  if (!form || link.closest(".opened") || event.ctrlKey || event.metaKey || !isDirty(form)) return;
  event.preventDefault();
  event.stopPropagation();
  const { pathname, search, hash } = new URL(link.href);
  form.elements.next.value = pathname + search + hash;
  form.requestSubmit();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.closest(".guide .opened")?.querySelector("a[data-cancel]")?.click();
});
