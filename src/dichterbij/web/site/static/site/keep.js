// Keeps what was typed, in the visitor's own browser, before the page is left by a link or loaded again.
const form = document.querySelector("form[data-keep]");
if (form) {
  form.addEventListener("change", () => {
    const typed = new FormData(form);
    typed.set("save", "1");
    fetch(form.action, { method: "POST", body: typed, keepalive: true }).catch(() => {});
  });
}
