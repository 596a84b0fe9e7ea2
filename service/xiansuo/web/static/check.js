"use strict";
// The check box: a report with its coloured draft, cut again as the threshold moves, and the checks made before.
// page.js lends it el(), list(), fold(), bar() and the words; decisions.js the editor's part.

const STATUS = { confirmed: "（很高，请过目）", suggested: "（请编辑判断）", none: "（供参考）" };
const LEVELS = { high: "红", some: "橙" };
/** Time without a move after which the slider asks, in milliseconds. */
const PAUSE = 120;

/** Draw a report. Its head and body follow the threshold; the controls stay, so that the slider keeps the focus. */
function drawCheck(report) {
  const head = el("div", { class: "head" });
  const body = el("div", {});
  const show = (cut) => {
    const open = new Set([...body.querySelectorAll("details[open]")].map((each) => each.dataset.key));
    head.replaceChildren(...drawHead(cut).filter(Boolean));
    body.replaceChildren(...drawBody(cut).filter(Boolean));
    for (const each of body.querySelectorAll("details[data-key]")) if (open.has(each.dataset.key)) each.open = true;
  };
  show(report);
  for (const each of body.querySelectorAll('details[data-key="draft"]')) each.open = true;
  return [head, drawControls(report, show), body];
}

function drawHead(report) {
  return [
    el("p", { class: "advice" }, report.advice),
    report.reasons.length ? list(report.reasons) : null,
    ...report.notes.map((note) => el("p", { class: "meta" }, note)),
    el("p", { class: "meta" }, `《${report.title}》　${report.day}　编号 ${report.run}`),
    el("p", { class: "meta" }, `与 ${report.compared} 篇比对，列出 ${report.matches.length} 篇　相同文字共 ${percent(report.copied_share)} `,
      report.copied_share ? bar(report.copied_share) : null),
  ];
}

/** The slider and the files; both speak of the check as it was kept. */
function drawControls(report, show) {
  const address = `/api/v1/checks/${encodeURIComponent(report.run)}`;
  const slider = el("input", { type: "range", min: "0", max: "1", step: "0.05", value: report.threshold || 0 });
  const told = el("output", {});
  const files = { docx: "下载 Word", html: "下载网页" };
  const links = Object.entries(files).map(([format, label]) => [format, el("a", { download: "" }, label)]);
  const quoted = el("input", { type: "checkbox" });
  quoted.checked = report.without_quoted;
  const cut = () => ({
    ...(Number(slider.value) ? { threshold: slider.value } : {}), ...(quoted.checked ? { without_quoted: "true" } : {}),
  });
  const tell = () => {
    told.textContent = Number(slider.value) ? `${percent(slider.value)} 以上` : "全部";
    for (const [format, link] of links) link.href = `${address}/export?${new URLSearchParams({ format, ...cut() })}`;
  };
  let asked = 0;
  let timer;
  const again = () => {
    tell();
    clearTimeout(timer);
    const mine = ++asked;
    timer = setTimeout(async () => {
      try {
        const answer = await askChecks(`/${encodeURIComponent(report.run)}?${new URLSearchParams(cut())}`);
        if (mine === asked) show(answer);
      } catch (error) {
        told.textContent = error instanceof TypeError ? "连不上服务" : error.message;
      }
    }, PAUSE);
  };
  slider.addEventListener("input", again);
  quoted.addEventListener("change", again);
  tell();
  return el("div", { class: "controls" },
    el("label", {}, "只看应当过目的可能性 ", slider, told),
    el("label", {}, quoted, " 《》里的文件名不计"),
    el("span", { class: "files" }, ...links.map(([, link]) => link)));
}

function drawBody(report) {
  const mine = Array.from(report.text);
  const places = new Map(report.matches.map((match, i) => [match.facts.id, i + 1]));
  const fresh = report.new.map((span) => slice(mine, span).trim());
  return [
    report.matches.length ? drawDraft(report, mine, places) : null,
    fresh.length ? keyed("new", `新在何处（${fresh.length} 句是列出的材料里都没有的）`, list(fresh)) : null,
    report.matches.length ? editorLine() : null,
    ...report.matches.map((match, i) => withDecision(drawMatch(match, mine, i + 1), match, report)),
  ];
}

