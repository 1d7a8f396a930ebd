// A pay code on the screen: it counts down by the server's clock, is gone as soon as the page is hidden, and is kept nowhere.

import { AnxinError, failure } from "./errors";
import { host } from "./platform";

/** A code as the server gives it. Instants are milliseconds since 1970. */
export interface IssuedCode {
  payload: string;
  expiresAt: number;
  /** The server's clock when it answered: the device's may be wrong. */
  serverTime: number;
}

export interface PayCodeView {
  state: "hidden" | "loading" | "shown" | "failed";
  /** Only while it is shown. */
  payload: string;
  secondsLeft: number;
  /** `0:59` */
  countdown: string;
  message: string;
  hint: string;
}

export interface PayCodeOptions {
  issue: () => Promise<IssuedCode>;
  changed: (view: PayCodeView) => void;
  /** Milliseconds since 1970 by the device. */
  clock?: () => number;
  /** Turns the screen up while a code is shown; on unless set to false. */
  bright?: boolean;
}

const HIDDEN: PayCodeView = { state: "hidden", payload: "", secondsLeft: 0, countdown: "", message: "", hint: "" };
const TICK_MS = 500;

export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const rest = whole % 60;
  return `${Math.floor(whole / 60)}:${rest < 10 ? "0" : ""}${rest}`;
}

export class PayCode {
  private readonly options: PayCodeOptions;
  private readonly clock: () => number;
  /** Answers of an earlier showing are thrown away. */
  private showing = 0;
  private visible = false;
  private timer: number | undefined;
  private brightness: number | undefined;
  view: PayCodeView = HIDDEN;

  constructor(options: PayCodeOptions) {
    this.options = options;
    this.clock = options.clock || (() => Date.now());
  }

  /** Call from `onShow`. */
  show(): Promise<void> {
    if (!this.visible) {
      this.visible = true;
      this.guard(true);
    }
    return this.refresh();
  }

  /** Call from `onHide` and `onUnload`. */
  hide(): void {
    this.showing++;
    this.stop();
    if (this.visible) this.guard(false);
    this.visible = false;
    this.tell(HIDDEN);
  }

  /** Takes a new code: when one has run out, or somebody asks for one. */
  async refresh(): Promise<void> {
    if (!this.visible) return;
    const mine = ++this.showing;
    this.stop();
    this.tell(Object.assign({}, HIDDEN, { state: "loading" as const }));
    const asked = this.clock();
    try {
      const issued = await this.options.issue();
      if (mine !== this.showing) return;
      const answered = this.clock();
      // The server answered somewhere between: half the way is the best guess.
      const ahead = issued.serverTime - (asked + (answered - asked) / 2);
      this.run(mine, issued, ahead);
    } catch (error) {
      if (mine !== this.showing) return;
      const failed = error instanceof AnxinError ? error : failure("AX8009", error);
      this.tell(Object.assign({}, HIDDEN, { state: "failed" as const, message: failed.message, hint: failed.hint }));
    }
  }

  private run(mine: number, issued: IssuedCode, ahead: number): void {
    const left = (): number => (issued.expiresAt - (this.clock() + ahead)) / 1000;
    const tick = (): void => {
      if (mine !== this.showing) return;
      const seconds = Math.ceil(left());
      if (seconds <= 0) {
        void this.refresh();
        return;
      }
      if (seconds !== this.view.secondsLeft) {
        this.tell({ state: "shown", payload: issued.payload, secondsLeft: seconds, countdown: countdown(seconds), message: "", hint: "" });
      }
      this.timer = setTimeout(tick, TICK_MS);
    };
    if (left() > 0) {
      tick();
    } else {
      // A code that is over when it comes would be fetched again without end.
      this.tell(Object.assign({}, HIDDEN, { state: "failed" as const, message: "付款码已过期，请刷新。" }));
    }
  }

  private stop(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
  }

  private tell(view: PayCodeView): void {
    this.view = view;
    this.options.changed(view);
  }

  /** Keeps the code out of screenshots, and the screen bright, where the platform can. */
  private guard(on: boolean): void {
    const platform = host();
    const ignore = (): void => undefined;
    if (platform.setVisualEffectOnCapture) {
      platform.setVisualEffectOnCapture({ visualEffect: on ? "hidden" : "none", success: ignore, fail: ignore });
    }
    const { getScreenBrightness, setScreenBrightness } = platform;
    if (this.options.bright === false || !getScreenBrightness || !setScreenBrightness) return;
    // WeChat calls it `value`, Alipay `brightness`.
    const set = (value: number): void => setScreenBrightness({ value, brightness: value, success: ignore, fail: ignore });
    if (on) {
      getScreenBrightness({
        success: (now) => {
          if (!this.visible || this.brightness !== undefined) return;
          this.brightness = now.value === undefined ? now.brightness : now.value;
          set(1);
        },
        fail: ignore,
      });
    } else if (this.brightness !== undefined) {
      set(this.brightness);
      this.brightness = undefined;
    }
  }
}
