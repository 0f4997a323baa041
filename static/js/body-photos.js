// Writing the body: in the plain box of a touch screen (plain.js) or in the full editor,
// and under it the photos, those on their way and, for the plain box, those in the text.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const body = document.querySelector("textarea[data-editor-bundle]");
  if (!body) return;
  const { photoCards, pendingPhotos, plainBody, articleEditor } = window;
  const { element } = photoCards;
  const form = body.form;
  const label = document.querySelector(`label[for="${body.id}"]`);
  const container = body.closest(".ck-editor-container");
  const NOT_LOADED =
    "Penyunting lengkap belum dapat dimuat. Tulisan Anda tetap di sini; coba lagi bila " +
    "sambungan kembali.";

  const plain = plainBody.build();
  let isPlain = false;
  let wrote;
  let pictures = []; // of the plain box: figure, its place, and its card
  const cards = new Set(); // all that are shown: those of figures, and of photos to come

  // The section of the photos.

  const list = element("ul", "photo-cards");
  const heading = element("h3", "", "Foto dalam naskah");
  heading.id = "foto-naskah";
  const rule = element(
    "p",
    "help",
    "Foto tampil sesudah teks, atau di tempatnya semula; untuk menaruhnya di antara paragraf, buka penyunting lengkap.",
  );
  const chooser = element("input");
  Object.assign(chooser, { type: "file", accept: "image/*", multiple: true, hidden: true });
  const button = (name) => Object.assign(element("button", "photo-button", name), { type: "button" });
  const add = button("Tambah foto");
  const library = button("Pilih dari pustaka");
  library.hidden = !window.photoPicker;
  const said = element("p", "visually-hidden");
  said.setAttribute("role", "status");
  const buttons = element("p", "photo-buttons", add, " ", library, chooser);
  const section = element("section", "body-photos", heading, rule, list, buttons, said);
  section.setAttribute("aria-labelledby", heading.id);
  section.hidden = true;

  const arrange = () => {
    list.hidden = !list.children.length;
    rule.hidden = !isPlain;
    add.hidden = !isPlain;
    heading.textContent = isPlain ? "Foto dalam naskah" : "Foto untuk naskah";
    library.textContent = isPlain ? "Pilih dari pustaka" : "Foto dari pustaka";
    section.hidden = !isPlain && library.hidden && list.hidden;
  };

  const sync = () => {
    wrote = plainBody.write(plain.box.value, pictures);
    body.value = wrote;
  };

  const srcOf = (figure) => figure.querySelector("img").getAttribute("src");

  // The words of a figure, as they are written on its card.
  const reword = (figure, { alt, caption }) => {
    if (alt !== undefined) figure.querySelector("img").setAttribute("alt", alt.trim());
    if (caption === undefined) return;
    figure.querySelector("figcaption")?.remove();
    if (caption.trim()) figure.append(element("figcaption", "", caption.trim()));
  };

  const removeCard = (card) => {
    cards.delete(card);
    card.item.remove();
    arrange();
  };

  const showCard = (card) => {
    cards.add(card);
    list.append(card.item);
    arrange();
    return card;
  };

  // Taken out by mistake, it can be put back.
  const takeOut = (picture) => {
    const { card } = picture;
    const at = pictures.indexOf(picture);
    pictures.splice(at, 1);
    cards.delete(card);
    sync();
    const back = button("Batalkan");
    const gone = element("li", "photo-card", element("p", "", "Foto dibuang. "), back);
    back.addEventListener("click", () => {
      pictures.splice(at, 0, picture);
      cards.add(card);
      gone.replaceWith(card.item);
      sync();
      card.item.querySelector("button").focus();
    });
    card.item.replaceWith(gone);
    back.focus();
  };

  const showPicture = (picture) => {
    const { figure } = picture;
    picture.card = showCard(
      photoCards.card({
        src: photoCards.thumbOf(srcOf(figure)),
        words: {
          alt: figure.querySelector("img").getAttribute("alt") || "",
          caption: figure.querySelector("figcaption")?.textContent || "",
        },
        onWords: (words) => {
          reword(figure, words);
          sync();
        },
        onDiscard: () => takeOut(picture),
      }),
    );
    picture.card.show("");
  };

  const has = (url) => body.value.includes(`"${url}"`);

  // A photo of the library into the text, with the words that it already has.
  const place = (photo, words) => {
    if (isPlain) {
      const picture = { figure: photoCards.figure(photo, words), after: Infinity };
      pictures.push(picture);
      sync();
      return picture;
    }
    const editor = window.editors[body.id];
    window.editorPhotos.append(editor, photoCards.figure(photo, words).outerHTML);
    return null;
  };

  // Photos on their way.

  const wordsFor = ({ photo, words }) => {
    const known = photoCards.wordsOf(photo);
    return { alt: words.alt || known.alt, caption: words.caption || known.caption };
  };

  // Whoever is writing a photo's words goes on in the card that takes the other's place.
  const replaceCard = (card, other) => {
    const [name, box] =
      Object.entries(card.boxes).find((entry) => entry[1] === document.activeElement) || [];
    const at = box?.selectionStart;
    cards.delete(card);
    card.item.replaceWith(other.item);
    if (!name) return;
    other.boxes[name].focus();
    other.boxes[name].setSelectionRange(at, at);
  };

  const arrive = (job, card) => {
    const again = has(job.photo.url);
    const picture = again ? null : place(job.photo, wordsFor(job));
    if (picture) {
      showPicture(picture);
      replaceCard(card, picture.card);
      // In the order in which they were chosen, whichever came first.
      pictures.sort((one, other) => {
        const order = one.card.item.compareDocumentPosition(other.card.item);
        return order & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
      });
      sync();
    } else {
      removeCard(card);
    }
    job.placed();
    if (again) said.textContent = "Foto itu sudah ada dalam naskah.";
    else said.textContent = isPlain ? "Foto terkirim." : "Foto terkirim; ada di akhir naskah.";
  };

  const showJob = (job) => {
    const card = showCard(
      photoCards.card({
        words: job.words,
        onWords: (words) => job.describe(words),
        onDiscard: () => {
          job.discard();
          (isPlain ? add : library).focus();
        },
      }),
    );
    let told;
    const show = () => {
      if (job.state === "gone") removeCard(card);
      if (job.state === "done") arriveOnceReady();
      card.show(photoCards.progress(job), { refused: job.state === "refused" });
      if (told !== job.state && ["waiting", "refused"].includes(job.state)) {
        said.textContent = job.sentence;
      }
      told = job.state;
    };
    // The full editor may still be on its way to this page.
    const arriveOnceReady = () => {
      if (isPlain || window.editors[body.id]) arrive(job, card);
      else setTimeout(arriveOnceReady, 200);
    };
    photoCards.preview(job, card);
    job.addEventListener("step", show);
    show();
  };

  pendingPhotos.take("body", showJob);
  add.addEventListener("click", () => {
    // Before the camera takes the phone's memory.
    window.drafts?.keep();
    chooser.click();
  });
  chooser.addEventListener("change", () => {
    for (const file of chooser.files) showJob(pendingPhotos.begin(file, { place: "body" }));
    chooser.value = "";
  });
  library.addEventListener("click", async () => {
    const photo = await window.photoPicker.open();
    if (!photo) return;
    const words = photoCards.wordsOf(photo);
    if (!isPlain) {
      const { outerHTML } = photoCards.figure(photo, words);
      window.editorPhotos.insert(window.editors[body.id], outerHTML);
    } else if (has(photo.url)) {
      said.textContent = "Foto itu sudah ada dalam naskah.";
    } else {
      showPicture(place(photo, words));
    }
  });

  // What readers need and only the writer knows is asked before anything is sent.
  form.addEventListener("sending", (event) => {
    const missing = [...cards].find(
      (card) => !card.isRefused() && !card.boxes.alt.value.trim(),
    );
    if (!missing || event.defaultPrevented) return;
    event.preventDefault();
    photoCards.ask(missing.boxes.alt, "Teks alternatif belum ditulis.");
  });

  // The plain box and the full editor.

  const openPlain = (found) => {
    for (const picture of pictures) removeCard(picture.card);
    isPlain = true;
    container.hidden = true;
    plain.row.hidden = false;
    label.htmlFor = plain.box.id;
    plain.box.value = found.text;
    pictures = found.pictures;
    wrote = body.value;
    pictures.forEach(showPicture);
    plainBody.grow(plain.box);
    arrange();
  };

  const openEditor = async () => {
    const editor = await articleEditor.load(body);
    isPlain = false;
    container.hidden = false;
    plain.row.hidden = true;
    label.htmlFor = body.id;
    for (const picture of pictures) removeCard(picture.card);
    pictures = [];
    arrange();
    return editor;
  };

  plain.full.addEventListener("click", async () => {
    plain.said.textContent = "Memuat penyunting lengkap…";
    try {
      const editor = await openEditor();
      const root = editor.model.document.getRoot();
      editor.model.change((writer) => writer.setSelection(root, "end"));
      editor.focus();
    } catch {
      plain.said.textContent = NOT_LOADED;
    }
  });

  plain.box.addEventListener("input", () => {
    plainBody.grow(plain.box);
    sync();
  });
  plainBody.cleanPastes(plain.box);

  // Another text was put into the form.
  body.addEventListener("change", () => {
    if (!isPlain || body.value === wrote) return;
    const found = plainBody.read(body.value);
    if (found) openPlain(found);
    else openEditor().catch(() => showSource());
  });

  // The editor cannot come: what can be written plainly is; otherwise the text itself.
  const showSource = () => {
    const found = plainBody.read(body.value);
    if (found) openPlain(found);
    else body.hidden = false;
    plain.said.textContent = NOT_LOADED;
  };

  plain.row.hidden = true;
  container.after(plain.row, section);
  const found = matchMedia("(pointer: coarse)").matches && plainBody.read(body.value);
  if (found) {
    openPlain(found);
  } else {
    body.hidden = true;
    openEditor().catch(showSource);
  }
});
