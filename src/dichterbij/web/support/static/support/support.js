// Niceties only: every page works without this file.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const select of document.querySelectorAll("select[data-go]")) {
  select.addEventListener("change", () => select.form.submit());
}
for (const button of document.querySelectorAll("[data-open-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const block of document.querySelectorAll(".sup-block")) block.open = true;
  });
}
const asked = location.hash && document.getElementById(location.hash.slice(1));
if (asked && asked.closest("details")) {
  asked.closest("details").open = true;
  asked.scrollIntoView();
}
