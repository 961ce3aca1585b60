// Niceties only: every page works without this file.
"use strict";

// A field to look a word up becomes a combobox (WAI-ARIA pattern: list, manual choice).
function combobox(root) {
  const input = root.querySelector("input[name=text]");
  const form = input.form;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  list.id = "suggestions";
  list.className = "near-suggestions plain";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", root.querySelector("label").textContent);
  status.className = "hidden-visually";
  status.setAttribute("role", "status");
  input.parentElement.append(list);
  root.append(status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-autocomplete": "list",
  })) {
    input.setAttribute(name, value);
  }
  let active = -1;
  let asked = 0;
  let timer = 0;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    const options = list.children;
    if (!options.length) return;
    active = (index + options.length) % options.length;
    for (const [number, option] of [...options].entries()) {
      option.setAttribute("aria-selected", String(number === active));
    }
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };
  const choose = (option) => {
    const added = document.createElement("input");
    added.type = "hidden";
    added.name = "add";
    added.value = option.dataset.uri;
    input.value = "";
    form.append(added);
    form.submit();
  };
  const show = (results) => {
    list.replaceChildren(
      ...results.map((concept, number) => {
        const option = document.createElement("li");
        option.id = `suggestion-${number}`;
        option.className = "near-suggestion";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.uri = concept.uri;
        option.textContent = concept.label;
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => choose(option));
        return option;
      }),
    );
    status.textContent = results.length ? `${results.length} ${root.dataset.some}` : root.dataset.none;
    list.hidden = !results.length;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", String(Boolean(results.length)));
  };
  const ask = async () => {
    const text = input.value.trim();
    const turn = ++asked;
    if (text.length < 2) return close();
    // In the body, not in the address: what somebody did for work stays out of every log.
    const body = new FormData();
    body.append("text", text);
    body.append("kind", root.dataset.kind);
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(root.dataset.address, { method: "POST", body });
      if (turn === asked && answer.ok) show((await answer.json()).results);
    } catch {
      close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 180);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(list.children[active]);
    } else if (event.key === "Enter") {
      // Without a choice Enter searches, as it does without this script.
      event.preventDefault();
      clearTimeout(timer);
      form.requestSubmit(form.querySelector("button[name=search]"));
    } else if (event.key === "Escape") {
      close();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
}

document.querySelectorAll("[data-combobox]").forEach(combobox);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// j and k walk through a list once one of its openings has the focus: never a key that somebody meant for the page.
document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...document.querySelectorAll(".near-table--list .near-title")];
  const next = links[links.indexOf(document.activeElement) + step];
  if (!links.includes(document.activeElement) || !next) return;
  event.preventDefault();
  next.focus();
});

// Whoever waits longer than a second hears that something is being done.
const waiting = document.querySelector("[data-waiting] > span");
let patience = 0;
function wait() {
  clearTimeout(patience);
  patience = setTimeout(() => {
    waiting.hidden = false;
  }, 1000);
}
if (waiting) {
  document.addEventListener("submit", (event) => event.defaultPrevented || wait());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const leaves = link && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (leaves && /\/dichtbij\/(lijst|plaatsen|vacature|bewaren)\//.test(link.getAttribute("href"))) wait();
  });
  // Also when somebody comes back to this page as they left it.
  window.addEventListener("pagehide", () => {
    clearTimeout(patience);
    waiting.hidden = true;
  });
}

// A code stands behind the # of an address, which no server sees: take it out of there and send it in the body.
const brought = document.querySelector("[data-brought]");
if (brought && window.location.hash.length > 1) {
  brought.querySelector("[name=code]").value = window.location.hash.slice(1);
  window.history.replaceState(null, "", window.location.pathname);
  brought.submit();
}
if (document.querySelector("[data-look-again]")) setTimeout(() => window.location.reload(), 4000);
