// What was typed on this device and has not reached the server: one record for each
// form that was opened, seen by the person who typed it only, dropped after two weeks.
// drafts.js keeps and offers the records on the form; the desk lists them.
"use strict";

// One store of one database on the device, as a function that does one act on it and
// resolves to whether the device did it: it may be full, or refuse.
window.deviceStore = (database, store, keyPath) => {
  // IndexedDB, since Chromium writes localStorage to the disk up to a minute late.
  const open = new Promise((resolve, reject) => {
    const asked = indexedDB.open(database, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

  return async (act) => {
    try {
      const opened = await open;
      await new Promise((resolve, reject) => {
        const work = opened.transaction(store, "readwrite", { durability: "strict" });
        work.oncomplete = resolve;
        work.onabort = () => reject(work.error);
        act(work.objectStore(store));
      });
      return true;
    } catch {
      return false;
    }
  };
};

window.unsent = (() => {
  const LONGEST = 14 * 24 * 60 * 60 * 1000;
  const change = window.deviceStore("belum-terkirim", "records", ["user", "id"]);

  const keep = (record) =>
    change((records) => {
      records.put(record);
      // Not to be given up when the page is left before it is done.
      records.transaction.commit();
    });

  const drop = ({ user, id }) => change((records) => records.delete([user, id]));

  const all = async (user) => {
    let found = [];
    await change((records) => {
      records.getAll().onsuccess = (event) => {
        found = event.target.result.filter((record) => record.user === user);
      };
    });
    return found.sort((one, other) => other.at - one.at);
  };

  // The server names in a cookie each text that it has saved, and the moment that text
  // was kept here; what was typed after that moment stays, now the saved article's.
  const confirmed = () =>
    document.cookie
      .split("; ")
      .map((cookie) => cookie.match(/^tersimpan-([0-9a-f-]{36})=(\d+)\.(\d+)\.(\d+)$/))
      .filter(Boolean);

  const settle = async (home) => {
    const saved = confirmed();
    const done = await change((records) => {
      records.getAll().onsuccess = (event) => {
        for (const record of event.target.result) {
          const key = [record.user, record.id];
          const [, , article, revision, at] = saved.find((said) => said[1] === record.id) || [];
          if (Date.now() - record.at > LONGEST || record.at <= Number(at)) {
            records.delete(key);
          } else if (article) {
            records.put({ ...record, article, base: Number(revision), formKey: "" });
          }
        }
      };
    });
    for (const [, id] of done ? saved : []) {
      document.cookie = `tersimpan-${id}=; path=${home}; max-age=0`;
    }
  };

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  const button = (className, label, about, act) => {
    const made = element("button", className, label);
    made.type = "button";
    made.append(element("span", "visually-hidden", ` ${about}`));
    made.addEventListener("click", act);
    return made;
  };

  const paragraphs = (html) => {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const blocks = "p, li, h2, h3, h4, td, th, pre, figcaption";
    const found = [...body.querySelectorAll(blocks)].filter(
      (block) => !block.querySelector(blocks),
    );
    return (found.length ? found : [body]).map((block) => block.textContent.trim());
  };

  // One record as an item of a list: its title, when it was typed, its words, and what
  // may be done with it. Thrown away by mistake, it can be taken back.
  const entry = (record, { href = "", note = "", use = null } = {}) => {
    const title = (record.fields.title || "").trim() || "Tanpa judul";
    const heading = element("span", "card-title", title);
    const item = element("li", "card");
    if (href) {
      const link = element("a", "", heading);
      link.href = href;
      item.append(link);
    } else {
      item.append(heading);
    }
    const time = new Intl.DateTimeFormat("id", { dateStyle: "long", timeStyle: "short" });
    item.append(element("p", "card-meta", `Diketik ${time.format(record.at)}`));
    if (note) item.append(element("p", "card-note", note));
    if (record.photos) {
      const photos = `${record.photos} foto menunggu dikirim; terkirim sendiri bila tulisan ini dipakai.`;
      item.append(element("p", "card-meta", photos));
    }
    const words = [record.fields.lead || "", ...paragraphs(record.fields.body || "")]
      .filter(Boolean)
      .map((text) => element("p", "", text));
    if (words.length) {
      const summary = element("summary", "", "Baca tulisan itu");
      item.append(element("details", "", summary, ...words));
    }
    const buttons = element("p", "unsent-buttons");
    if (use) {
      buttons.append(button("btn", "Pakai tulisan itu", `“${title}”`, () => use(item)), " ");
    }
    buttons.append(
      button("btn", "Buang", `“${title}”`, async () => {
        if (!(await drop(record))) return;
        const back = button("btn-quiet", "Batalkan", `membuang “${title}”`, async () => {
          if (!(await keep(record))) return;
          const again = entry(record, { href, note, use });
          item.replaceWith(again);
          again.querySelector("button").focus();
        });
        item.replaceChildren(element("p", "card-meta", `“${title}” dibuang. `, back));
        back.focus();
      }),
    );
    item.append(buttons);
    return item;
  };

  return { all, keep, drop, settle, entry };
})();

document.addEventListener("DOMContentLoaded", () => {
  const section = document.querySelector("[data-unsent]");
  if (!section) return;
  const { user, home, add } = section.dataset;
  const list = section.querySelector("[data-unsent-list]");

  const show = async () => {
    await window.unsent.settle(home);
    const records = await window.unsent.all(user);
    list.replaceChildren(
      ...records.map((record) =>
        window.unsent.entry(record, {
          href: record.article ? add.replace(/add\/$/, `${record.article}/change/`) : add,
        }),
      ),
    );
    section.hidden = records.length === 0;
  };

  show();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") show();
  });
});
