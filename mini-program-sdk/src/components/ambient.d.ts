// The part of WeChat's component constructor that is used here.

interface ComponentThis {
  data: any;
  setData(data: object): void;
  triggerEvent(name: string, detail?: object): void;
}

interface ComponentOptions {
  options?: { multipleSlots?: boolean; styleIsolation?: string };
  externalClasses?: string[];
  properties?: { [name: string]: { type: unknown; value?: unknown } };
  data?: object;
  observers?: { [names: string]: (this: ComponentThis & any, ...values: any[]) => void };
  lifetimes?: { [name: string]: (this: ComponentThis & any) => void };
  pageLifetimes?: { [name: string]: (this: ComponentThis & any) => void };
  methods?: { [name: string]: (this: ComponentThis & any, ...args: any[]) => unknown };
}

declare function Component(options: ComponentOptions): void;
