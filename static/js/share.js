// Shows "Salin" and "Lainnya" where the browser can do them; the WhatsApp link beside
// them needs no script.
"use strict";

document.querySelectorAll("[data-share]").forEach((area) => {
  const copy = area.querySelector("[data-copy]");
  const label = area.querySelector("[data-copy-label]");
  const status = area.querySelector("[data-copy-status]");
  const sheet = area.querySelector("[data-share-sheet]");
  const word = label.textContent;
  let timer = null;

  // navigator.clipboard exists on https only; old phones have just the command.
  const write = (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    copy.focus();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  };

  const say = (outcome, sentence) => {
    label.textContent = outcome;
    status.textContent = sentence;
    clearTimeout(timer);
    timer = setTimeout(() => {
      label.textContent = word;
      status.textContent = "";
    }, 4000);
  };

  copy.hidden = false;
  copy.addEventListener("click", () => {
    write(copy.dataset.copy || location.href).then(
      () => say("Tersalin", copy.dataset.copied),
      () => say("Gagal", "Tidak dapat disalin. Salin sendiri dengan menahan teksnya."),
    );
  });

  if (navigator.share && sheet) {
    sheet.hidden = false;
    sheet.addEventListener("click", () => {
      // A reader who closes the sheet has changed their mind; that is no error.
      navigator
        .share({ title: sheet.dataset.shareTitle, url: sheet.dataset.shareSheet || location.href })
        .catch(() => {});
    });
  }
});
