"use strict";
// As much of a browser as the scripts of the page touch: elements, events, storage, requests.

class Element {
  constructor(tag) {
    this.tag = tag; this.children = []; this.attributes = {}; this.listeners = {}; this.value = ""; this.disabled = false;
    this.classList = { toggle: (name, on) => {
      const kept = (this.attributes.class || "").split(" ").filter((each) => each && each !== name);
      this.attributes.class = (on ? [...kept, name] : kept).join(" ");
    } };
  }
  setAttribute(name, value) { this.attributes[name] = String(value); }
  removeAttribute(name) { delete this.attributes[name]; }
  append(...children) { for (const each of children) { if (each instanceof Element) each.parent = this; this.children.push(each); } }
  replaceChildren(...children) { this.children = []; this.append(...children); }
  addEventListener(name, listener) { this.listeners[name] = listener; }
  get className() { return this.attributes.class || ""; }
  set className(value) { this.attributes.class = value; }
  get textContent() { return this.children.map((each) => each instanceof Element ? each.textContent : each).join(""); }
  set textContent(value) { this.children = [value]; }
  get parentElement() { return this.parent; }
  focus() { document.activeElement = this; }
  is(selector) {
    const [, tag, name] = /^(\w*)(?:\.(\w+))?$/.exec(selector);
    return (!tag || this.tag === tag) && (!name || this.className.split(" ").includes(name));
  }
  all() { return this.children.filter((each) => each instanceof Element).flatMap((each) => [each, ...each.all()]); }
  querySelector(selector) {
    const [first, ...rest] = selector.split(" ");
    const found = this.all().find((each) => each.is(first));
    return rest.length && found ? found.querySelector(rest.join(" ")) : found;
  }
  closest(selector) { return this.is(selector) ? this : this.parent && this.parent.closest(selector); }
}

const document = {
  createElement: (tag) => new Element(tag),
  querySelectorAll: () => [],
  querySelector: () => new Element("button"),
};
const kept = {};
const localStorage = { getItem: (name) => kept[name] ?? null, setItem: (name, value) => { kept[name] = value; } };
const asked = [];
const answers = [];
async function fetch(address, options) {
  asked.push([address, options ? JSON.parse(options.body) : null]);
  const answer = answers.shift();
  if (!answer) throw new TypeError("no network");
  return { ok: !answer.code, json: async () => answer };
}
