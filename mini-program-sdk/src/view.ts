// Answers as screens show them: texts and amounts, ready for `setData`. The words are the core's wherever it has them.

import type { Answer, Certainty, DipAnswer, FamilyAnswer, GroupAnswer, Settlement } from "./core";
import { formatFen, formatYuan } from "./amounts";

export interface EstimateBar {
  person: string;
  fund: string;
  total: string;
  /** From … to …, where something was unknown; empty otherwise. */
  range: string;
  certainty: Certainty;
  certaintyText: string;
  /** Share of the fund in whole percent, for the width of a bar. */
  fundPercent: number;
}

export interface StepRow {
  id: string;
  title: string;
  formula: string;
  result: string;
  certaintyText: string;
  /** Titles of the documents that the step's figures are from. */
  clauses: string[];
}

export interface QuotaView {
  owner: string;
  limit: string;
  used: string;
  left: string;
  usedPercent: number;
}

const CERTAINTY: { [certainty in Certainty]: string } = {
  certain: "依据明确",
  derived: "由依据推得",
  uncertain: "依据不够确定",
  unknown: "依据未查到",
};

function fenOf(yuan: string): number {
  return Number(yuan.replace(".", ""));
}

function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.max(0, Math.min(100, Math.round((part / whole) * 100)));
}

export function estimateBar(answer: Answer): EstimateBar {
  const shown = answer.settlement;
  const range = answer.range;
  const [least, most] = range ? [range.least.psn_part_amt, range.most.psn_part_amt] : ["", ""];
  return {
    person: formatYuan(shown.psn_part_amt),
    fund: formatYuan(shown.fund_pay_sumamt),
    total: formatYuan(shown.medfee_sumamt),
    range: least === most ? "" : `${formatYuan(least)} 至 ${formatYuan(most)}`,
    certainty: answer.certainty,
    certaintyText: CERTAINTY[answer.certainty],
    fundPercent: percent(fenOf(shown.fund_pay_sumamt), fenOf(shown.medfee_sumamt)),
  };
}

export function stepRows(answer: Answer, settlement: Settlement = answer.settlement): StepRow[] {
  const titles = new Map<string, string>();
  for (const cite of answer.cites) titles.set(cite.key, cite.number ? `${cite.title}（${cite.number}）` : cite.title);
  return settlement.steps.map((step) => {
    const clauses: string[] = [];
    for (const param of step.params) {
      const title = titles.get(param.cite) || param.cite;
      if (param.role === "applied" && clauses.indexOf(title) < 0) clauses.push(title);
    }
    const texts = step.texts;
    return {
      id: step.id,
      title: texts ? texts.title : step.id,
      formula: texts ? texts.formula : "",
      result: formatFen(step.result_fen),
      certaintyText: step.certainty === "certain" ? "" : CERTAINTY[step.certainty],
      clauses,
    };
  });
}

/** A relative's quota. A quota of nothing is used up. */
export function quotaView(owner: string, limitFen: number, usedFen: number): QuotaView {
  const left = Math.max(0, limitFen - usedFen);
  return {
    owner,
    limit: formatFen(limitFen),
    used: formatFen(usedFen),
    left: formatFen(left),
    usedPercent: limitFen <= 0 ? 100 : percent(usedFen, limitFen),
  };
}

export interface FamilyView {
  verdict: "yes" | "unknown" | "no";
  text: string;
  /** What was looked at and did not pass, or is not known. */
  open: string[];
  then: string[];
}

export function familyView(answer: FamilyAnswer): FamilyView {
  const worded = (all: { text?: string }[]): string[] => all.map((one) => one.text || "").filter((text) => text !== "");
  return {
    verdict: answer.verdict,
    text: answer.text || "",
    open: worded(answer.checks.filter((check) => check.verdict !== "yes")).concat(worded(answer.open)),
    then: worded(answer.then),
  };
}

export interface GroupView {
  code: string;
  name: string;
  text: string;
  /** What has to stand beside every result; empty where there is nothing. */
  notice: string;
  scheme: string;
  reasons: string[];
}

export function groupView(answer: GroupAnswer): GroupView {
  const reasons = answer.reasons.filter((reason) => reason.held && reason.text).map((reason) => reason.text as string);
  return { code: answer.drg.code, name: answer.drg.name || "", text: answer.text || "", notice: "", scheme: answer.scheme.title, reasons };
}

export function dipView(answer: DipAnswer): GroupView {
  const group = answer.group;
  const reasons = answer.candidates.filter((one) => one.fate === "taken" && one.text).map((one) => one.text as string);
  return {
    code: group ? group.code : "",
    name: (group && group.name) || "",
    text: answer.text || "",
    notice: answer.notice || "",
    scheme: answer.scheme.title,
    reasons,
  };
}
