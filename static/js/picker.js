// The window in which a photo of the library is picked. `window.photoPicker.open()`
// resolves to the photo as the server describes it, or to null when it was closed.
"use strict";

window.photoPicker = (() => {
  const TYPING = 300;
  const NAMELESS = "Foto tanpa keterangan";

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    made.className = className;
    made.append(...content);
    return made;
  };

  const button = (className, label) => {
    const made = element("button", className, label);
    made.type = "button";
    return made;
  };

  const build = (address) => {
    const dialog = element("dialog", "picker");
    const heading = element("h2", "picker-title", "Pilih foto dari pustaka");
    const close = button("picker-close", "Tutup");
    const form = element("form", "picker-search");
    const label = element("label", "visually-hidden", "Cari foto");
    const box = element("input", "");
    const go = element("button", "", "Cari");
    const status = element("p", "picker-status");
    const list = element("ul", "picker-list");
    const more = button("picker-more", "Muat lagi");
    heading.id = "picker-title";
    dialog.setAttribute("aria-labelledby", heading.id);
    form.setAttribute("role", "search");
    box.type = "search";
    box.id = "picker-search";
    box.maxLength = 100;
    box.placeholder = "Keterangan, kredit, atau judul naskah";
    label.htmlFor = box.id;
    status.setAttribute("role", "status");
    form.append(label, box, go);
    dialog.append(
      element("div", "picker-head", heading, close),
      form,
      element("div", "picker-body", status, list, more),
    );

    let page = 1;
    let asked = new AbortController();
    let timer;
    let picked = null;
    let tell = () => {};

    const choose = (photo) => {
      picked = photo;
      dialog.close();
    };

    const tile = (photo) => {
      const picture = element("img", "photo-thumb");
      const made = button("picker-photo", picture);
      picture.alt = "";
      picture.width = 640;
      picture.height = 427;
      picture.loading = "lazy";
      picture.decoding = "async";
      picture.src = photo.thumb;
      picture.style.objectPosition = `${photo.focal_x}% ${photo.focal_y}%`;
      made.append(element("span", "picker-words", photo.description || NAMELESS));
      made.addEventListener("click", () => choose(photo));
      return element("li", "", made);
    };

    const counted = (isMore) => {
      const count = list.children.length;
      if (!count && box.value.trim()) {
        return `Tidak ada foto yang memuat “${box.value.trim()}”. Coba kata lain.`;
      }
      if (!count) return "Pustaka masih kosong. Unggah foto dahulu.";
      return `${count} foto${isMore ? ", dan masih ada lagi" : ""}.`;
    };

    const load = async (number) => {
      asked.abort();
      asked = new AbortController();
      const { signal } = asked;
      const query = new URLSearchParams({ q: box.value, page: number });
      status.textContent = "Memuat foto…";
      more.hidden = true;
      try {
        const answer = await fetch(`${address}?${query}`, {
          headers: { Accept: "application/json" },
          signal,
        });
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        const found = await answer.json();
        if (signal.aborted) return;
        page = number;
        const tiles = found.photos.map(tile);
        if (number === 1) list.replaceChildren(...tiles);
        else {
          list.append(...tiles);
          tiles[0]?.querySelector("button").focus();
        }
        more.hidden = !found.next;
        more.textContent = "Muat lagi";
        status.textContent = counted(found.next);
      } catch {
        if (signal.aborted) return;
        status.textContent =
          "Pustaka tidak dapat dimuat. Periksa sambungan; bila sesi berakhir, masuk lagi " +
          "di tab lain.";
        more.textContent = "Coba lagi";
        more.hidden = false;
        page = number - 1;
        if (number === 1) list.replaceChildren();
      }
    };

    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => load(1), TYPING);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      load(1);
    });
    more.addEventListener("click", () => load(page + 1));
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      // The dialog itself is hit only outside of what it holds.
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => {
      clearTimeout(timer);
      asked.abort();
      tell(picked);
    });
    document.body.append(dialog);

    return () =>
      new Promise((resolve) => {
        const before = document.activeElement;
        tell = (photo) => {
          before?.focus();
          resolve(photo);
        };
        picked = null;
        box.value = "";
        dialog.showModal();
        // On a touch screen a text box would bring the keyboard up over the photos.
        (matchMedia("(pointer: coarse)").matches ? close : box).focus();
        load(1);
      });
  };

  let show = null;

  const open = () => {
    const place = document.querySelector("[data-photo-library]");
    show ||= build(place.dataset.photoLibrary);
    return show();
  };

  return { open };
})();
