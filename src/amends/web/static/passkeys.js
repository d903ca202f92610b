// Passkeys: asks the browser for one, on the sign-in page and on one's own page. Without it passwords go on working.
"use strict";
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const show = (said) => {
    const place = document.querySelector("[data-passkey-fault]");
    place.textContent = said;
    place.hidden = !said;
  };
  const post = async (path, body) => {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "X-CSRFToken": token(), "Content-Type": "application/json" },
      body: JSON.stringify(body || {}),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.fault);
    return told;
  };
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const plain = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
  };
  const make = async (name) => {
    const options = await post("/me/passkeys/begin");
    options.challenge = bytes(options.challenge);
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = known(options.excludeCredentials);
    const credential = await navigator.credentials.create({ publicKey: options });
    return post("/me/passkeys", { credential: plain(credential), name });
  };
  const use = async (next) => {
    const options = await post("/sign-in/passkey/begin");
    options.challenge = bytes(options.challenge);
    options.allowCredentials = known(options.allowCredentials);
    const credential = await navigator.credentials.get({ publicKey: options });
    return post("/sign-in/passkey", { credential: plain(credential), next });
  };
  const run = async (work, failed) => {
    show("");
    try {
      const told = await work();
      const here = location.pathname + location.hash;
      location.assign(told.next);
      if (told.next.split("#")[0] === here.split("#")[0]) location.reload();
    } catch (fault) {
      show(fault instanceof DOMException ? failed : fault.message || failed);
    }
  };
  const form = document.querySelector("[data-passkey-make]");
  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(() => make(form.elements.name.value), form.dataset.failed);
    });
  }
  const button = document.querySelector("[data-passkey-use]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => run(() => use(button.dataset.next || "/"), button.dataset.failed));
  }
})();
