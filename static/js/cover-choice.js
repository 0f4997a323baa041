// The cover as a picture with two buttons, in place of a list of names. The list stays
// the field that is sent: whoever sets it and says so by `change` is followed.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const select = document.querySelector("[data-cover-choice]");
  if (!select || !window.photoPicker) return;

  const boxes = {
    description: document.getElementById("id_cover_alt"),
    caption: document.getElementById("id_cover_caption"),
    credit: document.getElementById("id_cover_credit"),
  };

  const button = (label) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "cover-button";
    made.textContent = label;
    return made;
  };

  const holder = document.createElement("div");
  const picture = document.createElement("img");
  const words = document.createElement("p");
  const pick = button("Pilih dari pustaka");
  const drop = button("Lepas foto");
  const buttons = document.createElement("div");
  holder.className = "cover-choice";
  buttons.className = "cover-buttons";
  picture.className = "photo-thumb";
  picture.alt = "";
  picture.width = 240;
  picture.height = 160;
  words.id = "cover-chosen";
  words.setAttribute("role", "status");
  const told = [words.id, select.getAttribute("aria-describedby")];
  pick.setAttribute("aria-describedby", told.filter(Boolean).join(" "));
  buttons.append(pick, drop);
  holder.append(picture, words, buttons);
  select.before(holder);
  select.classList.add("visually-hidden");
  select.tabIndex = -1;
  select.setAttribute("aria-hidden", "true");
  // Its label, and the page's links to what is wrong, lead to what can be seen.
  select.addEventListener("focus", () => pick.focus());

  const chosen = () => select.selectedOptions[0];

  const show = () => {
    const option = chosen();
    const there = Boolean(select.value);
    picture.hidden = !(there && option.dataset.thumb);
    if (!picture.hidden) picture.src = option.dataset.thumb;
    words.textContent = there ? option.text : "Belum ada foto sampul.";
    pick.textContent = there ? "Ganti dari pustaka" : "Pilih dari pustaka";
    drop.hidden = !there;
  };

  // A box is filled when it is empty or still holds what the photo before suggested.
  let suggested = {};

  const suggest = () => {
    const option = chosen();
    for (const [name, box] of Object.entries(boxes)) {
      const offered = (select.value && option.dataset[name]) || "";
      if (!box || (box.value.trim() && box.value !== suggested[name])) continue;
      if (box.value === offered) continue;
      box.value = offered;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    suggested = select.value ? { ...option.dataset } : {};
  };

  const choose = (value) => {
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const optionFor = (photo) => {
    const there = [...select.options].find((option) => option.value === String(photo.id));
    const option = there || new Option(photo.description || "Foto tanpa keterangan", photo.id);
    const { thumb, description, caption, credit } = photo;
    Object.assign(option.dataset, { thumb, description, caption, credit });
    if (!there) select.append(option);
    return option;
  };

  pick.addEventListener("click", async () => {
    const photo = await window.photoPicker.open();
    if (photo) choose(optionFor(photo).value);
  });
  drop.addEventListener("click", () => {
    choose("");
    pick.focus();
  });
  select.addEventListener("change", () => {
    suggest();
    show();
  });
  suggested = { ...(select.value ? chosen().dataset : {}) };
  show();
});
