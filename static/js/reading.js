// Tells the site once that an article was read: after it has been on the screen for
// four seconds in all. Says what kind of page it was opened from, and nothing about the
// reader; the only cookie it may bring is that of staff, who are not counted.
"use strict";

(() => {
  const article = document.querySelector("[data-reading-url]");
  if (!article) return;

  const NEEDED = 4000;
  let seen = 0;
  let since = null;
  let timer = null;

  const tell = () => {
    document.removeEventListener("visibilitychange", watch);
    const url = article.dataset.readingUrl;
    // Of another site no more than its host, whatever that site lets be known.
    let from = "";
    try {
      from = document.referrer && `${new URL(document.referrer).protocol}//${new URL(document.referrer).host}`;
    } catch {
      // No address: then nothing is known.
    }
    const body = new URLSearchParams({ dari: from });
    if (window.fetch) {
      fetch(url, { method: "POST", keepalive: true, credentials: "same-origin", body }).catch(() => {});
    } else if (navigator.sendBeacon) {
      navigator.sendBeacon(url, body);
    }
  };

  const watch = () => {
    if (document.visibilityState === "visible") {
      if (since === null) {
        since = performance.now();
        timer = setTimeout(tell, NEEDED - seen);
      }
    } else if (since !== null) {
      clearTimeout(timer);
      seen += performance.now() - since;
      since = null;
    }
  };

  document.addEventListener("visibilitychange", watch);
  watch();
})();
