// Loads the full editor, a megabyte and a half, when the page wants it: on a phone only
// once someone asks. It knows its addresses from the text area that it is to replace.
"use strict";

window.articleEditor = (() => {
  const NO_ADDRESS =
    /<figure class="image"><img(?![^>]* src=)[^>]*>(?:<figcaption>.*?<\/figcaption>)?<\/figure>/g;
  const place = document.currentScript;
  const editors = {};
  const callbacks = {};
  let bundle;

  window.editors = editors;
  window.ckeditorRegisterCallback = (id, callback) => {
    callbacks[id] = callback;
  };

  const loaded = (element) =>
    new Promise((resolve, reject) => {
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => {
        element.remove();
        reject(new Error(element.src || element.href));
      });
      // Where the stylesheet stood: what comes later in the page decides over it.
      place.before(element);
    });

  const script = (src) => loaded(Object.assign(document.createElement("script"), { src }));

  const loadBundle = async ({ editorStyle, editorBundle, editorLanguage }) => {
    const { ckeditorRegisterCallback: register } = window;
    const link = { rel: "stylesheet", href: editorStyle };
    await Promise.all([
      loaded(Object.assign(document.createElement("link"), link)),
      script(editorBundle).then(() => script(editorLanguage)),
    ]);
    // The bundle brings a table of its own; it would start by itself only earlier.
    Object.assign(window, { editors, ckeditorRegisterCallback: register });
  };

  // A pattern is written in the settings as text between slashes.
  const revived = (key, value) => {
    const pattern = typeof value === "string" && /^\/(.*)\/([gimy]*)$/.exec(value);
    return pattern ? new RegExp(pattern[1], pattern[2]) : value;
  };

  const create = async (box) => {
    // A load that failed is tried again the next time.
    bundle ||= loadBundle(box.dataset).catch((error) => {
      bundle = undefined;
      throw error;
    });
    await bundle;
    const settings = document.getElementById(`${box.id}_script`).textContent;
    const given = box.value;
    const editor = await window.ClassicEditor.create(box, JSON.parse(settings, revived));
    editor.model.document.on("change:data", () => {
      // A picture on its way has no address yet, and comes by itself in a later visit.
      box.value = editor.getData().replace(NO_ADDRESS, "");
    });
    if (editor.plugins.has("WordCount")) {
      const { wordCountContainer } = editor.plugins.get("WordCount");
      document.getElementById(`${box.id}_script-word-count`)?.append(wordCountContainer);
    }
    // Written in the plain box while the editor was being built.
    if (box.value !== given) editor.setData(box.value);
    editors[box.id] = editor;
    callbacks[box.id]?.(editor);
    return editor;
  };

  const loads = {};

  // Asked for twice, it is one editor.
  const load = (box) => {
    // Says to others that the box is no longer the one that is written in.
    box.dataset.processed = "1";
    loads[box.id] ||= create(box).catch((error) => {
      delete loads[box.id];
      delete box.dataset.processed;
      throw error;
    });
    return loads[box.id];
  };

  return { load };
})();
