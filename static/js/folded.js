// With room for it, the section that most texts need stands open; on a touch screen it
// stays folded like the others, so that title, text, photo and date come first.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  if (window.matchMedia("(pointer: coarse)").matches) return;
  document.querySelectorAll(".module.often details").forEach((section) => {
    section.open = true;
  });
});
