// Escape closes what is open in the header, and the focus goes back to its word.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector(".header details[open]");
  if (!open) return;
  open.open = false;
  if (open.contains(document.activeElement)) open.querySelector("summary").focus();
});

// Reads the content of a page aloud with the voice of the browser itself: nothing leaves the device.
// The buttons stay hidden where there is no voice in the language of the page.
(() => {
  const box = document.querySelector(".read");
  const speech = window.speechSynthesis;
  if (!box || !speech || !window.SpeechSynthesisUtterance) return;

  const BLOCKS = "h1,h2,h3,h4,p,li,dt,dd,th,td,caption,summary,legend,label,figcaption,blockquote,button,a";
  const SKIP = "[hidden],[aria-hidden=true],script,svg,select,textarea,.closing form";
  const NOW = "read-now";
  const buttons = Object.fromEntries([...box.querySelectorAll("[data-read]")].map((button) => [button.dataset.read, button]));
  const status = box.querySelector("[role=status]");
  const language = document.documentElement.lang;
  let parts = [];
  let at = 0;
  let turn = 0; // a cancelled sentence may still report its end; only the last one counts

  const voiceFor = (code) => speech.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(code.slice(0, 2).toLowerCase()));

  // What stands on the page now, in its order: one part for each heading, paragraph, item or cell.
  function collect() {
    const found = [];
    const walker = document.createTreeWalker(document.getElementById("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      const text = node.data.replace(/\s+/g, " ");
      if (!text.trim() || parent.closest(SKIP)) continue;
      if (parent.checkVisibility && !parent.checkVisibility()) continue;
      const block = inline(parent.closest(BLOCKS) || parent);
      const last = found[found.length - 1];
      if (last && last.block === block) last.text += text;
      else found.push({ block, text, code: parent.closest("[lang]").lang });
    }
    return found;
  }

  // A link inside a sentence is part of that sentence.
  function inline(block) {
    if (block.tagName !== "A") return block;
    const around = block.parentElement.closest(BLOCKS);
    return around && around.textContent.trim() !== block.textContent.trim() ? around : block;
  }

  function mark(block) {
    document.querySelectorAll(`.${NOW}`).forEach((old) => old.classList.remove(NOW));
    if (!block) return;
    block.classList.add(NOW);
    block.scrollIntoView({ block: "nearest" });
  }

  function show(state, words) {
    const had = box.contains(document.activeElement);
    const visible = { start: ["start"], reading: ["pause", "stop"], paused: ["resume", "stop"] }[state];
    for (const [name, button] of Object.entries(buttons)) button.hidden = !visible.includes(name);
    if (had) buttons[visible[0]].focus();
    status.textContent = words;
  }

  function next() {
    const part = parts[at];
    if (!part) return finish(box.dataset.done);
    const mine = ++turn;
    const sentence = new SpeechSynthesisUtterance(part.text.trim());
    sentence.lang = part.code;
    sentence.voice = voiceFor(part.code) || voiceFor(language) || null;
    sentence.onend = sentence.onerror = () => {
      if (mine !== turn) return;
      at += 1;
      next();
    };
    mark(part.block);
    speech.speak(sentence);
  }

  function silence() {
    turn += 1;
    speech.cancel();
  }

  function finish(words) {
    silence();
    mark(null);
    show("start", words);
  }

  // Pausing is stopping and remembering where: phones do not pause a voice.
  const actions = {
    start() {
      parts = collect();
      at = 0;
      show("reading", box.dataset.reading);
      next();
    },
    pause() {
      silence();
      show("paused", box.dataset.paused);
    },
    resume() {
      show("reading", box.dataset.reading);
      next();
    },
    stop() {
      finish("");
    },
  };

  for (const [name, button] of Object.entries(buttons)) button.addEventListener("click", actions[name]);
  window.addEventListener("pagehide", silence);
  const offer = () => {
    box.hidden = !voiceFor(language);
  };
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  offer();
})();
