// The cover's file box: a chosen photo is sent at once, and becomes the article's cover
// when it has arrived. Without this script the form itself carries the file.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const file = document.getElementById("id_cover_upload");
  const cover = document.getElementById("id_cover");
  if (!file || !cover) return;
  const { photoCards, pendingPhotos } = window;
  const { element } = photoCards;
  const form = file.form;
  const boxOf = (name) => form.elements[`cover_${name}`];
  const MISSING = "Tulis apa yang terlihat pada foto sampul, untuk pembaca yang tidak melihatnya.";

  const list = element("ul", "photo-cards cover-photo");
  const said = element("p", "visually-hidden");
  said.setAttribute("role", "status");
  list.hidden = true;
  file.after(list, said);

  let shown = null; // the photo on its way, or the one that has arrived
  let ours = false;

  // The photo's words go with its option: cover-choice.js shows it, and fills the boxes.
  const choose = (photo) => {
    const value = photo ? String(photo.id) : "";
    let option = [...cover.options].find((there) => there.value === value);
    if (!option) {
      option = new Option(photo.description || "Foto yang baru dikirim", value);
      cover.append(option);
    }
    if (photo) {
      const { thumb, description, caption, credit } = photo;
      Object.assign(option.dataset, { thumb, description, caption, credit });
    }
    cover.value = value;
    ours = true;
    cover.dispatchEvent(new Event("change", { bubbles: true }));
    ours = false;
  };

  const clear = () => {
    list.replaceChildren();
    list.hidden = true;
    shown = null;
  };

  const arrive = (job, card) => {
    choose(job.photo);
    card.thumb("");
    card.show("Terkirim: kini foto sampul naskah ini.");
    said.textContent = "Foto sampul terkirim.";
    job.placed();
  };

  const show = (job) => {
    clear();
    const discard = () => {
      if (job.state === "done") choose(null);
      else job.discard();
      clear();
      file.focus();
    };
    const card = photoCards.card({ onDiscard: discard });
    list.append(card.item);
    list.hidden = false;
    shown = job;
    let told;
    const step = () => {
      if (job.state === "gone") {
        if (shown === job) clear();
      } else if (job.state === "done") {
        arrive(job, card);
      } else {
        card.show(photoCards.progress(job), { refused: job.state === "refused" });
        if (told !== job.state && job.sentence) said.textContent = job.sentence;
      }
      told = job.state;
    };
    photoCards.preview(job, card);
    job.addEventListener("step", step);
    step();
  };

  const isPending = () => shown !== null && shown.state !== "done";

  pendingPhotos.take("cover", show);
  file.addEventListener("click", () => window.drafts?.keep());
  file.addEventListener("change", () => {
    const [chosen] = file.files;
    if (!chosen) return;
    if (isPending()) shown.discard();
    show(pendingPhotos.begin(chosen, { place: "cover" }));
    // Sent by itself: the form need not carry it again.
    file.value = "";
  });

  // Another photo was chosen meanwhile: that is the later wish.
  cover.addEventListener("change", () => {
    if (ours || !shown) return;
    if (isPending()) shown.discard();
    clear();
  });

  form.addEventListener("sending", (event) => {
    const alt = boxOf("alt");
    if (event.defaultPrevented || alt.value.trim()) return;
    if (!cover.value && !isPending()) return;
    event.preventDefault();
    photoCards.ask(alt, MISSING);
  });
});
