// Tables that are typed into. A click on a value opens its row there, Escape takes back, Alt with an arrow moves the row;
// what was typed is saved when one goes on to another row; after a swap the cursor is where one goes on. All of it is
// also done by the links and buttons of the row.
const TABLE = ".ledger.edit";
let column = ""; // the field to go on in
let row = ""; // the row to come back to

const openForm = (table) => table.querySelector(".editing .cell, .waiting .cell")?.form;

function isDirty(form) {
  return [...form.elements].some((field) => {
    if (field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.matches("input.cell, textarea") && field.value !== field.defaultValue;
  });
}

// saves the open row and then opens another one
function saveFirst(form, other) {
  const then = document.createElement("input");
  Object.assign(then, { type: "hidden", name: "then", value: other });
  form.append(then);
  form.requestSubmit();
}

document.addEventListener("click", (event) => {
  const cell = event.target.closest(`${TABLE} [data-column]`);
  if (!cell || event.target.closest("a, button") || !window.getSelection().isCollapsed) return;
  column = cell.dataset.column;
  cell.parentElement.querySelector("a[data-open]").click();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(`${TABLE} a[data-open]`);
  const form = link && openForm(link.closest(TABLE));
  if (!form || !isDirty(form) || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  saveFirst(form, link.dataset.open);
}, true);

function takeBack(table) {
  const cancel = table.querySelector("a[data-cancel]");
  if (cancel) cancel.click();
  else openForm(table)?.reset();
}

document.addEventListener("keydown", (event) => {
  const line = event.target.closest(`${TABLE} tr`);
  if (!line) return;
  if (event.key === "Escape") takeBack(line.closest(TABLE));
  const way = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const button = way && line.querySelector(`button[id^="${way}-"]`);
  if (!button) return;
  event.preventDefault();
  button.focus();
  button.click();
});

document.addEventListener("htmx:beforeRequest", () => {
  const field = document.activeElement;
  if (field.matches(`${TABLE} :is(.cell, .form-check-input)`)) column = field.name;
  const line = field.closest(`${TABLE} tr`);
  row = line?.id || line?.previousElementSibling?.id || ""; // what can be done with a row stands in a row under it
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (!target.querySelector(TABLE)) return;
  const open = target.querySelector("tr.editing[id]");
  const field = open && !open.querySelector("[aria-invalid]") && column && open.querySelector(`[name="${column}"]`);
  if (field) {
    field.focus();
    field.select?.();
  } else if (row && document.activeElement === document.body) {
    (document.getElementById(row)?.querySelector("a, button:not(:disabled)") ?? target).focus();
  }
  column = "";
});
