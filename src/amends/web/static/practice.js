// Practice by keyboard: a digit chooses in the question that is next, Enter answers or goes on. Without this the page works by hand.
(() => {
  const form = document.querySelector(".practice-form");
  const next = document.querySelector("[data-next]");
  const questions = form ? [...form.querySelectorAll(".practice-ask")] : [];
  const open = () => questions.find((one) => !one.querySelector("input:checked"));
  const shown = () => questions.forEach((one) => one.classList.toggle("is-next", one === (chosen || open())));
  let chosen = null;

  form?.addEventListener("focusin", (event) => {
    chosen = event.target.closest(".practice-ask");
    shown();
  });
  form?.addEventListener("change", shown);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (form && /^[1-9]$/.test(event.key)) {
      const question = open() || chosen || questions.at(-1);
      const option = question?.querySelectorAll("input")[Number(event.key) - 1];
      if (!option) return;
      event.preventDefault();
      option.checked = true;
      chosen = null;
      const after = open();
      (after ? after.querySelector("input") : form.querySelector("button")).focus();
      chosen = after || null;
      shown();
    }
    if (event.key === "Enter" && next && !event.target.closest("a, button, summary, input, select")) {
      event.preventDefault();
      next.click();
    }
  });
  shown();
})();
