// The script of the Worker. `npx anxin-miniprogram workers` copies it with what it needs into a mini-program's Worker folder.

import { attendant, type Asked } from "./door";
import { wasmNamespace } from "./platform";

interface Inside {
  postMessage(message: object): void;
  onMessage?: (listener: (message: unknown) => void) => void;
}

declare const worker: Inside | undefined;
declare const self: (Inside & { onmessage?: (event: { data: Asked }) => void }) | undefined;

// WeChat and newer Alipay give `worker`; an Alipay Worker has at least what the web calls `self`.
if (typeof worker !== "undefined" && worker && worker.onMessage) {
  const outside = worker;
  const attend = attendant(wasmNamespace(), (told) => outside.postMessage(told));
  worker.onMessage((message) => {
    const wrapped = message as Asked & { data?: Asked };
    void attend(wrapped.data || wrapped);
  });
} else if (typeof self !== "undefined" && self) {
  const outside = self;
  const attend = attendant(wasmNamespace(), (told) => outside.postMessage(told));
  outside.onmessage = (event) => void attend(event.data);
}
