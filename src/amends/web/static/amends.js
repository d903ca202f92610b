// Countdowns that tick, keys, the drawer beside the list. Every page works without any of it.
"use strict";
(() => {
  const words = document.body.dataset;
  const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

  // Countdown: the same words and bands as the server writes (learn/countdown.py).
  const say = (ms) => {
    const all = Math.floor(Math.abs(ms) / 1000);
    const d = Math.floor(all / 86400), h = Math.floor((all % 86400) / 3600), m = Math.floor((all % 3600) / 60);
    const time = d ? fill(words.days, { d, h }) : h ? fill(words.hours, { h, m }) : fill(words.minutes, { m });
    return fill(ms > 0 ? words.left : words.over, { time });
  };
  const HOUR = 3600 * 1000;
  const band = (ms) => (ms <= 0 ? "overdue" : ms < 2 * HOUR ? "red" : ms < 12 * HOUR ? "amber" : "calm");
  const tick = () => {
    const now = Date.now();
    for (const clock of document.querySelectorAll("[data-due]")) {
      const left = Date.parse(clock.dataset.due) - now;
      const text = say(left);
      if (clock.textContent !== text) clock.textContent = text;
      clock.dataset.band = band(left);
    }
  };

  // The viewer's own wall clock, where it differs from the market's.
  const pad = (n) => String(n).padStart(2, "0");
  const local = () => {
    for (const time of document.querySelectorAll("time[data-local]:not([data-done])")) {
      time.dataset.done = "";
      const at = new Date(time.dateTime);
      const mine = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
      if (!time.textContent.startsWith(mine)) {
        const own = document.createElement("span");
        own.className = "own-time";
        own.textContent = ` · ${words.yours} ${mine}`;
        time.after(own);
      }
    }
  };

  // A link that is there to be copied is chosen whole.
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-select]")) event.target.select();
  });

  // Choosing a filter asks at once.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });
  for (const form of document.querySelectorAll("form.filters")) {
    form.addEventListener("submit", () => {
      for (const field of form.querySelectorAll("select, input")) if (!field.value) field.disabled = true;
    });
  }
  addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form.filters :disabled")) field.disabled = false;
  });

  // The list: J and K choose a line; where the drawer is seen, the chosen case shows in it.
  const lines = () => [...document.querySelectorAll("a.line")];
  const drawer = document.getElementById("drawer");
  const wide = () => drawer && getComputedStyle(drawer).display !== "none";
  const choose = (line) => {
    for (const other of document.querySelectorAll(".line.is-on")) other.classList.remove("is-on");
    line.classList.add("is-on");
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
    if (wide()) htmx.ajax("GET", line.dataset.peek, { target: "#drawer", swap: "innerHTML" });
  };
  document.addEventListener("click", (event) => {
    const line = event.target.closest("a.line");
    if (line && wide() && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      if (line.classList.contains("is-on")) return;
      event.preventDefault();
      choose(line);
    }
  });
  const step = (by) => {
    const all = lines();
    if (!all.length) return follow(by > 0 ? "after" : "before");
    const at = all.findIndex((line) => line.classList.contains("is-on"));
    choose(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
  };
  document.addEventListener("amends:step", ({ detail }) => step(detail));
  document.addEventListener("amends:choose", ({ detail }) => choose(detail));
  const follow = (key) => document.querySelector(`[data-key="${key}"]`)?.click();

  const keys = document.getElementById("keys");
  const help = () => (keys.open ? keys.close() : keys.showModal());
  document.querySelector("[data-keys]")?.addEventListener("click", help);

  let went = -Infinity;
  const typing = (target) => target.matches("input, select, textarea, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const after = performance.now() - went < 1200;
    if (key === "?" && keys) return help();
    if (keys?.open) return;
    if (after && key === "l") return void (location.href = "/");
    if (after && key === "r") return void (location.href = "/rules");
    if (key === "g") return void (went = performance.now());
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    if (key === "/") {
      const search = document.getElementById("search");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
      return;
    }
    if (key === "Enter" && !event.target.closest("a, button, summary, label")) {
      const on = document.querySelector(".line.is-on");
      if (on) location.href = on.href;
    }
    if (key === "Escape") follow("list");
  });

  // In a strip that scrolls sideways, what has the focus is brought wholly into sight.
  document.addEventListener("focusin", (event) => {
    if (event.target.closest(".bar-nav, .views")) event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // A menu shuts when one looks elsewhere; on paper the folded parts of an explanation are open.
  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopImmediatePropagation();
    }
  }, true);
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".explanation details:not([open]), .pay-attempts:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of folded) one.open = false; });

  // A button that copies a field; without a script the field is read and copied by hand.
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => { field.select(); navigator.clipboard.writeText(field.value); });
  }

  document.body.addEventListener("htmx:afterSwap", () => { tick(); local(); });
  tick();
  local();
  setInterval(tick, 15000);
})();

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const source = button && document.getElementById(button.dataset.copy);
  if (!source) return;
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = button.dataset.copied;
  } catch {
    getSelection().selectAllChildren(source);
  }
});
