// What a program in strict TypeScript may write against the declarations, and what it may not:
// every `@ts-expect-error` is an error itself when the line below it would be taken.
import { Anxin } from "../../target/js/nodejs/anxin.js";
import type { Answer, AnxinError, Case, PackHeader, Settlement } from "../../target/js/nodejs/anxin.js";

const stay: Case = {
  region: "shanwei",
  scheme: "resident",
  visit: {
    inpatient: {
      level: "2",
      discharged: "2023-06-01",
      bill: { split: { total_fen: 1_000_000, own_expense_fen: 50_000 } },
    },
  },
};

export function pays(anxin: Anxin, pack: Uint8Array): string {
  const header: PackHeader = anxin.load(pack);
  const answer: Answer = anxin.estimate(stay, "zh");
  const settlement: Settlement = answer.settlement;
  const steps: string[] = settlement.steps.map((step) => step.texts?.title ?? step.id);
  return [header.id, settlement.psn_part_amt, ...steps].join("\n");
}

export function grouped(anxin: Anxin, table: Uint8Array): string {
  return new TextDecoder().decode(anxin.groupTable(JSON.stringify({ scheme: "chs-drg-1.1" }), table));
}

export function cheapest(anxin: Anxin): number | null {
  return anxin.compare([stay, { ...stay, scheme: "employee" }]).cheapest;
}

export function refusal(thrown: unknown): string | undefined {
  const error = thrown as AnxinError;
  return error.name === "AnxinError" ? `${error.code} ${error.field}: ${error.accepted}` : undefined;
}

export const anxin = new Anxin();
export const raw: string = anxin.dispatch(JSON.stringify({ call: { regions: {} } }));

// @ts-expect-error There is no such scheme.
anxin.estimate({ ...stay, scheme: "rural" });
// @ts-expect-error A case needs a visit.
anxin.estimate({ region: "shanwei", scheme: "resident" });
// @ts-expect-error Two languages are spoken.
anxin.estimate(stay, "fr");
// @ts-expect-error A pack is bytes.
anxin.load("benefit/441500");
