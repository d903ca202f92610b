// A bulk action ten cases at a time: the page shows how far it is, what became of each, what failed, and how to take it back.
"use strict";
(() => {
  const AT_ONCE = 10;
  const page = document.querySelector(".bulk-page");
  const bar = document.getElementById("bulk-progress");
  const told = document.getElementById("bulk-result");
  const after = document.getElementById("bulk-after");
  let form;

  const rows = (...outcomes) => [...page.querySelectorAll(".bulk-row")].filter((row) => outcomes.includes(row.dataset.outcome));
  const sums = () => {
    told.textContent = ["done", "waits", "failed"]
      .map((one) => [page.dataset[one], rows(one).length])
      .filter(([, many]) => many)
      .map(([word, many]) => `${word} ${many}`)
      .join(" · ");
  };
  const send = async (verb, cases) => {
    const content = new FormData(form);
    content.delete("case");
    content.set("verb", verb);
    for (const one of cases) content.append("case", one);
    const answer = await fetch("/list/bulk/run", { method: "POST", headers: { "X-Part": "rows" }, body: new URLSearchParams(content) });
    if (!answer.ok) throw new Error(String(answer.status));
    const parts = document.createElement("template");
    parts.innerHTML = await answer.text();
    for (const row of [...parts.content.children]) document.getElementById(row.id)?.replaceWith(row);
  };
  const work = async (verb, cases) => {
    for (const button of page.querySelectorAll("button")) button.disabled = true;
    after.hidden = true;
    bar.hidden = false;
    bar.max = cases.length;
    for (let from = 0; from < cases.length; from += AT_ONCE) {
      bar.value = from;
      try { await send(verb, cases.slice(from, from + AT_ONCE)); } catch { break; }
      sums();
    }
    bar.hidden = true;
    for (const button of page.querySelectorAll("button")) button.disabled = false;
    for (const one of page.querySelectorAll("form[data-batch]")) {
      const left = one.querySelectorAll("[name=case]").length;
      const button = one.querySelector("button");
      if (button && !left) button.hidden = true;
    }
    const retry = after.querySelector("[data-retry]"), undo = after.querySelector("[data-undo]");
    retry.hidden = verb === "undo" || !rows("failed").length;
    if (undo) undo.hidden = verb === "undo" || !rows("done", "waits").length;
    after.hidden = retry.hidden && (undo?.hidden ?? true);
    told.focus?.();
  };
  const numbers = (found) => found.map((row) => row.dataset.number);

  for (const one of page.querySelectorAll("form[data-batch]")) {
    one.addEventListener("submit", (event) => {
      event.preventDefault();
      form = one;
      work(one.elements.verb.value, [...one.querySelectorAll("[name=case]")].map((field) => field.value));
    });
  }
  after.querySelector("[data-retry]").addEventListener("click", () => work(form.elements.verb.value, numbers(rows("failed"))));
  after.querySelector("[data-undo]")?.addEventListener("click", () => work("undo", numbers(rows("done", "waits"))));
})();
