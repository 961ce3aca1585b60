// Keeps what was typed, in the visitor's own browser, before the page is left by a link or loaded again.
const form = document.querySelector("form[data-keep]");
if (form) {
  const pause = 800; // milliseconds without typing
  let later;
  const save = () => {
    clearTimeout(later);
    const typed = new FormData(form);
    typed.set("save", "1");
    fetch(form.action, { method: "POST", body: typed, keepalive: true }).catch(() => {});
  };
  form.addEventListener("change", save);
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(save, pause);
  });
  form.addEventListener("submit", () => clearTimeout(later));
}
