// The editor of policies: line numbers, faults at their lines, completion from the published words. Without it, a plain text field.
"use strict";
(() => {
  const editor = document.querySelector("[data-editor]");
  if (!editor) return;
  const area = editor.querySelector("textarea");
  const gutter = editor.querySelector("[data-lines]");
  const list = editor.querySelector("[role=listbox]");
  const told = editor.querySelector("[data-told]");
  let words = null;

  // Lines and faults.
  const faulty = () => new Set([...document.querySelectorAll("[data-faults] [data-line]")].map((one) => +one.dataset.line));
  const number = () => {
    const count = area.value.split("\n").length;
    const bad = faulty();
    gutter.replaceChildren(...Array.from({ length: count }, (_, n) => {
      const line = document.createElement("div");
      line.textContent = n + 1;
      if (bad.has(n + 1)) line.className = "is-bad";
      return line;
    }));
    gutter.scrollTop = area.scrollTop;
  };
  const height = () => parseFloat(getComputedStyle(area).lineHeight);
  const go = (line) => {
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[line - 1] || "").length);
    area.scrollTop = Math.max(0, (line - 4) * height());
    editor.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("click", (event) => {
    const to = event.target.closest("[data-line]");
    if (to) go(+to.dataset.line);
  });
  area.addEventListener("scroll", () => { gutter.scrollTop = area.scrollTop; });
  document.body.addEventListener("htmx:afterSwap", number);

  // Where the caret stands: the keys around it, and whether a key or a value is wanted.
  const indent = (text) => text.match(/^ */)[0].length;
  const place = (before) => {
    const path = [];
    let flow = [];
    for (const raw of before.split("\n")) {
      if (!flow.length && !raw.trim()) continue;
      let text = raw, at = indent(raw);
      if (!flow.length) {
        while (path.length && path[path.length - 1].at >= at) path.pop();
        while (/^ *- /.test(text)) { at += 2; text = text.replace("- ", "  "); at = indent(text); }
      }
      const tokens = text.matchAll(/"(?:[^"\\]|\\.)*"?|'[^']*'?|#.*$|[{}[\],]|[\w.-]+\s*:(?=\s|$)|[\w./-]+/g);
      for (const [token] of tokens) {
        if (token[0] === "#") break;
        if (token === "{" || token === "[") flow.push({ kind: token, key: "" });
        else if (token === "}" || token === "]") flow.pop();
        else if (token === ",") { if (flow.length && flow[flow.length - 1].kind === "{") flow[flow.length - 1].key = ""; }
        else if (token.endsWith(":")) {
          const key = token.slice(0, -1).trim();
          if (flow.length) flow[flow.length - 1].key = key;
          else path.push({ key, at });
        }
      }
    }
    const keys = path.map((one) => one.key).concat(flow.map((one) => one.key));
    return { keys: keys.filter(Boolean), open: flow.length ? flow[flow.length - 1].kind : "", line: before.slice(before.lastIndexOf("\n") + 1), path };
  };
  const typed = (before) => before.match(/[\w./-]*$/)[0];

  const FREE = new Set(["id", "policy", "version", "title", "zh", "en", "ask", "percent", "amount", "up_to", "shops"]);
  const keysOf = (keys) => {
    const last = keys[keys.length - 1];
    if (!keys.length) return words.keys.top;
    const when = keys.lastIndexOf("when");
    if (when >= 0 && keys.lastIndexOf("then") < when) {
      if (last === "when" || words.joins.some((one) => one.w === last)) return [...words.facts, ...words.joins];
      if (words.fact_values[last]) return words.operators.filter((one) => words.numeric.includes(last) || ["not", "known"].includes(one.w));
      return [];
    }
    if (last === "otherwise") return words.keys.then;
    return words.keys[last] || [];
  };
  const valuesOf = (keys) => {
    const last = keys[keys.length - 1];
    if (!last || FREE.has(last)) return [];
    if (last === "known") return words.values.known;
    if (words.operators.some((one) => one.w === last)) return words.fact_values[keys[keys.length - 2]] || [];
    const when = keys.lastIndexOf("when");
    if (when >= 0 && when > keys.lastIndexOf("then")) return words.fact_values[last] || [];
    return words.values[last] || [];
  };
  const choices = (before) => {
    const part = typed(before);
    const head = before.slice(0, before.length - part.length);
    const found = place(head);
    const line = head.slice(head.lastIndexOf("\n") + 1);
    const mark = line.trimEnd().slice(-1);
    let all;
    if (/["'#]/.test(line.replace(/"[^"]*"|'[^']*'/g, "").replace(/#.*$/, "#"))) all = [];
    else if (mark === ":" || (found.open === "[" && mark !== "{")) all = valuesOf(found.keys);
    else if (/^\s*(- )*$/.test(line) || mark === "{" || mark === ",") {
      const inside = found.open ? found.keys : outer(found.path, line);
      all = keysOf(inside);
    } else all = [];
    const low = part.toLowerCase();
    const first = all.filter((one) => one.w.toLowerCase().startsWith(low));
    const then = low ? all.filter((one) => !first.includes(one) && (one.w.toLowerCase().includes(low) || one.d.toLowerCase().includes(low))) : [];
    return { part, options: [...first, ...then].filter((one) => one.w !== part).slice(0, 60), isKey: mark !== ":" && found.open !== "[" };
  };
  // On a line of its own, the keys around it are those that stand further left.
  const outer = (path, line) => {
    const at = line.replace(/- /g, "  ").length;
    return path.filter((one) => one.at < at).map((one) => one.key);
  };

  // The list of choices.
  let now = null, on = 0;
  const close = () => { now = null; list.hidden = true; area.removeAttribute("aria-activedescendant"); area.removeAttribute("aria-controls"); };
  const mirror = document.createElement("div");
  mirror.className = "editor-mirror";
  mirror.setAttribute("aria-hidden", "true");
  editor.append(mirror);
  const stand = () => {
    const before = area.value.slice(0, area.selectionStart);
    mirror.textContent = before.slice(before.lastIndexOf("\n") + 1);
    const line = before.split("\n").length;
    const left = gutter.offsetWidth + 10 + mirror.getBoundingClientRect().width - area.scrollLeft;
    list.style.top = `${line * height() + 8 - area.scrollTop}px`;
    list.style.left = `${Math.max(0, Math.min(left, editor.clientWidth - list.offsetWidth - 4))}px`;
  };
  const mark = () => {
    [...list.children].forEach((one, n) => one.setAttribute("aria-selected", n === on));
    const chosen = list.children[on];
    area.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  };
  const open = async (asked) => {
    words = words || await fetch(editor.dataset.words).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
    if (!words || area.selectionStart !== area.selectionEnd) return close();
    const found = choices(area.value.slice(0, area.selectionStart));
    if (!found.options.length || (!asked && !found.part)) return close();
    now = found;
    on = 0;
    list.replaceChildren(...found.options.map((one, n) => {
      const item = document.createElement("li");
      item.id = `policy-choice-${n}`;
      item.setAttribute("role", "option");
      const word = document.createElement("b");
      word.textContent = one.w;
      item.append(word);
      if (one.d) { const means = document.createElement("span"); means.textContent = one.d; item.append(" ", means); }
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(n); });
      return item;
    }));
    list.hidden = false;
    area.setAttribute("aria-controls", list.id);
    told.textContent = editor.dataset.many.replace("{count}", found.options.length);
    stand();
    mark();
  };
  const take = (n) => {
    const word = now.options[n].w + (now.isKey ? ": " : "");
    const end = area.selectionStart;
    area.setSelectionRange(end - now.part.length, end);
    // execCommand keeps the field's own undo.
    if (!document.execCommand("insertText", false, word)) area.setRangeText(word, end - now.part.length, end, "end");
    close();
  };
  area.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === " ") { event.preventDefault(); return void open(true); }
    if (!now) return;
    const many = now.options.length;
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (moves[event.key]) { event.preventDefault(); on = (on + moves[event.key] + many * 8) % many; mark(); }
    else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(on); }
    else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight" || event.key === "Home" || event.key === "End") close();
  });
  area.addEventListener("input", (event) => {
    number();
    if (event.isComposing) return;
    if (event.inputType === "insertText" || (event.inputType || "").startsWith("delete")) open(false);
    else close();
  });
  area.addEventListener("blur", () => setTimeout(close, 100));
  area.addEventListener("scroll", () => { if (now) stand(); });

  // A text that was changed and not saved is not left by mistake.
  const begun = area.value;
  let leaving = false;
  area.form.addEventListener("submit", () => { leaving = true; setTimeout(() => { leaving = false; }, 2000); });
  addEventListener("beforeunload", (event) => { if (!leaving && area.value !== begun) event.preventDefault(); });
  number();
})();
