"use strict";
/* The station's comforts: focus that stays, sound, keys, camera, and nothing typed is lost. Everything works without them. */
(() => {
  const main = document.getElementById("content");
  if (!main) return;
  const words = main.dataset;
  const scan = document.getElementById("scan");
  const typing = (target) => target instanceof Element && target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");

  /* The field for scans has the focus on the first page, whatever was clicked. */
  if (scan?.hasAttribute("data-always")) {
    scan.focus();
    addEventListener("pageshow", () => scan.focus());
    document.addEventListener("click", (event) => {
      if (!event.target.closest("a, button, input, select, textarea, dialog, summary")) scan.focus();
    });
  }

  /* A good and a bad tone; the choice is kept. */
  const sound = document.querySelector("[data-sound]");
  const on = () => localStorage.getItem("station-sound") !== "off";
  const shown = () => sound?.setAttribute("aria-pressed", String(on()));
  let audio;
  const tone = (good) => {
    if (!on() || !window.AudioContext) return;
    audio ??= new AudioContext();
    audio.resume().then(() => {
      const notes = good ? [880, 1320] : [220, 180];
      notes.forEach((pitch, index) => {
        const start = audio.currentTime + index * 0.11, voice = audio.createOscillator(), gain = audio.createGain();
        voice.frequency.value = pitch;
        voice.type = good ? "sine" : "square";
        gain.gain.setValueAtTime(0.12, start);
        gain.gain.exponentialRampToValueAtTime(0.001, start + 0.1);
        voice.connect(gain).connect(audio.destination);
        voice.start(start);
        voice.stop(start + 0.11);
      });
    }).catch(() => {});
  };
  sound?.addEventListener("click", () => {
    localStorage.setItem("station-sound", on() ? "off" : "on");
    shown();
    tone(true);
    scan?.focus();
  });
  shown();

  /* A scan sounds before its page opens: a browser lets a page sound only after something was pressed on it. */
  scan?.form.addEventListener("submit", async (event) => {
    const number = scan.value.trim();
    event.preventDefault();
    if (!number) return;
    try {
      const answer = await fetch(`/station?${new URLSearchParams({ scan: number })}`, { credentials: "same-origin" });
      const page = answer.redirected ? null : new DOMParser().parseFromString(await answer.text(), "text/html");
      tone(answer.redirected || page?.querySelector("[data-tone]")?.dataset.tone === "good");
      if (on()) await new Promise((done) => setTimeout(done, 200));
      location.assign(answer.url);
    } catch {
      say(words.offline);
      tone(false);
      scan.select();
    }
  });

  /* A scanner types fast and ends with Enter: what comes so outside a field is a scan. */
  let burst = "", last = 0, waiting = 0;
  const line = () => document.activeElement?.closest?.("[data-line]") ?? main.querySelector("[data-inspect] [data-line]");
  const press = (key) => {
    const here = line();
    if (!here || !here.closest("[data-inspect]")) return;
    const digit = Number(key);
    const box = digit < 5 ? here.querySelectorAll("input[type=radio]")[digit - 1] : here.querySelectorAll("input[type=checkbox]")[digit - 5];
    box?.click();
    box?.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const now = performance.now();
    if (event.key.length === 1) {
      burst = now - last < 60 ? burst + event.key : event.key;
      last = now;
      clearTimeout(waiting);
      if (/^[1-9]$/.test(burst)) { const key = burst; waiting = setTimeout(() => press(key), 80); }
      if (/^[+-]$/.test(burst)) step(burst === "+" ? 1 : -1);
    } else if (event.key === "Enter" && burst.length > 5 && now - last < 120 && scan) {
      event.preventDefault();
      clearTimeout(waiting);
      scan.value = burst;
      scan.form.requestSubmit();
    } else if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.form?.dataset.keep) {
      event.preventDefault();
      onward(event.target);
    }
  });
  /* Enter goes from line to line, and at the last one sends the form. */
  const onward = (from) => {
    const lines = [...from.form.querySelectorAll("[data-line]")], at = lines.indexOf(from.closest("[data-line]"));
    const next = lines[at + 1]?.querySelector("input[type=radio]:checked, input");
    if (at >= 0 && next) next.focus();
    else from.form.requestSubmit();
  };
  /* + and − move a piece between good and defective. */
  const step = (by) => {
    const here = line(), good = here?.querySelector('[data-kind="good"] input'), bad = here?.querySelector('[data-kind="defective"] input');
    if (good && bad) move(by > 0 ? bad : good, by > 0 ? good : bad);
  };
  const move = (from, to) => {
    if (Number(from.value) < 1) return;
    put(from, Number(from.value) - 1);
    put(to, Number(to.value) + 1);
  };
  const put = (field, value) => {
    field.value = value;
    field.setAttribute("value", value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  main.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const field = button.parentElement.querySelector("input"), by = Number(button.dataset.step), kind = button.parentElement.dataset.kind;
    const value = Math.max(0, Number(field.value || 0) + by);
    const good = button.closest("[data-line]").querySelector('[data-kind="good"] input');
    if (kind && kind !== "good" && good) {
      if (by > 0) { if (Number(good.value) > 0) move(good, field); else put(field, value); } else if (Number(field.value) > 0) move(field, good);
    } else put(field, value);
  });
  main.addEventListener("input", (event) => {
    const sold = event.target.dataset?.sold;
    if (!sold) return;
    const plain = (text) => text.replace(/[\s:/.-]+/g, "").toUpperCase(), known = sold.split(",").map(plain);
    const odd = event.target.value.split(/[,，\n]/).map(plain).filter((one) => one && !known.includes(one));
    event.target.setAttribute("aria-invalid", String(odd.length > 0));
  });
  main.addEventListener("change", (event) => {
    if (event.target.dataset?.sold && event.target.value) tone(event.target.getAttribute("aria-invalid") !== "true");
  });

  /* Photos taken one after the other are gathered. */
  const kept = new WeakMap();
  main.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches("[data-gather]") || !window.DataTransfer) return;
    const all = kept.get(field) ?? [];
    for (const file of field.files) if (!all.includes(file)) all.push(file);
    kept.set(field, all);
    const bag = new DataTransfer();
    for (const file of all) bag.items.add(file);
    field.files = bag.files;
    field.closest(".photos").querySelector("[data-gathered]").textContent = words.chosen.replace("{count}", all.length);
  });

  /* What was typed is kept until it has arrived; a post that fails says so and can be pressed again. */
  const trouble = main.querySelector("[data-trouble]");
  const say = (text) => { if (trouble) { trouble.textContent = text; trouble.hidden = !text; if (text) trouble.scrollIntoView({ block: "center" }); } };
  const drawer = (form) => `station ${location.pathname} ${form.dataset.keep}`;
  const fields = (form) => [...form.elements].filter((one) => one.name && !["hidden", "file", "submit", "button"].includes(one.type));
  const restore = (form) => {
    let typed;
    try { typed = JSON.parse(sessionStorage.getItem(drawer(form)) ?? "null"); } catch { typed = null; }
    if (!typed || main.querySelector("[role=alert]:not([data-trouble])")) return;
    for (const one of fields(form)) {
      const key = ["radio", "checkbox"].includes(one.type) ? `${one.name}=${one.value}` : one.name;
      if (!(key in typed)) continue;
      if (["radio", "checkbox"].includes(one.type)) one.checked = typed[key];
      else { one.value = typed[key]; one.setAttribute("value", typed[key]); }
    }
    say(words.kept);
  };
  const keep = (form) => {
    const typed = {};
    for (const one of fields(form)) {
      if (["radio", "checkbox"].includes(one.type)) typed[`${one.name}=${one.value}`] = one.checked;
      else typed[one.name] = one.value;
    }
    try { sessionStorage.setItem(drawer(form), JSON.stringify(typed)); } catch { /* a full store keeps nothing */ }
  };
  main.addEventListener("input", (event) => { const form = event.target.form; if (form?.dataset.keep) keep(form); });
  main.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.keep) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    say("");
    try {
      const target = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
      const answer = await fetch(target, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (answer.redirected) {
        sessionStorage.removeItem(drawer(form));
        location.assign(answer.url);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("content");
      const told = page?.querySelector("[role=alert]:not([data-trouble])");
      say(told ? told.textContent : `${answer.status}`);
      tone(false);
    } catch {
      say(words.offline);
      tone(false);
    }
    form.ariaBusy = "false";
  });
  for (const form of main.querySelectorAll("form[data-keep]")) restore(form);

  /* The camera reads bar codes where the browser can. */
  const camera = document.querySelector("[data-camera]"), dialog = document.querySelector(".station-camera");
  if (camera && dialog && "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) {
    camera.hidden = false;
    let stream;
    const end = () => { for (const track of stream?.getTracks() ?? []) track.stop(); stream = undefined; if (dialog.open) dialog.close(); };
    dialog.addEventListener("close", end);
    dialog.querySelector("[data-camera-end]").addEventListener("click", end);
    camera.addEventListener("click", async () => {
      const video = dialog.querySelector("video"), detector = new BarcodeDetector();
      dialog.showModal();
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        video.srcObject = stream;
        await video.play();
        while (stream) {
          const [found] = await detector.detect(video);
          if (found?.rawValue) { scan.value = found.rawValue; tone(true); end(); scan.form.requestSubmit(); return; }
          await new Promise((done) => setTimeout(done, 150));
        }
      } catch (fault) {
        dialog.querySelector("[data-camera-says]").textContent = String(fault.message ?? fault);
      }
    });
  }

  document.querySelector("[data-print]")?.addEventListener("click", () => print());
})();
