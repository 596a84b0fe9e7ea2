(function () {
  "use strict";
  var card = document.createElement("div");
  card.className = "card";
  card.setAttribute("aria-hidden", "true");
  card.hidden = true;
  document.body.append(card);

  function add(parent, tag, text) {
    var made = document.createElement(tag);
    made.textContent = text;
    parent.append(made);
  }
  function fill(row) {
    card.textContent = "";
    add(card, "strong", row.querySelector("th").textContent);
    var facts = document.createElement("dl");
    row.querySelectorAll("td").forEach(function (cell) {
      if (!cell.textContent.trim()) return;
      add(facts, "dt", cell.dataset.label);
      var items = cell.querySelectorAll("li");
      if (items.length) items.forEach(function (item) { add(facts, "dd", item.textContent); });
      else add(facts, "dd", cell.textContent.trim());
    });
    card.append(facts);
  }
  function place(link) {
    var box = link.getBoundingClientRect(), edge = 8;
    var x = box.right + edge, y = box.top;
    if (x + card.offsetWidth + edge > innerWidth) x = box.left - card.offsetWidth - edge;
    if (x < edge || box.width > innerWidth / 2) {
      x = Math.min(Math.max(box.left, edge), innerWidth - card.offsetWidth - edge);
      y = box.bottom + edge;
      if (y + card.offsetHeight + edge > innerHeight) y = box.top - card.offsetHeight - edge;
    }
    y = Math.max(edge, Math.min(y, innerHeight - card.offsetHeight - edge));
    card.style.left = Math.max(x, edge) + "px";
    card.style.top = y + "px";
  }
  function same(id, on) {
    document.querySelectorAll("a.topic").forEach(function (link) {
      if (link.getAttribute("href") === id) link.classList.toggle("lit", on);
    });
  }
  function show(event) {
    var link = event.currentTarget, id = link.getAttribute("href");
    var row = document.getElementById(id.slice(1));
    if (!row) return;
    hide();
    same(id, true);
    fill(row);
    card.hidden = false;
    place(link);
  }
  function hide() {
    card.hidden = true;
    document.querySelectorAll("a.lit").forEach(function (link) { link.classList.remove("lit"); });
  }
  document.querySelectorAll("a.topic").forEach(function (link) {
    // The card says more than the browser's own tooltip; with both, one would cover the other.
    var title = link.querySelector(":scope > title");
    if (title) title.remove();
    link.addEventListener("pointerenter", show);
    link.addEventListener("pointerleave", hide);
    link.addEventListener("focus", show);
    link.addEventListener("blur", hide);
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  document.addEventListener("scroll", hide, { passive: true });
})();
