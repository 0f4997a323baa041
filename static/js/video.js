// Gives each video a button that plays it here. Until it is pressed nothing is asked of
// the video's host; without this script the box is a link to the video.
"use strict";

document.querySelectorAll("[data-video]").forEach((box) => {
  const poster = box.querySelector(".video-poster");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "video-play";
  button.textContent = "Putar video";
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = "Video YouTube";
    frame.width = "640";
    frame.height = "360";
    frame.allow = "fullscreen; autoplay";
    frame.loading = "lazy";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.src = `https://www.youtube-nocookie.com/embed/${box.dataset.video}?autoplay=1`;
    poster.replaceChildren(frame);
    frame.focus();
  });
  poster.append(button);
});
