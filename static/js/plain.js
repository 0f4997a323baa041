// The body as plain paragraphs in a large box, for a touch screen: what most releases are,
// and quick over a bad signal. The form's own text area, hidden, stays the one that is
// kept and sent. A body that holds more than paragraphs and photos opens in the full
// editor (editor-loader.js), as it does where there is a mouse.
"use strict";

window.plainBody = (() => {
  const MARKUP = /<[a-z/!?]/i;
  const PICTURE = ["src", "alt", "width", "height", "style"];

  const only = (node, name) => node.localName === name && !node.attributes.length;
  const isText = (node) => node.nodeType === Node.TEXT_NODE;

  const lines = (paragraph) =>
    [...paragraph.childNodes].map((node) => (isText(node) ? node.data : "\n")).join("");

  const isParagraph = (node) =>
    only(node, "p") &&
    [...node.childNodes].every((child) => isText(child) || only(child, "br")) &&
    !/\n\s*\n/.test(lines(node).trim());

  const isPicture = (node) => {
    if (node.localName !== "figure" || node.className !== "image") return false;
    const [picture, caption, ...more] = node.childNodes;
    return (
      picture?.localName === "img" &&
      picture.getAttribute("src") &&
      picture.getAttributeNames().every((name) => PICTURE.includes(name)) &&
      (!caption || (only(caption, "figcaption") && [...caption.childNodes].every(isText))) &&
      !more.length
    );
  };

  // A body as text, and its figures with the place that each has among the paragraphs;
  // null for a body that this cannot say.
  const read = (html) => {
    if (!MARKUP.test(html)) return { text: html.trim(), pictures: [] };
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const parts = [];
    const pictures = [];
    for (const node of body.childNodes) {
      if (isParagraph(node)) {
        const text = lines(node).trim();
        if (text) parts.push(text);
      } else if (isPicture(node)) {
        node.firstChild.removeAttribute("style");
        pictures.push({ figure: node, after: parts.length, anchor: parts.at(-1) });
      } else if (!isText(node) || node.data.trim()) {
        return null;
      }
    }
    // After the last paragraph is at the end, however many more are written.
    for (const picture of pictures) {
      if (picture.after === parts.length) picture.after = Infinity;
    }
    return { text: parts.join("\n\n"), pictures };
  };

  const split = (text) =>
    text
      .split(/\n\s*\n/)
      .map((part) =>
        part
          .split("\n")
          .map((line) => line.replace(/\s+/g, " ").trim())
          .filter(Boolean)
          .join("\n"),
      )
      .filter(Boolean);

  // A figure stays behind its paragraph while that is moved, and in its place while that
  // is rewritten.
  const settle = (picture, parts) => {
    if (picture.after === Infinity) return;
    if (picture.after > 0) {
      const at = parts.indexOf(picture.anchor);
      picture.after = Math.min(at < 0 ? picture.after : at + 1, parts.length);
    }
    picture.anchor = parts[picture.after - 1];
  };

  const write = (text, pictures) => {
    const page = document.implementation.createHTMLDocument("");
    const parts = split(text);
    for (const picture of pictures) settle(picture, parts);
    const figuresAt = (after) =>
      pictures
        .filter((picture) => picture.after === after)
        .map((picture) => page.importNode(picture.figure, true));
    page.body.append(...figuresAt(0));
    parts.forEach((part, index) => {
      const paragraph = page.createElement("p");
      part.split("\n").forEach((line, at) => {
        if (at) paragraph.append(page.createElement("br"));
        paragraph.append(line);
      });
      page.body.append(paragraph, ...figuresAt(index + 1));
    });
    page.body.append(...figuresAt(Infinity));
    return page.body.innerHTML;
  };

  // What is pasted loses WhatsApp's marks; a phone's keyboard may paste without saying so.
  const cleanPastes = (box) => {
    const insert = (event, text) => {
      const cleaned = window.pasted.text(text);
      if (cleaned === text.trim()) return;
      event.preventDefault();
      if (document.execCommand("insertText", false, cleaned)) return;
      box.setRangeText(cleaned, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input"));
    };
    box.addEventListener("paste", (event) => {
      insert(event, event.clipboardData.getData("text/plain"));
    });
    box.addEventListener("beforeinput", (event) => {
      const { data, inputType, isComposing } = event;
      if (inputType === "insertText" && !isComposing && data?.length > 40) insert(event, data);
    });
  };

  const grow = (box) => {
    if (CSS.supports("field-sizing", "content")) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  };

  const element = (...parts) => window.photoCards.element(...parts);

  const build = () => {
    const box = element("textarea", "plain-body");
    box.id = "isi-polos";
    box.rows = 9;
    box.setAttribute("aria-describedby", "isi-polos-bantuan");
    const help = element(
      "p",
      "help",
      "Baris kosong memisahkan paragraf. Judul bagian, daftar, tabel, tautan, dan video ada di penyunting lengkap.",
    );
    help.id = "isi-polos-bantuan";
    const full = element("button", "photo-button", "Buka penyunting lengkap");
    full.type = "button";
    const said = element("p", "plain-said");
    said.setAttribute("role", "status");
    const row = element("div", "plain-row", box, help, full, said);
    return { row, box, full, said };
  };

  return { build, cleanPastes, grow, read, write };
})();
