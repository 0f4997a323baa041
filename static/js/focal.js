// Sets a photo's focal point on the picture itself: by a click, by dragging, or by the
// arrow keys; the two number boxes follow it, and it follows them. Shows what crops keep.
"use strict";

(() => {
  const box = document.querySelector("[data-focal]");
  const form = document.querySelector("[data-focal-form]");
  if (!box || !form) return;

  const across = form.elements.focal_x;
  const down = form.elements.focal_y;
  const crops = document.querySelectorAll("[data-focal-crop]");
  const STEPS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };

  const marker = document.createElement("button");
  marker.type = "button";
  marker.className = "focal-marker";
  marker.setAttribute("aria-describedby", "titik-fokus");
  box.append(marker);

  const within = (value) => Math.min(100, Math.max(0, Math.round(value)));
  const read = (field) => (field.value.trim() === "" ? NaN : Number(field.value));

  const show = () => {
    const [x, y] = [read(across), read(down)];
    // What is being typed and is no percentage yet moves nothing.
    if (![x, y].every((value) => value >= 0 && value <= 100)) return;
    marker.style.left = `${x}%`;
    marker.style.top = `${y}%`;
    marker.setAttribute("aria-label", `Titik fokus: ${x} persen dari kiri, ${y} persen dari atas`);
    crops.forEach((crop) => {
      crop.style.objectPosition = `${x}% ${y}%`;
    });
  };

  const set = (x, y) => {
    across.value = within(x);
    down.value = within(y);
    show();
  };

  const point = (event) => {
    const area = box.getBoundingClientRect();
    set(
      ((event.clientX - area.left) / area.width) * 100,
      ((event.clientY - area.top) / area.height) * 100,
    );
  };

  // A finger on the picture may only want to scroll: it drags by the marker alone.
  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.pointerType !== "mouse" && event.target !== marker)) return;
    // Not the browser's own dragging of a picture.
    event.preventDefault();
    box.setPointerCapture(event.pointerId);
    marker.focus({ preventScroll: true });
  });
  box.addEventListener("pointermove", (event) => {
    if (box.hasPointerCapture(event.pointerId)) point(event);
  });
  box.addEventListener("click", (event) => {
    // The keyboard presses a button where no pointer is.
    if (event.detail > 0) point(event);
  });

  marker.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const size = event.shiftKey ? 10 : 1;
    set(read(across) + step[0] * size, read(down) + step[1] * size);
  });

  across.addEventListener("input", show);
  down.addEventListener("input", show);
  box.classList.add("focal-live");
  document.querySelectorAll("[data-focal-crops], [data-focal-hint]").forEach((part) => {
    part.hidden = false;
  });
  show();
})();
