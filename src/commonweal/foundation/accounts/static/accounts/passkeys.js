/* Passkeys. Each <form data-passkey="create|get" data-options="URL"> asks the server for a challenge, lets
   the browser answer it, and sends the answer as an ordinary form. Nothing is decided here. */
(() => {
  "use strict";

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withIds = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  function readOptions(kind, raw) {
    const options = { ...raw.publicKey, challenge: bytes(raw.publicKey.challenge) };
    if (kind === "create") {
      options.user = { ...options.user, id: bytes(options.user.id) };
      options.excludeCredentials = withIds(options.excludeCredentials);
    } else {
      options.allowCredentials = withIds(options.allowCredentials);
    }
    return { publicKey: options };
  }

  function writeAnswer(credential) {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  }

  async function ask(form) {
    const kind = form.dataset.passkey;
    const reply = await fetch(form.dataset.options, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      credentials: "same-origin",
    });
    if (!reply.ok) throw new Error(String(reply.status));
    const options = readOptions(kind, await reply.json());
    form.elements.credential.value = writeAnswer(await navigator.credentials[kind](options));
  }

  function say(form, which) {
    for (const words of form.querySelectorAll("[data-say]")) words.hidden = words.dataset.say !== which;
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) {
      say(form, "unable");
      continue;
    }
    say(form, "");
    form.querySelector("button").disabled = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      say(form, "wait");
      try {
        await ask(form);
        form.submit();
      } catch (fault) {
        say(form, fault.name === "InvalidStateError" ? "already" : "failed");
      }
    });
  }
})();
