export { Anxin, init, reset, type Backend, type InitOptions } from "./anxin";
export { AnxinError, OWN_CODES, type OwnCode } from "./errors";
export { formatFen, formatYuan, parseYuan, FEN_MAX } from "./amounts";
export { maskId, maskName, maskPhone } from "./mask";
export { decode as utf8Decode, encode as utf8Encode } from "./utf8";
export { countdown, PayCode, type IssuedCode, type PayCodeOptions, type PayCodeView } from "./paycode";
export { OrderWatch, type OrderOptions } from "./orders";
export {
  dipView, estimateBar, familyView, groupView, quotaView, stepRows, type EstimateBar, type FamilyView, type GroupView, type QuotaView,
  type StepRow,
} from "./view";
export { type ModuleOptions } from "./engine";
export { type PackSource } from "./supply";
export { type Entropy } from "./platform";
export { Http, type Answered, type HttpOptions, type Sending } from "./request";
export { type FallbackQuestion, type ServerOptions } from "./server";
export type * from "./core";
