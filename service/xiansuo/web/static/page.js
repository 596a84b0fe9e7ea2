"use strict";
// The four boxes: each form asks one address of the API and draws the answer below itself. check.js draws reports.

const EXAMPLE = {
  title: "关于破解社区老年食堂运营难题的建议",
  text: "今年以来，我市社区老年食堂开得多、关得也不少。不少站点每天就餐老人不足三十人，一份饭卖十二元，成本要十五六元，承办企业坚持不到一年就想退出。\n" +
    "建议：一是把运营补贴改为按实际就餐人次补；二是由中央厨房统一配送，几个社区合用一个点；三是对失能、高龄老人送餐上门。",
};

/** How many are shown: what fits a look, not all there is. */
const LIMITS = { lookup: 8, topics: 10, suggest: 5 };

/** Make an element; children are elements or plain text, never markup. */
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

const RELATIONS = {
  copy: "文字重复", same_matter: "内容重复", follow_up: "续报", template_swap: "套用换地名",
  same_measures: "建议雷同", related: "同主题", distinct: "不重复",
};
const KINDS = { submission: "来稿", proposal: "提案", report: "专报", reference: "参照材料" };
const PARTS = { situation: "情况问题", causes: "原因", suggestions: "建议" };
const percent = (share) => `${Math.round(share * 100)}%`;
/** Cut by characters: the server counts characters, JavaScript counts UTF-16 units. */
const slice = (characters, span) => characters.slice(span[0], span[1]).join("");

function about(facts) {
  const told = [KINDS[facts.kind], facts.unit || facts.author, facts.date, facts.status].filter(Boolean);
  return [...new Set(told)].join(" · ");
}

function list(items) {
  return el("ul", {}, ...items.map((item) => el("li", {}, item)));
}

function fold(label, ...children) {
  return el("details", {}, el("summary", {}, label), ...children);
}

const draw = {
  check: drawCheck,
  lookup(found) {
    const nothing = found.searched
      ? `档案里没有与“${found.query}”明显相符的材料，不等于没人报过。` : "档案还是空的，说不出报过没有；请先导入历年来稿。";
    const told = found.answered ? found.hits.filter((hit) => hit.fits && !hit.copy_of) : found.hits.slice(0, 3);
    const rest = found.answered ? found.hits.filter((hit) => !hit.fits) : [];
    const copies = (hit) => found.hits.filter((other) => other.copy_of === hit.facts.id).length;
    const head = found.answered ? `找到 ${told.length} 篇` : nothing;
    return [
      el("p", { class: "advice" }, head),
      found.answered || !told.length ? null : el("p", { class: "meta" }, "最接近的几篇，供参考："),
      ...told.map((hit) => el("article", { class: "item" },
        el("h3", {}, hit.facts.title),
        el("p", { class: "meta" }, about(hit.facts), copies(hit) ? ` · 另有 ${copies(hit)} 篇文字相同` : ""),
        el("p", { class: "quote" }, hit.passage))),
      rest.length ? fold(`也许有关（${rest.length} 篇）`, list(rest.map((hit) => `${hit.facts.title}（${about(hit.facts)}）`))) : null,
    ];
  },
  topics(board) {
    const hottest = Math.max(1e-9, ...board.topics.map((topic) => topic.heat));
    const theme = new Map(board.themes.flatMap((each) => each.topics.map((id) => [id, each])));
    const shown = (topic) => board.topics.filter((each) => theme.get(each.id) === theme.get(topic.id));
    return [
      board.topics.length ? el("p", {}, el("a", {
        href: `/api/v1/topics/drawing?format=html&window=${board.window}`, target: "_blank", rel: "noopener",
      }, "热点图、时间线（新窗口）")) : null,
      ...board.notes.map((note) => el("p", { class: "advice" }, note)),
      ...board.topics.map((topic) => el("article", { class: "item" },
        el("h3", {}, topic.pinned ? "★ " : "", topic.name, " ", topic.standing ? el("span", { class: "tag plain" }, topic.standing) : null),
        el("p", {}, "热度 ", bar(topic.heat / hottest), ` ${topic.heat.toFixed(1)}　`,
          `累计 ${topic.size} 篇 · ${topic.voices} 个人或单位　`, spark(topic.monthly)),
        el("p", { class: "meta" }, topic.places.slice(0, 4).join("、"),
          theme.has(topic.id) && shown(topic).length > 1 ? ` · 主题：${theme.get(topic.id).name}` : ""),
        fold("看代表材料和热度怎么算",
          list(topic.representatives.map((each) => `${each.title}（${each.id}）`)),
          el("p", {}, `关键词：${topic.phrases.join("、")}`),
          el("p", {}, `热度 = 人数 ${topic.parts.voices.toFixed(2)} × 增长 ${topic.parts.growth.toFixed(2)}` +
            ` × 地区 ${topic.parts.breadth.toFixed(2)} × 结果 ${topic.parts.outcome.toFixed(2)} × 专一 ${topic.parts.unity.toFixed(2)}`)))),
      el("p", { class: "meta" }, `${board.documents} 篇中：归入热点 ${board.assigned}，暂不归类 ${board.undecided}，单独一事 ${board.isolated}`),
    ];
  },
  suggest(made) {
    return [
      ...made.notes.map((note) => el("p", { class: "advice" }, note)),
      ...made.prompts.map(drawPrompt),
    ];
  },
};

