// Completes the topic that is being typed, the last one in a list parted by commas.
// A combobox with a list, as the ARIA patterns describe it; without it, a text box.

function topicBox(input) {
  const box = document.createElement("div");
  const list = document.createElement("ul");
  box.className = "topics-box";
  list.className = "topics-list";
  list.id = `${input.id}-pilihan`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Topik yang sudah ada");
  input.replaceWith(box);
  box.append(input, list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  let asked = 0;

  const close = () => {
    asked += 1;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (name) => {
    const before = input.value.split(",").slice(0, -1).map((part) => part.trim());
    input.value = [...before, name].join(", ") + ", ";
    input.focus();
    close();
  };

  const mark = (option) => {
    for (const other of list.children) {
      other.setAttribute("aria-selected", String(other === option));
    }
    if (option) input.setAttribute("aria-activedescendant", option.id);
  };

  const show = (names) => {
    list.replaceChildren(
      ...names.map((name, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = name;
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          choose(name);
        });
        return option;
      }),
    );
    list.hidden = names.length === 0;
    input.setAttribute("aria-expanded", String(names.length > 0));
  };

  input.addEventListener("input", async () => {
    const typed = input.value.split(",").at(-1).trim();
    if (typed.length < 2) return close();
    asked += 1;
    const mine = asked;
    try {
      const answer = await fetch(
        `${input.dataset.suggestions}?q=${encodeURIComponent(typed)}`,
      );
      const found = answer.ok ? (await answer.json()).names : [];
      if (mine === asked) show(found);
    } catch {
      if (mine === asked) close();
    }
    return undefined;
  });

  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const options = [...list.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") mark(options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") mark(options.at(at <= 0 ? -1 : at - 1));
    else if (event.key === "Enter" && at >= 0) choose(options[at].textContent);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });

  input.addEventListener("blur", close);
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("input[data-suggestions]").forEach(topicBox);
});
