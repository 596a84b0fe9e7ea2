"use strict";
// The draft of the writing page: counted as one types, kept in this browser only.

(() => {
  const form = document.getElementById("draft");
  if (!form) return;
  const { title, text } = form.elements;
  const key = `xiansuo.draft.${form.dataset.draft}`;
  const counted = form.querySelector("[data-count]");
  const told = form.querySelector("[data-kept]");

  function count() {
    const letters = [...text.value.replace(/\s/g, "")].length;
    counted.textContent = letters;
    counted.classList.toggle("over", letters > Number(form.dataset.longest));
  }

  function keep() {
    try {
      if (title.value || text.value) localStorage.setItem(key, JSON.stringify({ title: title.value, text: text.value }));
      else localStorage.removeItem(key);
    } catch {
      told.textContent = "浏览器不允许保存草稿，请自己存好。";
    }
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  // A title that came with the address begins another draft only where none is there.
  const before = kept();
  const wanted = title.value;
  const other = form.querySelector("[data-other]");
  if (before && (before.text || !title.value)) {
    if (wanted && before.title && before.title !== wanted) {
      other.querySelector("b").textContent = wanted;
      other.hidden = false;
    }
    title.value = before.title || title.value;
    text.value = before.text || "";
  }
  count();
  // By then the form asks for advice by itself.
  document.addEventListener("DOMContentLoaded", () => {
    if (text.value) form.dispatchEvent(new Event("input", { bubbles: true }));
  });

  form.addEventListener("input", () => { count(); keep(); });

  form.querySelector("[data-save]").addEventListener("click", () => {
    const link = page.el("a", { download: `${title.value.trim().slice(0, 40) || "草稿"}.txt` });
    link.href = URL.createObjectURL(new Blob([`${title.value}\n\n${text.value}\n`], { type: "text/plain;charset=utf-8" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  // Comes here once the question of confirm.js was answered with yes.
  document.getElementById("clear").addEventListener("submit", (event) => {
    event.preventDefault();
    title.value = other.hidden ? "" : wanted;
    text.value = "";
    other.hidden = true;
    keep();
    count();
    text.focus();
  });
})();
