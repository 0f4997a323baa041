// The editor's two habits of ours: what is pasted or dropped is cleaned before the engine
// parses it (paste.js), and a picture that was just uploaded asks for its words.
"use strict";

window.ckeditorRegisterCallback("id_body", (editor) => {
  editor.editing.view.document.on(
    "clipboardInput",
    (event, data) => {
      const transfer = data.dataTransfer;
      const read = transfer.getData.bind(transfer);
      transfer.getData = (type) => {
        const found = read(type);
        if (found && type === "text/html") return window.pasted.html(found);
        if (found && type === "text/plain") return window.pasted.text(found);
        return found;
      };
    },
    { priority: "highest" },
  );

  editor.plugins.get("ImageUploadEditing").on(
    "uploadComplete",
    (event, { imageElement }) => {
      // Several at once would take the form from one another: each gets its caption, and
      // the form opens for the one that came last.
      editor.model.change((writer) => writer.setSelection(imageElement, "on"));
      const caption = editor.commands.get("toggleImageCaption");
      if (caption.isEnabled && !caption.value) caption.execute();
      editor.ui.componentFactory.create("imageTextAlternative").fire("execute");
    },
    { priority: "lowest" },
  );
});
