"use strict";
// Keys: whatever carries data-key="j" is pressed by that key; ? lists those of the page. Never while one types.

(() => {
  const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
  const ways = [["?", "列出快捷键"], ["/", "到搜索框"], ["Esc", "关闭菜单或对话框"]];

  const seen = (each) => each.getClientRects().length > 0 && !each.disabled;
  const keyed = () => [...document.querySelectorAll("[data-key]")].filter(seen);
  const told = (each) => each.dataset.keyLabel || each.getAttribute("aria-label") || each.textContent.trim();

  function help() {
    const dialog = document.getElementById("help");
    const own = new Map(keyed().map((each) => [each.dataset.key, told(each)]));
    dialog.querySelector("dl").replaceChildren(...[...own, ...ways].flatMap(([key, what]) =>
      [page.el("dt", {}, page.el("kbd", {}, key)), page.el("dd", {}, what)]));
    dialog.showModal();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-help]")) help();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      help();
      return;
    }
    if (event.key === "/") {
      const field = [...document.querySelectorAll("input[type=search], [data-search]")].find(seen);
      if (!field) return;
      event.preventDefault();
      field.focus();
      return;
    }
    // Of several with one key, the one inside what has the focus is meant, else the first that stands in no group: what
    // a group lacks must not be done to another.
    const own = keyed().filter((each) => each.dataset.key === event.key);
    const near = event.target instanceof Element ? event.target.closest("[data-keys]") : null;
    const meant = own.find((each) => near && near.contains(each)) || own.find((each) => !each.closest("[data-keys]"));
    if (!meant) return;
    event.preventDefault();
    if (meant.matches("input, textarea, select")) meant.focus();
    else meant.click();
  });
})();
