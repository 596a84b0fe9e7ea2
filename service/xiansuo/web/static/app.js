"use strict";
// What every page does: the session's token on each request, failures told in words, notices, menus.

const page = {
  /** Make an element; children are elements or text, never markup. */
  el(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === true) made.setAttribute(name, "");
      else if (value || value === 0) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child || child === 0));
    return made;
  },

  /** Show a notice above the page; tones: good, warn, bad, info. */
  notice(tone, text, link) {
    const area = document.getElementById("notices");
    const made = page.el("div", { class: `notice tone-${tone}`, role: tone === "bad" ? "alert" : "status" },
      page.el("p", {}, text, link && " ", link && page.el("a", { href: link.href }, link.text)),
      page.el("button", { type: "button", class: "close", "data-dismiss": true, "aria-label": "关闭提示" }, "×"));
    for (const old of [...area.children]) if (old.textContent === made.textContent) old.remove();
    area.append(made);
    made.scrollIntoView({ block: "nearest" });
    return made;
  },

  /** Tell a failure: `problem` is what the service answered, or nothing where it did not answer. */
  failed(problem) {
    const told = problem || { title: "没有连上服务。", advice: "请检查网络，稍后再试。" };
    if (told.code !== "not_signed_in") return page.notice("bad", [told.title, told.advice].filter(Boolean).join(""));
    const then = encodeURIComponent(location.pathname + location.search);
    return page.notice("bad", "登录已到期，请重新登录，以后回到这一页。", { href: `/login?then=${then}`, text: "重新登录" });
  },

  /** The answer of the service to a failed request as a problem, whatever it looks like. */
  problem(status, type, body) {
    if (/\bjson\b/.test(type || "")) {
      try {
        const told = JSON.parse(body);
        if (told && typeof told.title === "string") return told;
      } catch { /* told below */ }
    }
    return { code: "error", title: `服务没有办成这件事（${status}）。`, advice: "请重试；反复出现时请联系管理员。" };
  },

  token() {
    const meta = document.querySelector('meta[name="csrf-token"]');
    return meta ? meta.content : "";
  },

  /** Ask the service for JSON; a failure is told above the page and gives null. */
  async ask(address, options = {}) {
    const headers = { Accept: "application/json", "X-CSRF-Token": page.token(), ...options.headers };
    let answer;
    try {
      answer = await fetch(address, { ...options, headers, credentials: "same-origin" });
    } catch {
      page.failed(null);
      return null;
    }
    if (answer.ok) return answer.json();
    page.failed(page.problem(answer.status, answer.headers.get("content-type"), await answer.text()));
    return null;
  },
};

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = page.token();
});

// A form that comes back with its mistakes marked is shown; a problem is told above the page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const type = xhr.getResponseHeader("content-type") || "";
  if (xhr.status >= 400 && type.startsWith("text/html")) event.detail.shouldSwap = true;
});

document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  const type = xhr.getResponseHeader("content-type") || "";
  if (!type.startsWith("text/html")) page.failed(page.problem(xhr.status, type, xhr.responseText));
});

document.addEventListener("htmx:sendError", () => page.failed(null));
document.addEventListener("htmx:timeout", () => page.failed(null));

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-dismiss]");
  if (close) close.closest(".notice").remove();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A second press of a button must not send a form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    button.setAttribute("aria-busy", "true");
    setTimeout(() => { button.disabled = true; });
    // Where a file comes back the page stays, and so must the button.
    setTimeout(() => { button.disabled = false; button.removeAttribute("aria-busy"); }, 4000);
  }
});
