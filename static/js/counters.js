// «16 of 239» at the end of a label, for text fields that have an end. The words come from the page.
const COUNTED = 'input.form-control[maxlength]:not([type="email"], [type="password"], [type="url"]), textarea.form-control[maxlength]';

function place(field, counter) {
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  if (!label) return false;
  let row = label.closest(".row-of");
  if (!row) {
    row = document.createElement("div");
    row.className = "row-of";
    label.replaceWith(row);
    row.append(label);
  }
  row.append(counter);
  return true;
}

function count(field) {
  if (!field.id || field.dataset.counted) return;
  const counter = document.createElement("span");
  counter.className = "counter";
  counter.setAttribute("aria-hidden", "true");
  if (!place(field, counter)) return;
  field.dataset.counted = "yes";
  const show = () => {
    counter.textContent = document.body.dataset.counter.replace("{n}", field.value.length).replace("{max}", field.maxLength);
    counter.hidden = field.value === "" && document.activeElement !== field;
    counter.classList.toggle("full", field.value.length >= field.maxLength);
  };
  for (const happening of ["input", "focus", "blur"]) field.addEventListener(happening, show);
  show();
}

const countAll = (root) => root.querySelectorAll(COUNTED).forEach(count);

countAll(document);
document.addEventListener("htmx:load", (event) => countAll(event.detail.elt.parentElement ?? document));
