"use strict";
/* Comforts on the buyer's pages; everything works without them. */
(() => {
  const words = document.body.dataset;

  /* A form is sent once. */
  for (const form of document.querySelectorAll("form.once")) {
    form.addEventListener("submit", (event) => {
      if (event.submitter?.formMethod === "get") return;
      if (form.ariaBusy === "true") { event.preventDefault(); return; }
      form.ariaBusy = "true";
      const told = document.createElement("p");
      told.className = "hint";
      told.setAttribute("role", "status");
      told.textContent = words.sending;
      form.append(told);
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form.once")) form.ariaBusy = "false";
  });

  /* What would follow changes with the answers. */
  const ask = document.querySelector("form[data-preview]");
  if (ask) {
    const place = document.getElementById("prospects");
    let turn = 0;
    ask.querySelector(".update")?.setAttribute("hidden", "");
    ask.addEventListener("change", async (event) => {
      if (["kind", "files", "message"].includes(event.target.name)) return;
      const mine = ++turn;
      const given = new URLSearchParams();
      for (const [name, value] of new FormData(ask)) {
        if (typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "message") given.append(name, value);
      }
      const answer = await fetch(`${ask.dataset.preview}?${given}`, { credentials: "same-origin" });
      if (answer.ok && mine === turn) place.innerHTML = await answer.text();
    });
  }

  /* Only the reasons that fit where the goods are. */
  const first = document.querySelector(".ask-first");
  if (first) {
    const show = () => {
      const stages = [...first.querySelectorAll("[name=line]:checked")].map((one) => one.dataset.stage);
      for (const pick of first.querySelectorAll("[data-stages]")) {
        const fits = !stages.length || stages.some((one) => pick.dataset.stages.split(" ").includes(one));
        pick.hidden = !fits;
        if (!fits) pick.querySelector("input").checked = false;
      }
    };
    first.addEventListener("change", show);
    show();
  }

  /* The files that were chosen, by name. */
  for (const field of document.querySelectorAll("input.files")) {
    const list = document.createElement("ul");
    list.className = "chosen-files";
    list.setAttribute("aria-live", "polite");
    field.after(list);
    field.addEventListener("change", () => {
      list.replaceChildren(...[...field.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name} (${(file.size / 1048576).toFixed(1)} MB)`;
        return item;
      }));
    });
  }

  for (const button of document.querySelectorAll(".print")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