function drawPrompt(prompt) {
  const told = (label, items) => items.length
    ? [el("p", {}, el("b", {}, label)), list(items.map((item) => item.text))] : [];
  return el("article", { class: "item" },
    el("h3", {}, `${prompt.rank}. ${prompt.name} `, el("span", { class: "tag plain" }, `${prompt.focus_label} · ${prompt.spring_label}`)),
    el("p", {}, prompt.titles.map((title) => `《${title}》`).join(" ")),
    el("p", {}, el("b", {}, "角度："), prompt.angle.text),
    ...(prompt.quotes || []).map((quote) =>
      el("p", {}, el("b", {}, `原文（${quote.label}）：`), `“${quote.text}”`)),
    el("p", {}, el("b", {}, "为何现在："), prompt.why_now.map((item) => item.text).join(" ")),
    prompt.theme ? el("p", { class: "meta" }, el("b", {}, "中心工作："), `${prompt.theme.name}　${prompt.theme.clause}`) : null,
    fold("已有什么、还缺什么、要了解什么",
      el("p", {}, el("b", {}, "已有材料")),
      list(prompt.covered.map((each) => `${each.facts.title}（${about(each.facts)}）`)),
      ...told("还没有的", prompt.missing), ...told("要去了解", prompt.find_out),
      ...(prompt.also?.length ? [el("p", {}, el("b", {}, "同一件事")), list(prompt.also)] : []),
      el("p", {}, el("b", {}, "依据")), list(prompt.evidence.map((each) => `${each.title}（${each.id}）`))),
    fold(`为什么推荐（得分 ${prompt.score.toFixed(2)}，新颖度 ${prompt.novelty.toFixed(2)}）`,
      list(prompt.parts.map((part) => `${part.label} ${part.value.toFixed(2)}：${part.why}`))));
}

function bar(share) {
  const fill = el("i", {});
  fill.style.width = percent(Math.min(1, share));
  return el("span", { class: "bar", "aria-hidden": "true" }, fill);
}

/** Draw the counts of the twelve months that end with the board's as a small line. */
function spark(monthly) {
  const year = monthly.slice(-12);
  const counts = year.map(([, count]) => count);
  const told = `${year[0][0]} 至 ${year[year.length - 1][0]} 每月篇数：${counts.join("、")}`;
  const top = Math.max(1, ...counts);
  const points = counts.map((count, i) => `${(i * 88) / (counts.length - 1) + 1},${21 - (count * 19) / top}`).join(" ");
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [name, value] of Object.entries({ class: "spark", width: 90, height: 22, role: "img", "aria-label": told })) {
    svg.setAttribute(name, value);
  }
  const line = document.createElementNS(space, "polyline");
  line.setAttribute("points", points);
  const title = document.createElementNS(space, "title");
  title.textContent = told;
  svg.append(title, line);
  return svg;
}

async function ask(name, form) {
  const fields = Object.fromEntries(new FormData(form));
  const request = name === "check"
    ? fetch("/api/v1/check", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields) })
    : fetch(`/api/v1/${name}?${new URLSearchParams({ ...fields, limit: LIMITS[name] })}`);
  const response = await request;
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.title}${answer.advice || ""}`);
  return answer;
}

for (const form of document.querySelectorAll("form[data-ask]")) {
  const out = form.parentElement.querySelector(".out");
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    out.replaceChildren(el("p", { class: "meta" }, "正在查……"));
    try {
      const answer = await ask(form.dataset.ask, form);
      out.replaceChildren(...draw[form.dataset.ask](answer).filter(Boolean));
    } catch (error) {
      const text = error instanceof TypeError ? "连不上服务，请确认它还在运行。" : error.message;
      out.replaceChildren(el("p", { class: "trouble", role: "alert" }, text));
    } finally {
      button.disabled = false;
    }
  });
}

document.querySelector("[data-example]").addEventListener("click", (event) => {
  const form = event.target.closest("form");
  for (const [name, value] of Object.entries(EXAMPLE)) form.elements[name].value = value;
});

installPast(document.querySelector("[data-past]"));
