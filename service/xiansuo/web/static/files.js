"use strict";
// Frames onto which files are dragged; without this script the file field inside does the same.

(() => {
  const named = (bytes) => bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

  function show(frame) {
    const chosen = [...frame.querySelector("input[type=file]").files];
    frame.querySelector("[data-chosen]").replaceChildren(...chosen.map((file) =>
      page.el("li", {}, file.name, page.el("small", {}, named(file.size)))));
  }

  const within = (event) => event.target instanceof Element ? event.target.closest("[data-drop]") : null;

  // A file let fall beside the frame would be opened by the browser in place of the page and of all that was typed.
  const beside = (event) => {
    if (!document.querySelector("[data-drop]") || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  };

  document.addEventListener("dragover", (event) => {
    const frame = within(event);
    if (!frame) {
      beside(event);
      return;
    }
    event.preventDefault();
    frame.classList.add("over");
  });

  document.addEventListener("dragleave", (event) => {
    const frame = within(event);
    if (frame && !frame.contains(event.relatedTarget)) frame.classList.remove("over");
  });

  document.addEventListener("drop", (event) => {
    const frame = within(event);
    if (!frame) {
      beside(event);
      return;
    }
    event.preventDefault();
    frame.classList.remove("over");
    const field = frame.querySelector("input[type=file]");
    const given = new DataTransfer();
    for (const file of [...event.dataTransfer.files].slice(0, field.multiple ? undefined : 1)) given.items.add(file);
    if (!given.files.length) return;
    field.files = given.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("change", (event) => {
    const frame = within(event);
    if (frame && event.target.type === "file") show(frame);
  });
})();
