// What a mini-program in strict TypeScript may write against the declarations, and what it may not.
import { init, parseYuan, PayCode, stepRows, type AnxinError, type Case, type InitOptions, type StepRow } from "../types/index";

const options: InitOptions = { packs: ["…", { wasm: "/x.wasm" }, { url: "https://example.test", cache: "x" }] };
const stay: Case = {
  region: "shanwei",
  scheme: "resident",
  visit: { inpatient: { level: "2", discharged: "2026-03-10", bill: { split: { total_fen: parseYuan("20000") } } } },
};

export async function rows(): Promise<StepRow[]> {
  const anxin = await init(options);
  const answer = await anxin.estimate(stay);
  const person: string = answer.settlement.psn_part_amt;
  return person === "0.00" ? [] : stepRows(answer);
}

export function code(failed: AnxinError): string {
  // @ts-expect-error a code does not change
  failed.code = "AX0000";
  return failed.hint;
}

// @ts-expect-error a level that there is not
export const wrong: Case = { ...stay, visit: { inpatient: { level: "9", discharged: "2026-03-10", bill: { split: { total_fen: 1 } } } } };
// @ts-expect-error the server must be able to ask the person
export const silent: InitOptions = { server: { base: "https://example.test" } };
// @ts-expect-error a code is issued by somebody
export const nobody = new PayCode({ changed: () => undefined });
