// The photos of one article that are on their way: each is kept on the device until the
// server has answered and the form holds its address, so that a reload, a closed tab or a
// dead battery starts it again. Kept with the text that they belong to (drafts.js), and
// sent by uploads.js; body-photos.js and cover.js show them.
"use strict";

window.pendingPhotos = (() => {
  const LONGEST = 14 * 24 * 60 * 60 * 1000;
  // A text thrown away can be taken back while its page is open; then its photos go too.
  const ORPHANED = 24 * 60 * 60 * 1000;

  const change = window.deviceStore("foto-belum-terkirim", "photos", "id");
  const jobs = new Set();
  const takers = {};
  let home = { user: "", draft: "" };
  let waiting = [];

  const stored = async () => {
    let found = [];
    await change((photos) => {
      photos.getAll().onsuccess = (event) => {
        found = event.target.result;
      };
    });
    return found.sort((one, other) => one.at - other.at);
  };

  const keep = (record) => change((photos) => photos.put(record));
  const drop = (id) => change((photos) => photos.delete(id));

  const tell = () => {
    const told = waiting;
    waiting = [];
    for (const resolve of told) resolve();
  };

  // One after another: a phone's memory holds one large photo at a time, and over a bad
  // signal the first is whole before the next is begun.
  const oneByOne = () => {
    let last = Promise.resolve();
    return (act) => {
      const turn = last.then(act);
      last = turn.catch(() => undefined);
      return turn;
    };
  };
  const whenShrinking = oneByOne();
  const whenSending = oneByOne();

  // State: "queued", "preparing", "sending" (with a share of 1), "waiting" and "refused" (with a
  // sentence), "done" (with the photo), "gone". Each step is a "step" event.
  class Job extends EventTarget {
    constructor(record) {
      super();
      Object.assign(this, record);
      this.state = "queued";
      this.share = 0;
      this.sentence = "";
      this.isKept = true;
      this.stopper = new AbortController();
    }

    get record() {
      const { id, place, at, name, blob, isSmall, words } = this;
      return { ...home, id, place, at, name, blob, isSmall, words };
    }

    step(state, more = {}) {
      Object.assign(this, { state }, more);
      this.dispatchEvent(new Event("step"));
      tell();
    }

    async run() {
      const { signal } = this.stopper;
      try {
        if (!this.isSmall) await whenShrinking(() => this.shrink());
        const photo = await whenSending(() => this.send());
        this.step("done", { photo });
      } catch (error) {
        if (signal.aborted) return;
        drop(this.id);
        this.step("refused", { sentence: error.message });
      }
    }

    async shrink() {
      const { signal } = this.stopper;
      signal.throwIfAborted();
      this.step("preparing");
      // Kept once it is small: a phone that runs out of memory over a large photo would
      // do so again at each return.
      this.blob = await window.photoUploads.shrink(this.blob);
      this.isSmall = true;
      signal.throwIfAborted();
      this.isKept = await keep(this.record);
      this.step("queued");
    }

    send() {
      const { signal } = this.stopper;
      signal.throwIfAborted();
      this.step("sending");
      return window.photoUploads.send(this.blob, {
        signal,
        onProgress: (share) => this.step("sending", { share }),
        onWait: (sentence) => this.step("waiting", { sentence }),
      });
    }

    // What a person writes of a photo while it is still on its way is kept with it.
    describe(words) {
      this.words = { ...this.words, ...words };
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        if (jobs.has(this) && this.isSmall) keep(this.record);
      }, 300);
    }

    // The form holds the photo's address now; the text is kept within a second.
    placed() {
      if (!jobs.delete(this)) return;
      setTimeout(() => drop(this.id), 3000);
      tell();
    }

    discard() {
      this.stopper.abort();
      jobs.delete(this);
      drop(this.id);
      this.step("gone");
    }
  }

  const start = (record) => {
    const job = new Job(record);
    jobs.add(job);
    job.run();
    return job;
  };

  const begin = (file, { place, words = {} }) => {
    const id = crypto.randomUUID();
    const made = { id, place, at: Date.now(), name: file.name || "foto", blob: file, words };
    return start({ ...made, isSmall: false });
  };

  // Who shows the photos of a place that an earlier visit left behind.
  const take = (place, taker) => {
    takers[place] = taker;
  };

  const adopt = async (draft) => {
    for (const found of await stored()) {
      if (found.user !== home.user || found.draft !== draft) continue;
      if ([...jobs].some((job) => job.id === found.id)) continue;
      const record = { ...found, ...home };
      await keep(record);
      takers[found.place]?.(start(record));
    }
  };

  const open = async (user, draft) => {
    home = { user, draft };
    const drafts = (await window.unsent.all(user)).map((record) => record.id);
    for (const { id, at, ...photo } of await stored()) {
      const orphaned = photo.user === user && ![draft, ...drafts].includes(photo.draft);
      if (Date.now() - at > (orphaned ? ORPHANED : LONGEST)) drop(id);
    }
    await adopt(draft);
  };

  // The form is to hold another text: its photos stay with the one that is set aside.
  const leave = async (draft) => {
    for (const job of [...jobs]) {
      job.stopper.abort();
      jobs.delete(job);
      if (job.state !== "refused") await keep({ ...job.record, draft });
      job.step("gone");
    }
  };

  const ids = () => [...jobs].map((job) => job.id);
  const refused = () => [...jobs].some((job) => job.state === "refused");
  const held = () => [...jobs].find((job) => job.state === "waiting")?.sentence || "";
  const next = () =>
    new Promise((resolve) => {
      waiting.push(resolve);
    });

  return { begin, take, open, adopt, leave, ids, refused, held, next };
})();
