// Keeps on the device what is typed into the article's form, until the server has said
// that it is saved; and offers, never by itself, what an earlier visit left behind.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const notice = document.querySelector("[data-drafts]");
  const form = document.getElementById("article_form");
  if (!notice || !form) return;

  const NOT_TYPED = ["file", "password", "hidden", "submit", "button", "reset", "image"];
  const CUT = "Sambungan terputus. Tulisan Anda aman di ponsel ini; kirim lagi nanti.";
  const AWAY = "Server belum menjawab. Tulisan Anda aman di ponsel ini; kirim lagi nanti.";
  const CUT_WAITING =
    "Sambungan terputus. Tulisan dan foto Anda aman di ponsel ini; dikirim sendiri begitu " +
    "sambungan kembali.";
  const REFUSED = "Ada foto yang ditolak. Buang foto itu, lalu simpan lagi.";
  const LOST =
    "Ponsel ini tidak dapat menyimpan tulisan Anda. Jangan tutup halaman ini sebelum " +
    "naskah tersimpan.";
  const { user, home, alive, article, revision, savedBy, sent } = notice.dataset;
  // The server shows a text again that it has refused: still the same record, unsaved.
  const refused = sent !== undefined;
  const id = sent?.split(".")[0] || crypto.randomUUID();
  const base = form.elements.base_revision;
  const formKey = form.elements.form_key;
  const photos = window.pendingPhotos;
  const status = document.querySelector("[data-drafts-status]");
  const say = (sentence) => {
    if (status.textContent !== sentence) status.textContent = sentence;
  };

  // Reading and filling the form.

  const boxes = () =>
    [...form.elements].filter(
      (box) => box.name && box.name !== "carry_over" && !NOT_TYPED.includes(box.type),
    );
  const typed = (box) => (box.type === "checkbox" ? String(box.checked) : box.value);
  const served = (box) => {
    if (box.type === "checkbox") return String(box.defaultChecked);
    if (!box.options) return box.defaultValue;
    const chosen = [...box.options].find((option) => option.defaultSelected);
    return (chosen || box.options[0])?.value || "";
  };
  const fields = (reading) =>
    Object.fromEntries(boxes().map((box) => [box.name, reading(box)]));
  const labels = () =>
    Object.fromEntries(
      boxes()
        .filter((box) => box.options)
        .map((box) => [box.name, box.selectedOptions[0]?.text || ""]),
    );

  // Alike is what the server would save alike.
  const bare = (name, value = "") => {
    if (name === "tags") {
      const topics = value.split(",").map((topic) => topic.trim());
      return topics.filter(Boolean).sort().join();
    }
    if (name !== "body") return value.replaceAll("\r\n", "\n").trim();
    const page = new DOMParser().parseFromString(value, "text/html");
    return page.body.innerHTML.replace(/>\s+</g, "><").trim();
  };
  const alike = (some, others) =>
    Object.keys(some).every((name) => bare(name, some[name]) === bare(name, others[name]));

  const write = (box) => {
    const editor = window.editors?.[box.id];
    if (editor) editor.setData(box.value);
    // CKEditor has taken the box over and is not ready yet.
    else if (box.dataset.processed) setTimeout(() => write(box), 100);
  };

  const fill = (record) => {
    for (const box of boxes()) {
      const value = record.fields[box.name];
      if (value === undefined) continue;
      if (box.options && ![...box.options].some((option) => option.value === value)) {
        box.append(new Option(record.labels[box.name], value));
      }
      if (box.type === "checkbox") box.checked = value === "true";
      else box.value = value;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      if (box.name === "body") write(box);
    }
  };

  // Keeping.

  // Photos that are on their way are not in any field yet.
  const whole = (now) => JSON.stringify([now, photos.ids()]);
  const untouched = whole(fields(served));
  let last = refused ? "" : untouched;
  let at = 0;

  const record = (now) => ({
    ...{ user, id, article, at, fields: now, labels: labels() },
    ...{ base: Number(base.value), formKey: formKey?.value || "" },
    photos: photos.ids().length,
  });

  const keep = async () => {
    const now = fields(typed);
    const text = whole(now);
    if (text === last) return;
    last = text;
    at = Date.now();
    const back = text === untouched && !refused;
    const kept = await (back ? window.unsent.drop({ user, id }) : window.unsent.keep(record(now)));
    if (!kept) say(LOST);
  };

  // Offering.

  const list = document.createElement("ul");

  const offer = (found) => {
    const newer =
      Number(revision) > found.base
        ? `Sesudah itu ${savedBy} menyimpan naskah ini. Kalau tulisan ini dipakai, ` +
          "bedanya dari simpanan itu diperlihatkan dahulu; tidak ada yang tertimpa."
        : "";
    list.append(
      window.unsent.entry(found, { note: newer, use: (item) => use(found, item) }),
    );
  };

  const use = async (found, item) => {
    item.inert = true;
    // What stands in the form was typed too: it takes the other's place in the list.
    const now = fields(typed);
    if (refused || whole(now) !== untouched) {
      const aside = { ...record(now), id: crypto.randomUUID(), at: Date.now() };
      if (!(await window.unsent.keep(aside))) {
        item.inert = false;
        return say(LOST);
      }
      await photos.leave(aside.id);
      offer(aside);
    }
    fill(found);
    base.value = found.base;
    if (formKey && found.formKey) formKey.value = found.formKey;
    await keep();
    if (status.textContent === LOST) return undefined;
    await window.unsent.drop(found);
    item.remove();
    if (!list.children.length) notice.replaceChildren();
    say("Tulisan itu kini ada di formulir, dan belum tersimpan di server.");
    form.elements.title.focus();
    await photos.adopt(found.id);
    return keep();
  };

  const offerAll = async () => {
    await window.unsent.settle(home);
    for (const found of await window.unsent.all(user)) {
      if (found.id === id || found.article !== article) continue;
      if (found.photos || !alike(found.fields, fields(served))) offer(found);
      else if (!refused) window.unsent.drop(found);
    }
    if (!list.children.length) return;
    const section = document.createElement("section");
    const heading = document.createElement("h2");
    heading.id = "belum-terkirim";
    heading.textContent = "Belum terkirim dari ponsel ini";
    section.setAttribute("aria-labelledby", heading.id);
    section.append(heading, list);
    notice.append(section);
  };

  photos.open(user, id);
  offerAll();

  window.drafts = { keep };

  // Asked twice a second, because pickers and editors change a box without an event.
  keep();
  setInterval(keep, 500);
  document.addEventListener("visibilitychange", keep);
  window.addEventListener("pagehide", keep);

  // Sending.

  const trouble = async () => {
    if (!navigator.onLine) return CUT;
    try {
      const answer = await fetch(alive, {
        method: "HEAD",
        cache: "no-store",
        signal: AbortSignal.timeout(5000),
      });
      return answer.ok ? "" : AWAY;
    } catch {
      return CUT;
    }
  };

  // Whether all photos of this form have arrived; waits for them, and says so.
  const photosArrived = async () => {
    // Without a network from the start, there is nothing to wait for yet.
    if (!navigator.onLine) return true;
    for (;;) {
      const count = photos.ids().length;
      if (!count) return true;
      if (photos.refused()) {
        say(REFUSED);
        return false;
      }
      const words = `Menunggu ${count} foto terkirim… ${photos.held()}`.trim();
      say(navigator.onLine ? words : CUT_WAITING);
      await photos.next();
    }
  };

  let busy = false;
  let clear = false;

  form.addEventListener("submit", async (event) => {
    if (clear) {
      clear = false;
      return;
    }
    event.preventDefault();
    if (busy) return;
    // What can be seen to be missing here need not be sent to be told.
    if (!form.dispatchEvent(new Event("sending", { cancelable: true }))) return;
    busy = true;
    if (!(await photosArrived())) {
      busy = false;
      return;
    }
    say("Mengirim tulisan…");
    const [sentence] = await Promise.all([trouble(), keep()]);
    if (sentence) {
      busy = false;
      say(sentence);
      return;
    }
    clear = true;
    form.requestSubmit(event.submitter);
    // An answer leaves this page; when none came, the button works again.
    setTimeout(() => {
      busy = false;
    }, 15_000);
  });

  window.addEventListener("pageshow", () => {
    busy = false;
  });

  // After every other script has had its say in what is sent.
  form.addEventListener("formdata", (event) => {
    keep();
    if (at) event.formData.set("draft", `${id}.${at}`);
  });

  window.addEventListener("online", () => {
    if ([CUT, AWAY].includes(status.textContent)) {
      say("Sambungan kembali. Tulisan Anda dapat dikirim.");
    }
  });
});
