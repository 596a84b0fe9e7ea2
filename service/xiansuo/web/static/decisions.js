"use strict";
// An editor's word on a match: accept, reject, relabel, undo. page.js calls it and lends it el() and RELATIONS.

const EDITOR = "xiansuo.editor";
const VERDICTS = { accepted: "认可", rejected: "不是重复", relabelled: "改判" };

/** The name that the editor gave last on this computer; some browsers keep nothing. */
function editorName(name) {
  try {
    if (name !== undefined) localStorage.setItem(EDITOR, name);
    return localStorage.getItem(EDITOR) || "";
  } catch {
    return name || "";
  }
}

/** The field for the editor's name, once above the matches. */
function editorLine() {
  const field = el("input", { maxlength: "100", autocomplete: "off", placeholder: "判断时记下，如 编辑甲" });
  field.value = editorName();
  field.addEventListener("input", () => {
    field.removeAttribute("aria-invalid");
    editorName(field.value.trim());
  });
  return el("label", { class: "editor" }, "编辑姓名或代号 ", field);
}

/** Put the controls of a match below it; they also show what was decided. */
function withDecision(article, match, report) {
  const group = el("div", { class: "decision", role: "group", "aria-label": `判断：${match.facts.title}` });
  article.append(group);
  drawDecision(group, article, match, report);
  return article;
}

function drawDecision(group, article, match, report) {
  const told = el("span", { class: "meta", role: "status" });
  const decided = match.decision;
  markMatch(article, match);
  if (decided) {
    told.textContent = `编辑已判：${wording(decided)}（${decided.by}，${decided.at.slice(0, 10)}）`;
    group.replaceChildren(told, press("撤销", (by) => undo(decided, by)));
    return;
  }
  const relations = Object.entries(RELATIONS).filter(([name]) => name !== match.judgement.relation);
  const choice = el("select", { "aria-label": "改判成" }, el("option", { value: "" }, "改判成……"),
    ...relations.map(([name, label]) => el("option", { value: name }, label)));
  const relabel = press("改判", (by) => decide(by, "relabelled", choice.value));
  relabel.disabled = true;
  choice.addEventListener("change", () => { relabel.disabled = !choice.value; });
  group.replaceChildren(press("认可", (by) => decide(by, "accepted")),
    press("不是重复", (by) => decide(by, "rejected")), choice, relabel, told);

  function decide(by, verdict, relation) {
    return askDecisions("", {
      run: report.run, title: report.title, text: report.text, date: report.day,
      earlier: match.facts.id, verdict, relation, by,
    });
  }

  /** A button that asks for a decision in the editor's name and draws what came of it. */
  function press(label, ask) {
    const button = el("button", { type: "button", class: "quiet" }, label);
    button.addEventListener("click", async () => {
      const field = group.closest(".out").querySelector(".editor input");
      const by = field.value.trim();
      if (!by) {
        told.textContent = "请先填写编辑姓名或代号。";
        field.setAttribute("aria-invalid", "true");
        field.focus();
        return;
      }
      button.disabled = true;
      try {
        match.decision = await ask(by);
        drawDecision(group, article, match, report);
        group.querySelector(".meta").append("　再查一次，结论和排列随之更新。");
        group.querySelector("button").focus();
      } catch (error) {
        told.textContent = error instanceof TypeError ? "连不上服务，没有记下。" : error.message;
        button.disabled = false;
      }
    });
    return button;
  }
}

function wording(decided) {
  return decided.relation === "distinct" ? VERDICTS[decided.verdict]
    : `${VERDICTS[decided.verdict]}（${RELATIONS[decided.relation]}）`;
}

/** Show the relation that counts; a rejected match steps back. */
function markMatch(article, match) {
  const relation = match.decision ? match.decision.relation : match.judgement.relation;
  const tag = article.querySelector(".tag");
  tag.className = `tag ${relation}`;
  tag.textContent = RELATIONS[relation];
  article.classList.toggle("aside", Boolean(match.decision) && match.decision.verdict === "rejected");
}

/** Undo a decision; the one before it on the same pair, if any, counts again. */
async function undo(decided, by) {
  await askDecisions(`/${decided.id}/undo`, { by });
  const known = await askDecisions(`?limit=100&earlier=${encodeURIComponent(decided.earlier)}`);
  return known.find((each) => each.draft === decided.draft && !each.undone_at) || null;
}

/** Send a decision or its undoing; without a body, read decisions. */
async function askDecisions(address, body) {
  const response = await fetch(`/api/v1/decisions${address}`, body && {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.title}${answer.advice || ""}`);
  return answer;
}
