// With the keyboard through the list: j and k go from row to row, Enter opens (it is a link). Nothing without script.
const list = document.querySelector("[data-keys]");
if (list) {
  const help = document.querySelector("[data-keys-help]");
  if (help) help.hidden = false;
  const links = [...list.querySelectorAll('th[scope="row"] a')];
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !["j", "k"].includes(event.key)) return;
    const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const next = event.key === "j" ? here + 1 : here < 0 ? 0 : here - 1;
    if (links[next]) {
      links[next].focus();
      event.preventDefault();
    }
  });
}
