// Tells the site once that an article was read: after it has been on the screen for
// four seconds in all. Sends no cookie and nothing about the reader.
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
    if (window.fetch) {
      fetch(url, { method: "POST", keepalive: true, credentials: "omit" }).catch(() => {});
    } else if (navigator.sendBeacon) {
      navigator.sendBeacon(url);
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
