// The case page: keys for the verbs, the time that is left to take a press back, templates into the message. All works without.
"use strict";
(() => {
  const typing = (target) => target.matches("input, select, textarea, [contenteditable]");
  const open = () => document.querySelector(".verb:target, .verb.is-open");
  const first = (form) => form.querySelector(".fault, input:not([type=hidden]), select, textarea, button");
  const enter = () => {
    const form = open();
    if (!form) return;
    const field = form.querySelector("[autofocus]") ?? form.querySelector("input:not([type=hidden]), select, textarea") ?? first(form);
    field?.focus({ preventScroll: true });
    for (const menu of document.querySelectorAll(".act-more[open]")) menu.open = false;
  };
  const shut = () => {
    const form = open();
    if (!form) return false;
    const from = document.querySelector(`a.act[href="#${form.id}"]`);
    form.classList.remove("is-open");
    location.hash = "content";
    (from ?? document.querySelector(".act"))?.focus({ preventScroll: true });
    return true;
  };
  addEventListener("hashchange", enter);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.verb-shut");
    if (link && shut()) event.preventDefault();
  });

  let went = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      if (typing(event.target)) return void event.target.blur();
      if (shut()) event.stopImmediatePropagation();
      return;
    }
    if (typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "g") went = performance.now();
    if (key.length !== 1 || performance.now() - went < 1200) return;
    const act = document.querySelector(`[data-act="${CSS.escape(key)}"]`);
    if (!act || act.hidden) return;
    event.preventDefault();
    if (act.matches("a[href='#note']")) document.getElementById("note")?.focus();
    else act.click();
  }, true);

  // The seconds that are left to take the last press back.
  const undo = document.querySelector("[data-undo]");
  if (undo) {
    const words = document.querySelector("main").dataset.seconds, until = performance.now() + 1000 * Number(undo.dataset.undo);
    const tick = setInterval(() => {
      const left = Math.ceil((until - performance.now()) / 1000);
      if (left > 0) return void (undo.querySelector("[data-undo-left]").textContent = words.replace("{seconds}", left));
      undo.hidden = true;
      clearInterval(tick);
    }, 500);
  }

  // A template fills the message; what was written there already is asked about by nobody, so it is kept above.
  document.addEventListener("change", (event) => {
    const into = event.target.dataset?.template && document.getElementById(event.target.dataset.template);
    if (into && event.target.value) into.value = into.value.trim() ? `${into.value.trim()}\n\n${event.target.value}` : event.target.value;
  });
  addEventListener("load", enter);
})();
