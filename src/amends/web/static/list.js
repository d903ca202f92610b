// The work list: deeds by key, ticking, searching as one types, and what changed while one looks. Every one of it has a way without.
"use strict";
(() => {
  const desk = document.querySelector(".desk");
  const drawer = document.getElementById("drawer");
  const toasts = document.getElementById("toasts");
  const bulk = document.getElementById("bulk");
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const on = () => document.querySelector(".line.is-on");
  const shown = () => getComputedStyle(drawer).display !== "none";
  const peeked = () => drawer.querySelector(".peek")?.dataset.number;

  // Parts that the server sends replace the parts of the same id; the reader's place, line and ticks stay.
  const patch = (html) => {
    const parts = document.createElement("template");
    parts.innerHTML = html;
    const at = on()?.closest("li").id;
    const ticked = new Set(ticks().filter((box) => box.checked).map((box) => box.value));
    for (const part of [...parts.content.children]) {
      const old = part.id && document.getElementById(part.id);
      if (!old) continue;
      old.replaceWith(part);
      htmx.process(part);
    }
    if (at) document.getElementById(at)?.querySelector(".line").classList.add("is-on");
    for (const box of ticks()) box.checked = ticked.has(box.value);
    count();
    const title = document.getElementById("views")?.dataset.title;
    if (title) document.title = title;
    document.body.dispatchEvent(new CustomEvent("htmx:afterSwap"));
  };

  // Searching as one types.
  const search = document.getElementById("search");
  let typed, asking;
  const look = async () => {
    const form = new FormData(search.form);
    const asked = new URLSearchParams([...form].filter(([, value]) => value));
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`/?${asked}`, { headers: { "X-Part": "list" }, signal: asking.signal });
      if (!answer.ok || answer.redirected) return void search.form.requestSubmit();
      patch(await answer.text());
      history.replaceState(null, "", `/?${asked}`);
      if (bulk) bulk.elements.from.value = `?${asked}`;
      tag = "";
    } catch (fault) {
      if (fault.name !== "AbortError") search.form.requestSubmit();
    }
  };
  search.addEventListener("input", (event) => {
    clearTimeout(typed);
    if (!event.isComposing) typed = setTimeout(look, 250);
  });
  search.addEventListener("compositionend", () => { clearTimeout(typed); typed = setTimeout(look, 250); });

  // What changed: a question every five seconds while the page is seen, answered 304 as long as nothing did.
  const EVERY = 5000;
  let tag = "", deeds = 0;
  const fresh = async () => {
    if (document.hidden) return;
    const before = deeds;
    const seen = [...document.querySelectorAll("#lines > li")].map((li) => `${li.dataset.number}.${li.dataset.version}`);
    const asked = new URLSearchParams(location.search);
    asked.set("seen", seen.join(","));
    asked.set("total", document.getElementById("results").dataset.total);
    try {
      const answer = await fetch(`/list/changes?${asked}`, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
      if (answer.status !== 200 || answer.redirected) return;
      const html = await answer.text();
      if (before !== deeds) return; // asked before something was done here: older than what is shown
      tag = answer.headers.get("ETag") ?? "";
      patch(html);
      for (const number of (document.getElementById("stale")?.dataset.gone ?? "").split(" ").filter(Boolean)) {
        document.getElementById(`case-${number}`)?.classList.add("is-gone");
      }
    } catch { /* away from the network: asked again in five seconds */ }
  };
  setInterval(fresh, EVERY);

  // Ticking lines.
  const ticks = () => [...document.querySelectorAll("#lines .tick input")];
  const count = () => {
    if (!bulk) return;
    const chosen = ticks().filter((box) => box.checked).length;
    const told = bulk.querySelector(".bulk-count");
    if (chosen) told.textContent = chosen === 1 ? told.dataset.one : told.dataset.many.replace("{count}", chosen);
    bulk.classList.toggle("is-open", chosen > 0 || bulk.elements.all.checked);
    document.body.classList.toggle("has-bulk", chosen > 0 || bulk.elements.all.checked);
  };
  let last;
  document.addEventListener("click", (event) => {
    const box = event.target.closest(".tick input");
    if (!box) return;
    const all = ticks();
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      for (const one of all.slice(from, to + 1)) one.checked = box.checked;
    }
    last = box;
    count();
  });
  bulk?.addEventListener("reset", () => setTimeout(count));
  bulk?.addEventListener("change", count);
  bulk?.querySelector("[data-tick-page]").addEventListener("click", () => {
    for (const box of ticks()) box.checked = true;
    count();
  });
  count();

  // Deeds: the drawer's own buttons, pressed by key. What is not before one's eyes is not done: the drawer opens first.
  const open = () => {
    desk.classList.add("drawer-open");
    const line = on() ?? document.querySelector("a.line");
    if (line) tell("amends:choose", line);
  };
  const shut = () => desk.classList.remove("drawer-open");
  drawer.addEventListener("click", (event) => { if (event.target.closest("[data-shut]")) shut(); });
  const press = (key) => {
    if (key === "u") return toasts.querySelector("[data-press=u]")?.click();
    const number = on()?.closest("li").dataset.number;
    if (!shown() || !number) return open();
    // Buttons that htmx has not made its own yet would send the page away: a blink later they are.
    if (drawer.matches(".htmx-swapping, .htmx-settling") || drawer.querySelector(".htmx-added")) return void setTimeout(press, 30, key);
    if (peeked() === number) drawer.querySelector(`[data-press="${key}"]`)?.click();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    if (document.querySelector("dialog[open]") || event.defaultPrevented) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (went && performance.now() - went < 1200) return void (went = 0);
    if (key === "g") return void (went = performance.now());
    if (event.repeat) return;
    if ("arentou".includes(key) && key.length === 1) press(key);
    if (key === "p") desk.classList.contains("drawer-open") ? shut() : open();
    if (key === "Escape") shut();
    if (key === "x") {
      const box = on()?.closest("li").querySelector(".tick input");
      if (box) { box.checked = !box.checked; last = box; count(); }
    }
  });
  let went = 0;

  // After a deed its line stands anew where it was; after a yes the next one is before one's eyes.
  document.body.addEventListener("htmx:beforeRequest", ({ detail }) => { if (detail.elt.matches?.("[data-verb]")) deeds += 1; });
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    const form = detail.elt;
    if (!form.matches?.("[data-verb]")) return;
    tag = "";
    deeds += 1;
    const line = document.querySelector(`#case-${form.dataset.number} .line`);
    if (!line || !detail.successful) return;
    if (form.dataset.verb === "undo") return tell("amends:choose", line);
    for (const other of document.querySelectorAll(".line.is-on")) other.classList.remove("is-on");
    line.classList.add("is-on");
    if (form.hasAttribute("data-next")) tell("amends:step", 1);
    else tell("amends:choose", line);
  });

  // A toast tells how long it can be taken back, and goes.
  setInterval(() => {
    for (const toast of toasts.querySelectorAll(".deed")) {
      const left = (toast.dataset.seconds -= 1);
      const told = toast.querySelector("[data-left]");
      if (told) told.textContent = told.textContent.replace(/\d+/, Math.max(0, left));
      if (left <= 0 && !toast.matches(":hover, :focus-within")) toast.remove();
    }
  }, 1000);
})();
