/** What is thrown when an input is refused. */
export interface AnxinError extends Error {
  name: "AnxinError";
  /** Stable code of the refusal. */
  code: RefusalCode;
  /** Path of the field, `call.estimate.visit.inpatient.bill`; empty for the whole input. */
  field: string;
  /** What is accepted. */
  accepted: string;
}
