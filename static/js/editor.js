// The editor's habits of ours: what is pasted or dropped is cleaned before the engine
// parses it (paste.js), a picture is sent as every photo is (pending-photos.js), and one
// that has just arrived asks for its words.
"use strict";

window.editorPhotos = (() => {
  const put = (editor, html, where) => {
    const view = editor.data.processor.toView(html);
    editor.model.insertContent(editor.data.toModel(view), where);
  };

  const append = (editor, html) => {
    const root = editor.model.document.getRoot();
    put(editor, html, editor.model.createPositionAt(root, "end"));
  };

  const insert = (editor, html) => {
    put(editor, html);
    editor.focus();
  };

  // Between the editor and the photos on their way. The editor has a bar of its own, and
  // says nothing while that stands still: the line under it does.
  class Adapter {
    constructor(loader, line) {
      Object.assign(this, { loader, line });
    }

    async upload() {
      const { loader } = this;
      this.job = window.pendingPhotos.begin(await loader.file, { place: "body" });
      const { job } = this;
      return new Promise((resolve, reject) => {
        loader.uploadTotal = 1;
        job.addEventListener("step", () => {
          loader.uploaded = job.share;
          this.line.textContent = job.state === "waiting" ? job.sentence : "";
          // Deleted from the text at that moment, it would be waited for in vain.
          if (job.state === "done") setTimeout(() => job.placed(), 3000);
          if (job.state === "done") resolve({ ...job.photo, job, urls: { default: job.photo.url } });
          if (job.state === "gone") reject();
          if (job.state !== "refused") return;
          job.discard();
          reject(job.sentence);
        });
      });
    }

    abort() {
      this.job?.discard();
    }
  }

  const take = (editor) => {
    const line = window.photoCards.element("p", "plain-said");
    line.setAttribute("role", "status");
    editor.sourceElement.closest(".ck-editor-container").append(line);
    editor.plugins.get("FileRepository").createUploadAdapter = (loader) =>
      new Adapter(loader, line);
  };

  return { append, insert, take };
})();

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

  window.editorPhotos.take(editor);

  editor.plugins.get("ImageUploadEditing").on(
    "uploadComplete",
    (event, { imageElement, data: { job } }) => {
      job.placed();
      const { alt, caption: words } = window.photoCards.wordsOf(job.photo);
      // Several at once would take the form from one another: each gets its caption, and
      // the form opens for the one that came last.
      editor.model.change((writer) => writer.setSelection(imageElement, "on"));
      const caption = editor.commands.get("toggleImageCaption");
      if (caption.isEnabled && !caption.value) caption.execute();
      const box = [...imageElement.getChildren()].find((child) => child.is("element", "caption"));
      editor.model.change((writer) => {
        if (alt) writer.setAttribute("alt", alt, imageElement);
        if (words && box?.isEmpty) writer.insertText(words, box);
      });
      editor.ui.componentFactory.create("imageTextAlternative").fire("execute");
    },
    { priority: "lowest" },
  );
});
