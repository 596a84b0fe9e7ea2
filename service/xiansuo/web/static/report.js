"use strict";
// A report: the slider and its number say the same, and keys act on the match that has the focus.

(() => {
  const OWN = /^[arujk1-7]$/;
  const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");

  // Before htmx looks at the form, which carries the slider's value only.
  document.addEventListener("input", (event) => {
    const other = event.target.dataset && document.getElementById(event.target.dataset.mirror || "");
    if (other && event.target.value !== "" && event.target.validity.valid) other.value = event.target.value;
  }, true);

  function firstSeen() {
    const matches = [...document.querySelectorAll(".match[data-keys]")];
    return matches.find((each) => each.getBoundingClientRect().bottom > 120) || matches[matches.length - 1];
  }

  // Where no match has the focus, a key chooses one first: nobody should decide on what they do not look at.
  document.addEventListener("keydown", (event) => {
    if (!OWN.test(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const match = event.target instanceof Element ? event.target.closest(".match[data-keys]") : null;
    const meant = match && match.querySelector(`[data-key="${event.key}"]`);
    if (meant && !(meant.matches("a") && !document.querySelector(meant.hash))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const chosen = match ? null : firstSeen();
    if (chosen) {
      chosen.focus({ preventScroll: true });
      chosen.scrollIntoView({ block: "start" });
    }
  }, true);

  // The keyboard must not lose its place when a card is put in again.
  let place = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    place = event.detail.target.matches(".match") ? event.detail.target.id : "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    const card = place && document.getElementById(place);
    place = "";
    if (card && !card.contains(document.activeElement)) card.focus({ preventScroll: true });
  });
})();
