// What takes long says so: a thin bar once an answer has taken 400 ms, and at once for forms of class "takes-long".
"use strict";
(() => {
  const AFTER = 400;
  const bar = document.getElementById("progress");
  if (!bar) return;
  const running = new Map();
  const slow = new Set();
  const draw = () => { bar.hidden = slow.size === 0; };

  document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    running.set(detail.xhr, setTimeout(() => {
      slow.add(detail.xhr);
      detail.target?.setAttribute("aria-busy", "true");
      draw();
    }, AFTER));
  });
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    clearTimeout(running.get(detail.xhr));
    running.delete(detail.xhr);
    slow.delete(detail.xhr);
    detail.target?.removeAttribute("aria-busy");
    draw();
  });

  // A form that is sent as a page: its buttons rest once it is on its way, so that nobody sends it twice.
  const rest = (form, busy) => {
    form.toggleAttribute("aria-busy", busy);
    if (busy) form.setAttribute("aria-busy", "true");
    for (const button of form.querySelectorAll("button")) button.disabled = busy;
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches(".takes-long")) return;
    slow.add(form);
    draw();
    const told = document.createElement("p");
    told.className = "sub wait";
    told.setAttribute("role", "status");
    form.append(told);
    setTimeout(() => { rest(form, true); told.textContent = document.body.dataset.wait; });
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form.takes-long[aria-busy]")) {
      rest(form, false);
      slow.delete(form);
      form.querySelector(".wait")?.remove();
    }
    draw();
  });
})();
