// Sends the chosen photos one after another, each with its progress, and gives each its
// boxes for words as soon as it has arrived. Without it the form sends them all at once.
"use strict";

(() => {
  const form = document.querySelector("[data-upload-many]");
  if (!form || !window.photoUploads) return;

  // As many as one form of words may hold.
  const MOST = Number(form.dataset.uploadMany);
  const input = form.elements.upload;
  const words = document.querySelector("[data-words-form]");
  const wordsList = document.querySelector("[data-words-list]");
  const template = document.querySelector("[data-words-template]");
  const creditAll = document.querySelector("[data-credit-all]");
  const progress = document.querySelector("[data-progress]");
  const progressWords = document.querySelector("[data-progress-words]");
  const list = document.querySelector("[data-progress-list]");

  const queue = [];
  let busy = false;
  let chosen = 0;
  let arrived = 0;
  let failed = 0;

  const say = (sentence) => {
    progressWords.textContent = sentence;
  };

  // One photo's line: its name, a bar, where it stands in words, and what can be done.

  const button = (label, about, act) => {
    const made = document.createElement("button");
    const name = document.createElement("span");
    made.type = "button";
    made.className = "btn-quiet";
    name.className = "visually-hidden";
    name.textContent = ` ${about}`;
    made.append(label, name);
    made.addEventListener("click", act);
    return made;
  };

  const line = (file) => {
    const item = document.createElement("li");
    const name = document.createElement("strong");
    const bar = document.createElement("progress");
    const state = document.createElement("p");
    name.textContent = file.name;
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", `Kemajuan ${file.name}`);
    state.textContent = "Menunggu giliran";
    const stop = button("Batalkan", file.name, () => drop(job));
    item.append(name, bar, state, stop);
    list.append(item);
    const job = { file, item, bar, state, stop, control: new AbortController() };
    return job;
  };

  const drop = (job) => {
    job.control.abort();
    const waiting = queue.indexOf(job);
    if (waiting >= 0) queue.splice(waiting, 1);
    chosen -= 1;
    remove(job);
    if (!busy) summary();
  };

  const remove = (job) => {
    // The focus goes on to the next line, not to the top of the page.
    const next = job.item.nextElementSibling || job.item.previousElementSibling;
    const held = job.item.contains(document.activeElement);
    job.item.remove();
    if (held) (next?.querySelector("button") || input).focus();
  };

  const refuse = (job, sentence) => {
    failed += 1;
    job.bar.remove();
    job.item.classList.add("progress-refused");
    job.state.textContent = sentence;
    job.stop.replaceWith(
      button("Coba lagi", job.file.name, () => {
        failed -= 1;
        chosen -= 1;
        remove(job);
        add([job.file]);
      }),
    );
  };

  // A photo that has arrived: its line gives way to its words.

  const boxes = (photo) => {
    // A picture sent twice is one photo.
    if (wordsList.querySelector(`[data-photo="${photo.id}"]`)) return;
    const made = template.content.firstElementChild.cloneNode(true);
    for (const node of [made, ...made.querySelectorAll("*")]) {
      for (const attribute of node.attributes) {
        attribute.value = attribute.value.replaceAll("__id__", photo.id);
      }
    }
    made.dataset.photo = photo.id;
    made.querySelector("[data-thumb]").src = photo.thumb;
    for (const name of ["description", "caption", "credit"]) {
      made.querySelector(`[name="${photo.id}-${name}"]`).value = photo[name];
    }
    wordsList.append(made);
    made.querySelector("[data-number]").textContent = wordsList.children.length;
    words.hidden = false;
    giveCredit();
  };

  const summary = () => {
    const stored = wordsList.children.length;
    const done = stored ? `${stored} foto tersimpan di pustaka. Tulis keterangannya di bawah.` : "";
    const not = failed ? `${failed} berkas belum tersimpan; alasannya tertulis.` : "";
    say([done, not].filter(Boolean).join(" "));
  };

  const send = async (job) => {
    const { file, bar, state, control } = job;
    state.textContent = "Menyiapkan";
    say(`Mengunggah foto ${arrived + failed + 1} dari ${chosen}.`);
    try {
      const smaller = await window.photoUploads.shrink(file);
      const photo = await window.photoUploads.send(smaller, {
        signal: control.signal,
        onProgress: (share) => {
          bar.value = Math.round(share * 100);
          state.textContent = share < 1 ? `Terkirim ${bar.value}%` : "Diperiksa di server";
        },
        onWait: (sentence) => {
          state.textContent = sentence;
        },
      });
      arrived += 1;
      boxes(photo);
      remove(job);
    } catch (error) {
      if (!control.signal.aborted) refuse(job, error.message);
    }
  };

  const work = async () => {
    busy = true;
    while (queue.length) await send(queue.shift());
    busy = false;
    summary();
  };

  const tooMany = (count) => {
    const item = document.createElement("li");
    const name = document.createElement("strong");
    const reason = document.createElement("p");
    item.className = "progress-refused";
    name.textContent = `${count} berkas lain`;
    reason.textContent = `Tidak dikirim: sekali tambah paling banyak ${MOST} foto. Simpan dahulu keterangannya, lalu tambah lagi.`;
    item.append(name, reason);
    list.append(item);
  };

  const add = (files) => {
    progress.hidden = false;
    const under = wordsList.children.length + queue.length + (busy ? 1 : 0);
    const room = Math.max(0, MOST - under);
    for (const file of files.slice(0, room)) {
      chosen += 1;
      queue.push(line(file));
    }
    if (files.length > room) tooMany(files.length - room);
    if (!busy && queue.length) work();
  };

  const take = () => {
    add([...input.files]);
    input.value = "";
  };

  // What was typed for all stands in each box that holds nothing else.

  let given = "";
  const giveCredit = () => {
    for (const box of wordsList.querySelectorAll('[name$="-credit"]')) {
      if (!box.value.trim() || box.value === given) box.value = creditAll.value;
    }
  };

  creditAll.addEventListener("input", () => {
    giveCredit();
    given = creditAll.value;
  });

  input.required = false;
  form.querySelector("[data-upload-button]").hidden = true;
  input.addEventListener("change", take);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take();
  });

  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("upload-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("upload-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("upload-over");
    add([...event.dataTransfer.files]);
  });

  window.addEventListener("beforeunload", (event) => {
    if (busy) event.preventDefault();
  });
})();
