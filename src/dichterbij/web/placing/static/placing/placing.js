// What a page can do without: printing by a button, and looking again by itself.
const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
if (document.querySelector("[data-look-again]")) {
  setTimeout(() => location.reload(), 4000);
}
