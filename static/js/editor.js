// What is pasted or dropped into the editor loses its styles before the editor's engine
// parses it; what a style said in earnest (bold, italic) is said by an element instead.

function withoutStyles(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll("script, style, meta, link, title").forEach((node) => node.remove());
  page.querySelectorAll("b").forEach((node) => {
    // Google Docs wraps everything it copies in a bold that is none.
    if (/font-weight\s*:\s*(normal|400)/.test(node.getAttribute("style") || "")) {
      node.replaceWith(...node.childNodes);
    }
  });
  page.querySelectorAll("span[style]").forEach((node) => {
    const style = node.getAttribute("style");
    const wrap = (name) => {
      const element = page.createElement(name);
      element.append(...node.childNodes);
      node.append(element);
    };
    if (/font-weight\s*:\s*(bold|[6-9]00)/.test(style)) wrap("strong");
    if (/font-style\s*:\s*italic/.test(style)) wrap("em");
  });
  page.querySelectorAll("*").forEach((node) => {
    [...node.attributes].forEach((attribute) => {
      if (attribute.name === "style" || attribute.name.startsWith("on")) {
        node.removeAttribute(attribute.name);
      }
    });
  });
  return page.body.innerHTML;
}

window.ckeditorRegisterCallback("id_body", (editor) => {
  editor.editing.view.document.on(
    "clipboardInput",
    (event, data) => {
      const transfer = data.dataTransfer;
      const read = transfer.getData.bind(transfer);
      transfer.getData = (type) => {
        const found = read(type);
        return type === "text/html" && found ? withoutStyles(found) : found;
      };
    },
    { priority: "highest" },
  );
});