/** The draft with the usual colours; a colour is told in words too. */
function drawDraft(report, mine, places) {
  const telling = report.matches.filter((match) => !match.decision || match.decision.verdict !== "rejected");
  const copied = united(telling.flatMap((match) => match.evidence.runs));
  const paragraphs = report.paragraphs.map((each) => {
    const level = LEVELS[each.level];
    const place = places.get(each.match);
    return el("p", { class: `paragraph ${each.level}` },
      level ? el("a", { class: "share", href: `#match-${place}` }, `${level} ${percent(each.copied_share)} 见 ${place}`) : null,
      ...marked(mine, each.span, copied));
  });
  return keyed("draft", "本稿着色", el("p", { class: "legend" },
    el("i", { class: "high" }), "红色，七成以上相同　", el("i", { class: "some" }), "橙色，四成到七成　",
    el("mark", {}, "下划线"), "，一字不差处；套话不算"), el("div", { class: "draft" }, ...paragraphs));
}

function drawMatch(match, mine, place) {
  const theirs = Array.from(match.text);
  const { evidence, judgement, facts } = match;
  const rows = evidence.pairs.map((pair) => el("tr", {},
    el("td", {}, PARTS[pair.part]),
    el("td", {}, ...marked(mine, pair.draft, evidence.runs)),
    el("td", {}, ...marked(theirs, pair.earlier, evidence.earlier_runs))));
  const fresh = evidence.new.map((span) => slice(mine, span));
  const same = match.same_author ? "同一作者" : match.same_unit ? "同一单位" : "";
  return el("article", { class: "item", id: `match-${place}` },
    el("h3", {}, `${place}. `, el("span", { class: `tag ${judgement.relation}` }, RELATIONS[judgement.relation]), facts.title,
      same ? el("span", { class: "tag plain same" }, same) : null),
    el("p", { class: "meta" }, about(facts)),
    match.outcomes.length ? list(match.outcomes) : null,
    el("p", {}, `把握 ${percent(judgement.probability)}${STATUS[judgement.status]}　`, judgement.reasons.join("；"), `　相同文字 ${percent(evidence.copied_share)} `,
      evidence.copied_share ? bar(evidence.copied_share) : null),
    rows.length ? keyed(`pairs ${facts.id}`, `逐句对照（${rows.length} 句）`, el("table", {},
      el("thead", {}, el("tr", {}, el("th", {}, "部分"), el("th", {}, "本稿"), el("th", {}, "原文"))),
      el("tbody", {}, ...rows))) : null,
    fresh.length ? keyed(`new ${facts.id}`, `原文没有的内容（${fresh.length} 句）`, list(fresh)) : null);
}

/** A fold that stays open when the report is drawn again. */
function keyed(key, label, ...children) {
  const made = fold(label, ...children);
  made.dataset.key = key;
  return made;
}

/** A part of a text with its copied runs marked; spans count characters. */
function marked(characters, [start, end], runs) {
  const made = [];
  let at = start;
  while (end > start && !characters[end - 1].trim()) end -= 1;
  for (const [low, high] of runs) {
    const from = Math.max(low, at);
    const to = Math.min(high, end);
    if (from >= to) continue;
    made.push(slice(characters, [at, from]), el("mark", {}, slice(characters, [from, to])));
    at = to;
  }
  return [...made, slice(characters, [at, end])];
}

/** Make one run of those that touch or overlap, in order. */
function united(runs) {
  const found = [];
  for (const [start, end] of [...runs].sort((a, b) => a[0] - b[0])) {
    const last = found[found.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
}

async function askChecks(address) {
  const response = await fetch(`/api/v1/checks${address}`);
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.title}${answer.advice || ""}`);
  return answer;
}

/** The checks made before, read when their list is opened. */
function installPast(past) {
  const out = past.closest(".box").querySelector(".out");
  const shown = past.querySelector("div");
  const tell = (error) => el("p", { class: "trouble", role: "alert" },
    error instanceof TypeError ? "连不上服务，请确认它还在运行。" : error.message);
  past.addEventListener("toggle", async () => {
    if (!past.open) return;
    try {
      const found = await askChecks("");
      shown.replaceChildren(found.length ? el("ul", {}, ...found.map(entry)) : el("p", { class: "meta" }, "还没有查过重。"));
    } catch (error) {
      shown.replaceChildren(tell(error));
    }
  });

  function entry(each) {
    const button = el("button", { type: "button", class: "link" }, each.title);
    button.addEventListener("click", async () => {
      try {
        out.replaceChildren(...drawCheck(await askChecks(`/${encodeURIComponent(each.run)}`)));
        past.open = false;
        out.scrollIntoView({ block: "nearest" });
      } catch (error) {
        out.replaceChildren(tell(error));
      }
    });
    return el("li", {}, button, el("span", { class: "meta" }, ` ${each.day}　${each.advice}`));
  }
}
