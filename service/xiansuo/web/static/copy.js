"use strict";
// What is shown only once, such as a link or a key: copied by a button, or marked to be copied by hand.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.focus();
  field.select();
  let copied = false;
  try {
    // Browsers offer the clipboard only on this machine or over TLS.
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    copied = navigator.clipboard ? true : document.execCommand("copy");
  } catch { /* told below */ }
  button.textContent = copied ? "已复制" : "请按 Ctrl+C 复制";
});
