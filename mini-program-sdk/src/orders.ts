// What became of an order: asked at once when the page comes back, and again until it is settled.

import { AnxinError, failure } from "./errors";

export interface OrderOptions<T> {
  /** Reads the order; it must change nothing. */
  ask: () => Promise<T>;
  /** Whether nothing more will happen to it. */
  settled: (order: T) => boolean;
  changed: (order: T) => void;
  failed?: (error: AnxinError) => void;
  /** Pauses between questions; the last one is repeated. */
  pausesMs?: number[];
}

const PAUSES_MS = [1000, 2000, 3000, 5000, 10000];

export class OrderWatch<T> {
  private readonly options: OrderOptions<T>;
  private watching = 0;
  private timer: number | undefined;
  private over = false;

  constructor(options: OrderOptions<T>) {
    this.options = options;
  }

  /** Call from `onShow`: the payment may have been made in another program meanwhile. */
  onShow(): Promise<void> {
    this.onHide();
    return this.over ? Promise.resolve() : this.ask(this.watching, 0);
  }

  /** Call from `onHide` and `onUnload`. */
  onHide(): void {
    this.watching++;
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async ask(mine: number, asked: number): Promise<void> {
    try {
      const order = await this.options.ask();
      if (mine !== this.watching) return;
      this.over = this.options.settled(order);
      this.options.changed(order);
    } catch (error) {
      if (mine !== this.watching) return;
      if (this.options.failed) this.options.failed(error instanceof AnxinError ? error : failure("AX8009", error));
    }
    if (this.over || mine !== this.watching) return;
    const pauses = this.options.pausesMs || PAUSES_MS;
    const pause = pauses[Math.min(asked, pauses.length - 1)] || 1000;
    this.timer = setTimeout(() => void this.ask(mine, asked + 1), pause);
  }
}
