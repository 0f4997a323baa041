// What is pasted into the editor, made fit for its engine: the styles go, and what they
// said in earnest (bold, italic, Word's lists) is said by elements. The same rules are in
// news/richtext.py, which decides; here they keep the styles from the engine.
"use strict";

window.pasted = (() => {
  const GONE = "script, style, meta, link, title, xml, iframe, object, embed, svg, math, template";
  const KEPT = new Set(
    "href src alt width height colspan rowspan scope start url data-list-item-id".split(" "),
  );
  const FIGURES = ["image", "table", "media"];
  const HEADINGS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" };
  const EMPHASIS = [
    ["strong", /(?:^|;)\s*font-weight\s*:\s*(?:bold|[6-9]00)/i],
    ["em", /(?:^|;)\s*font-style\s*:\s*(?:italic|oblique)/i],
    ["s", /(?:^|;)\s*text-decoration[a-z-]*\s*:[^;]*line-through/i],
  ];
  const NO_EMPHASIS = /(?:^|;)\s*font-(?:weight|style)\s*:\s*(?:normal|400)/i;
  const WORD_ITEM = /(?:^|;)\s*mso-list\s*:\s*(l[0-9]+)\s+level([1-9])/i;
  const WORD_MARKER = /(?:^|;)\s*mso-list\s*:\s*ignore/i;
  const COUNTED = /^\(?(?:([0-9]{1,4})|[a-z]|[ivxlcdm]+)[.)]$/i;

  // Styles are read as text alone: nothing that a style names becomes a property here.
  const styleOf = (node) => node.getAttribute("style") || "";

  const renamed = (node, name) => {
    const other = node.ownerDocument.createElement(name);
    other.append(...node.childNodes);
    node.replaceWith(other);
    return other;
  };

  const emphasise = (node) => {
    EMPHASIS.forEach(([name, pattern]) => {
      if (!pattern.test(styleOf(node))) return;
      const element = node.ownerDocument.createElement(name);
      element.append(...node.childNodes);
      node.append(element);
    });
  };

  // Word writes a list as paragraphs, each with its marker in front.
  const marker = (paragraph) => {
    const shown = [...paragraph.querySelectorAll("[style]")].find((node) =>
      WORD_MARKER.test(styleOf(node)),
    );
    const text = shown ? shown.textContent.replace(/\s/g, "") : "";
    if (shown) shown.remove();
    return COUNTED.exec(text);
  };

  const listWordParagraphs = (page) => {
    let open = []; // of each level: the list, and which of Word's lists it is
    page.querySelectorAll("p[style]").forEach((paragraph) => {
      const found = WORD_ITEM.exec(styleOf(paragraph));
      if (!found) return;
      if (!open.length || paragraph.previousElementSibling !== open[0].list) open = [];
      const counted = marker(paragraph);
      const kind = (counted ? "ol " : "ul ") + found[1];
      const level = Math.min(Number(found[2]), open.length + 1);
      open.length = Math.min(open.length, level);
      if (!open[level - 1] || open[level - 1].kind !== kind) {
        open.length = level - 1;
        const list = page.createElement(counted ? "ol" : "ul");
        if (counted && Number(counted[1]) > 1) list.setAttribute("start", Number(counted[1]));
        if (level > 1) open[level - 2].list.lastElementChild.append(list);
        else paragraph.before(list);
        open.push({ list, kind });
      }
      const item = page.createElement("li");
      item.append(...paragraph.childNodes);
      open[level - 1].list.append(item);
      paragraph.remove();
    });
  };

  const dropAttributes = (node) => {
    const figure = node.localName === "figure" && FIGURES.find((name) => node.classList.contains(name));
    [...node.attributes].forEach((attribute) => {
      if (!KEPT.has(attribute.name)) node.removeAttribute(attribute.name);
    });
    if (figure) node.setAttribute("class", figure);
  };

  const html = (source) => {
    const page = new DOMParser().parseFromString(source, "text/html");
    page.querySelectorAll(GONE).forEach((node) => node.remove());
    page.querySelectorAll("img[src^='file:' i]").forEach((node) => node.remove());
    listWordParagraphs(page);
    page.querySelectorAll("b, strong, i, em").forEach((node) => {
      // Google Docs wraps everything it copies in a bold that is none.
      if (NO_EMPHASIS.test(styleOf(node))) node.replaceWith(...node.childNodes);
    });
    page.querySelectorAll("span[style], font[style], p[style]").forEach(emphasise);
    page.querySelectorAll("p.MsoTitle").forEach((node) => renamed(node, "h2"));
    page.querySelectorAll("h1, h4, h5, h6").forEach((node) => renamed(node, HEADINGS[node.tagName]));
    page.querySelectorAll("*").forEach(dropAttributes);
    return page.body.innerHTML;
  };

  // WhatsApp's marks around words, and its lines before a message. An address comes
  // first, so that no mark is seen within it; a mark inside a word or a sum is none.
  const MARK = new RegExp(
    "(?:https?://|www\\.)\\S*[^\\s*_~]|(?<![\\p{L}\\p{N}_.+-])[\\p{L}\\p{N}_.+-]+@[\\p{L}\\p{N}_]|```([^`]+)```" +
      ["\\*", "_", "~"]
        .map(
          (mark) =>
            `|(?<![\\p{L}\\p{N}_/\\\\@=&?#${mark}])${mark}(?=\\S)([^${mark}\\n]+)(?<=\\S)${mark}(?![\\p{L}\\p{N}_/@=${mark}])`,
        )
        .join(""),
    "gu",
  );
  const FORWARDED = /^[^\S\n]*(?:Diteruskan|Forwarded)(?: berkali-kali| many times)?[^\S\n]*(?:\n|$)/gim;
  const SENDER =
    /^\[(?:[0-9/]{6,10},? [0-9.:]{4,8}|[0-9.:]{4,8}, [0-9/]{6,10})\] [^:\n]{1,60}:[^\S\n]*/gm;

  const unmarked = (text) =>
    text.replace(MARK, (whole, ...groups) => {
      const words = groups.slice(0, 4).find((group) => group !== undefined);
      return words === undefined ? whole : unmarked(words);
    });

  const text = (source) =>
    unmarked(
      source
        .replace(/\r\n?/g, "\n")
        .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "")
        .replace(FORWARDED, "")
        .replace(SENDER, "\n"),
    ).replace(/^\s+|\s+$/g, "");

  return { html, text };
})();
