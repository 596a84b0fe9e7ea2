"use strict";
// Charts: <div class="chart" data-src> asks for an ECharts option and draws it in the page's own colours.

(() => {
  const drawn = new Map();
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const colours = ["#9e2a2b", "#1d5b8f", "#8a6100", "#1f6b3a", "#6b3fa0", "#0f6674", "#8c4a1f", "#4a5568"];
  const type = getComputedStyle(document.body).fontFamily;

  /** What makes every chart one of this page's; an HTML tooltip would need inline styles, which the page forbids. */
  function dressed(option) {
    return {
      color: colours,
      animation: !still.matches,
      ...option,
      textStyle: { fontFamily: type, color: "#23272e", ...option.textStyle },
      tooltip: { confine: true, ...option.tooltip, renderMode: "richText" },
      aria: { enabled: false },
    };
  }

  function failed(place, text) {
    place.classList.add("failed");
    place.removeAttribute("role");
    place.replaceChildren(page.el("p", {}, text));
  }

  function follow(event) {
    const link = event.data && event.data.link;
    // Own pages only: what is in a chart comes from the archive.
    if (typeof link === "string" && /^\/(?!\/)/.test(link)) window.location.assign(link);
  }

  async function draw(place) {
    if (drawn.has(place)) return;
    drawn.set(place, null);
    place.setAttribute("aria-busy", "true");
    const option = await page.ask(place.dataset.src);
    place.removeAttribute("aria-busy");
    if (!option) {
      failed(place, "图没有取到，请重试，或看表格。");
      return;
    }
    if (option.empty) {
      failed(place, option.empty);
      return;
    }
    const chart = echarts.init(place, null, { renderer: "canvas", locale: "ZH" });
    chart.setOption(dressed(option));
    chart.on("click", follow);
    drawn.set(place, chart);
  }

  function drawAll() {
    for (const [place, chart] of drawn) {
      if (place.isConnected) continue;
      if (chart) chart.dispose();
      drawn.delete(place);
    }
    document.querySelectorAll(".chart[data-src]").forEach(draw);
  }

  let waiting = 0;
  function fit() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => drawn.forEach((chart) => chart && chart.resize()));
  }

  window.addEventListener("resize", fit);
  window.addEventListener("beforeprint", () => drawn.forEach((chart) => chart && chart.resize()));
  document.addEventListener("htmx:afterSettle", drawAll);
  // Deferred scripts run before this event, so that page.ask is there.
  document.addEventListener("DOMContentLoaded", drawAll);
})();
