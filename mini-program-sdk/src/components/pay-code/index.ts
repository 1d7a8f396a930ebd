// A pay code with its countdown. It goes when the page does, and never into a storage.

import { PayCode, type IssuedCode, type PayCodeView } from "../../paycode";

Component({
  options: { multipleSlots: true },
  properties: {
    /** Whose code it is; shown masked by the caller. */
    owner: { type: String, value: "" },
    /** Stands over every code of a demonstration. Leave it out only where the codes are real. */
    mark: { type: String, value: "" },
    large: { type: Boolean, value: false },
  },
  data: { view: { state: "hidden", payload: "", secondsLeft: 0, countdown: "", message: "", hint: "" } },
  lifetimes: {
    detached() {
      this.leave();
    },
  },
  pageLifetimes: {
    show() {
      if (this.code) void this.code.show();
    },
    hide() {
      if (this.code) this.code.hide();
    },
  },
  methods: {
    /** `this.selectComponent("#code").start(() => http.postJson("/my/codes", {}))` */
    start(issue: () => Promise<IssuedCode>) {
      this.leave();
      const changed = (view: PayCodeView): void => {
        const before = this.data.view.payload;
        this.setData({ view });
        // Whoever draws a QR code draws it into the slot.
        if (view.payload !== before) this.triggerEvent("payload", { payload: view.payload });
      };
      this.code = new PayCode({ issue, changed });
      return this.code.show();
    },
    leave() {
      if (this.code) this.code.hide();
      this.code = undefined;
    },
    refresh() {
      if (this.code) void this.code.refresh();
    },
  },
});
