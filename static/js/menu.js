// The menu of small screens opens by its address (#menu) without any script. This adds what an address cannot:
// focus goes in and comes back, Escape closes, and the page beneath is out of reach while the menu covers it.
const menu = document.getElementById("menu");
const opener = document.querySelector(".menu");
const page = document.querySelector(".page");
const narrow = window.matchMedia("(max-width: 78rem)");

const isOpen = () => narrow.matches && location.hash === "#menu";

function settle(moved) {
  page.inert = isOpen();
  opener.setAttribute("aria-expanded", String(isOpen()));
  if (!moved) return;
  if (isOpen()) menu.querySelector(".close").focus();
  else if (document.activeElement === document.body || menu.contains(document.activeElement)) opener.focus();
}

function close() {
  location.hash = "#content";
  opener.focus();
}

if (menu && opener) {
  let wasOpen = isOpen();
  settle(false);
  window.addEventListener("hashchange", () => {
    settle(wasOpen !== isOpen());
    wasOpen = isOpen();
  });
  narrow.addEventListener("change", () => settle(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) close();
  });
  menu.querySelector(".close").addEventListener("click", (event) => {
    event.preventDefault();
    close();
  });
}
