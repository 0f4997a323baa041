// A photo in the article's form: its card, with how far it has come in words and with the
// words that readers get, and the figure that it becomes in the body.
"use strict";

window.photoCards = (() => {
  const ALT = "Apa yang terlihat pada foto, untuk pembaca yang tidak dapat melihatnya. Wajib diisi.";
  let count = 0;

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  // What the library knows of a photo, as the words to begin with.
  const wordsOf = ({ description = "", caption = "", credit = "" }) => ({
    alt: description,
    caption:
      caption && credit ? `${caption.replace(/[.\s]+$/, "")}. ${credit}` : caption || credit,
  });

  const figure = ({ url, width, height }, { alt, caption }) => {
    const picture = document.createElement("img");
    picture.setAttribute("src", url);
    picture.setAttribute("alt", alt);
    if (width) picture.setAttribute("width", width);
    if (height) picture.setAttribute("height", height);
    const made = element("figure", "image", picture);
    if (caption) made.append(element("figcaption", "", caption));
    return made;
  };

  const thumbOf = (url) => url.replace(/(?:-\d{3,4})?\.(\w+)$/, "-640.$1");

  // How far a photo has come.
  const progress = (job) => {
    const more = job.isKept ? "" : " Jangan tutup halaman ini sebelum foto terkirim.";
    if (job.state === "queued") return "Menunggu giliran";
    if (job.state === "preparing") return "Menyiapkan foto";
    if (job.state === "sending") return `Mengirim ${Math.round(job.share * 100)}%${more}`;
    if (job.state === "done") return "Terkirim";
    if (job.state === "waiting") return job.sentence + more;
    return job.sentence;
  };

  const field = (label, help, value, onInput) => {
    const box = element("textarea");
    count += 1;
    box.id = `foto-${count}`;
    box.rows = 2;
    box.value = value;
    box.addEventListener("input", () => onInput(box.value));
    const caption = element("label", "", label);
    caption.htmlFor = box.id;
    const row = element("div", "photo-card-field", caption, box);
    if (help) {
      const note = element("p", "help", help);
      note.id = `${box.id}-bantuan`;
      box.setAttribute("aria-describedby", note.id);
      box.before(note);
    }
    return { row, box };
  };

  // `onWords` gets what is written, `onDiscard` is asked to take the photo away.
  const card = ({ src, words, onWords, onDiscard }) => {
    const picture = element("img", "photo-card-thumb");
    picture.alt = "";
    if (src) picture.src = src;
    else picture.hidden = true;
    // What the browser cannot show, it says nothing with.
    picture.addEventListener("error", () => {
      picture.hidden = true;
    });
    const state = element("p", "photo-card-state");
    const discard = element("button", "photo-button", "Buang");
    discard.type = "button";
    discard.append(element("span", "visually-hidden", " foto ini"));
    discard.addEventListener("click", onDiscard);
    const head = element("div", "photo-card-head", picture, state, discard);
    const item = element("li", "photo-card", head);
    const shown = { item, state, boxes: {} };
    if (words) {
      const alt = field("Teks alternatif", ALT, words.alt || "", (value) => onWords({ alt: value }));
      const caption = field("Keterangan dan kredit", "", words.caption || "", (value) =>
        onWords({ caption: value }),
      );
      alt.box.maxLength = 200;
      alt.box.setAttribute("aria-required", "true");
      shown.boxes = { alt: alt.box, caption: caption.box };
      item.append(alt.row, caption.row);
    }
    shown.show = (sentence, { refused = false } = {}) => {
      state.textContent = sentence;
      state.hidden = !sentence;
      item.classList.toggle("photo-card-refused", refused);
    };
    shown.isRefused = () => item.classList.contains("photo-card-refused");
    shown.thumb = (url) => {
      picture.hidden = !url;
      if (url) picture.src = url;
    };
    return shown;
  };

  // Shows a job's photo once it is small: a phone's own would fill its memory.
  const preview = (job, shown) => {
    let src;
    const look = () => {
      if (!src && job.isSmall && job.state !== "gone") {
        src = URL.createObjectURL(job.blob);
        shown.thumb(src);
      }
      if (src && ["gone", "done"].includes(job.state)) URL.revokeObjectURL(src);
    };
    job.addEventListener("step", look);
    look();
  };

  // Says at a box what it still wants, until something is written there.
  const ask = (box, sentence) => {
    const id = `${box.id}-belum`;
    document.getElementById(id)?.remove();
    const error = element("p", "photo-missing", sentence);
    error.id = id;
    box.before(error);
    const described = box.getAttribute("aria-describedby") || "";
    box.setAttribute("aria-describedby", `${id} ${described}`.trim());
    box.setAttribute("aria-invalid", "true");
    box.focus();
    const mended = () => {
      error.remove();
      box.removeAttribute("aria-invalid");
      if (described) box.setAttribute("aria-describedby", described);
      else box.removeAttribute("aria-describedby");
    };
    box.addEventListener("input", mended, { once: true });
  };

  return { ask, card, element, figure, preview, progress, thumbOf, wordsOf };
})();
