// Photos on their way to the server over a bad signal: made smaller first, then sent until
// they arrive. The page says where to, by data-photo-upload and data-csrf-cookie on its
// file box. The server names a file by what it holds: sent twice, it is one photo.
"use strict";

window.photoUploads = (() => {
  const LONGEST_SIDE = 3000;
  const SMALL = { "image/jpeg": 1.5e6, "image/png": 2e6, "image/webp": 2e6, "image/gif": 2e6 };
  const QUALITY = 0.85;
  // What an iPhone's and some Android cameras write, by the brand in the first bytes.
  const HEIC_BRANDS = /^ftyp(?:heic|heix|hevc|hevx|heim|heis|mif1|msf1)/;
  const HEIC =
    "Foto ini berformat HEIC, yang belum dapat dibaca di sini. Cara tercepat: kirim foto " +
    "itu lewat WhatsApp kepada diri sendiri, lalu pilih salinannya. Supaya foto berikutnya " +
    "langsung bisa: di iPhone buka Setelan > Kamera > Format > “Paling Kompatibel”; di " +
    "Android matikan “Gambar efisiensi tinggi (HEIF)” di pengaturan kamera.";
  const UNREADABLE = "Foto ini tidak dapat dibaca lagi di perangkat ini. Pilih lagi fotonya.";
  const TOO_LARGE = "Foto ini terlalu besar. Perkecil dahulu, lalu pilih lagi.";
  const NOT_TAKEN = "Server menolak foto ini. Pilih foto lain, JPEG atau PNG.";
  const WAITING = "Menunggu sambungan";
  const SIGNED_OUT =
    "Sesi Anda berakhir. Masuk lagi di tab lain; sesudah itu foto ini terkirim sendiri.";
  const LONGEST_PAUSE = 30_000;
  // A connection over which nothing has moved for so long carries nothing any more.
  const STALLED = 120_000;

  const final = (sentence) => Object.assign(new Error(sentence), { final: true });

  // Making smaller.

  const isHeic = async (file) => {
    if (/hei[cf]/i.test(file.type) || /\.hei[cf]$/i.test(file.name || "")) return true;
    const start = new Uint8Array(await file.slice(4, 12).arrayBuffer());
    return HEIC_BRANDS.test(String.fromCharCode(...start));
  };

  const drawn = (bitmap, scale) => {
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const brush = canvas.getContext("2d");
    brush.imageSmoothingQuality = "high";
    // JPEG has no transparency; what was clear is paper.
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => {
      canvas.toBlob(resolve, "image/jpeg", QUALITY);
    });
  };

  // Resolves to a JPEG within bounds, or to the file itself where that is small enough or
  // the browser cannot read it: then the server decides. HEIC is refused with advice.
  const shrink = async (file) => {
    let bitmap;
    try {
      bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      let heic;
      try {
        heic = await isHeic(file);
      } catch {
        throw final(UNREADABLE);
      }
      if (heic) throw final(HEIC);
      return file;
    }
    const scale = LONGEST_SIDE / Math.max(bitmap.width, bitmap.height);
    try {
      if (scale >= 1 && file.size <= (SMALL[file.type] || 0)) return file;
      const smaller = await drawn(bitmap, Math.min(scale, 1));
      return smaller && (scale < 1 || smaller.size < file.size) ? smaller : file;
    } finally {
      bitmap.close();
    }
  };

  // Sending.

  const place = () => document.querySelector("[data-photo-upload]").dataset;

  // Read anew for each sending: signing in again changes it.
  const csrfToken = () => {
    const start = `${place().csrfCookie}=`;
    const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(start));
    return found ? decodeURIComponent(found.slice(start.length)) : "";
  };

  // One sending: resolves to the photo; rejects finally, or with what to wait for.
  const attempt = (file, { onProgress, signal }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const { photoUpload: address } = place();
      let watch;
      const alive = () => {
        clearTimeout(watch);
        watch = setTimeout(() => request.abort(), STALLED);
      };
      const stop = () => request.abort();
      request.open("POST", address);
      request.setRequestHeader("X-CSRFToken", csrfToken());
      request.responseType = "text";
      request.upload.onprogress = (event) => {
        alive();
        onProgress?.(event.lengthComputable ? event.loaded / event.total : 0);
      };
      request.onloadend = () => {
        clearTimeout(watch);
        signal?.removeEventListener("abort", stop);
        if (signal?.aborted) return reject(signal.reason);
        return judge(request, resolve, reject);
      };
      signal?.addEventListener("abort", stop);
      const body = new FormData();
      body.append("upload", file, file.type === "image/jpeg" ? "foto.jpg" : file.name || "foto");
      alive();
      request.send(body);
    });

  const judge = ({ status, responseURL, responseText }, resolve, reject) => {
    let answer;
    try {
      answer = JSON.parse(responseText);
    } catch {
      answer = null;
    }
    if (status === 200 && answer?.url) return resolve(answer);
    if (answer?.error?.message && status < 500) return reject(final(answer.error.message));
    // The sign-in page in place of an answer, or a token that is of no use any more.
    if (status === 403 || (status === 200 && !responseURL.endsWith(place().photoUpload))) {
      return reject(Object.assign(new Error(SIGNED_OUT), { signedOut: true }));
    }
    if (status === 413) return reject(final(TOO_LARGE));
    if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) {
      return reject(final(NOT_TAKEN));
    }
    return reject(new Error(WAITING));
  };

  // Over as soon as there is a network again, or the person comes back to this page.
  const pause = (time, signal) =>
    new Promise((resolve, reject) => {
      let timer;
      const over = () => {
        clearTimeout(timer);
        window.removeEventListener("online", over);
        window.removeEventListener("focus", over);
        signal?.removeEventListener("abort", over);
        if (signal?.aborted) reject(signal.reason);
        else resolve();
      };
      timer = setTimeout(over, time);
      window.addEventListener("online", over);
      window.addEventListener("focus", over);
      signal?.addEventListener("abort", over);
    });

  // Asked of this page's own address before the whole photo is sent for nothing. Another
  // person's session does not count; one's own brings the form a token that holds.
  const signedIn = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store", redirect: "manual" });
      if (!answer.ok) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const person = (within) => within.querySelector("[data-user]")?.dataset.user;
      if (person(page) !== person(document)) return false;
      const token = "input[name=csrfmiddlewaretoken]";
      const { value } = page.querySelector(token);
      for (const box of document.querySelectorAll(token)) box.value = value;
      return true;
    } catch {
      return false;
    }
  };

  // Resolves to the photo as the server describes it. Tries again until it succeeds, is
  // aborted, or the server refuses with a sentence (`error.final`). `onProgress` gets a
  // share of 1, `onWait` a sentence that says what is being waited for.
  const send = async (file, { onProgress, onWait, signal } = {}) => {
    let time = 1000;
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await attempt(file, { onProgress, signal });
      } catch (error) {
        if (error.final || signal?.aborted) throw error;
        onWait?.(error.message);
        do {
          await pause(time, signal);
          time = Math.min(time * 2, LONGEST_PAUSE);
        } while (!navigator.onLine || (error.signedOut && !(await signedIn())));
      }
    }
  };

  return { shrink, send };
})();
