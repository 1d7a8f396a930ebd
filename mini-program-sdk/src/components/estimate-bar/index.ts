// What the person pays and what the funds pay, with how sure that is.

import { estimateBar } from "../../view";

Component({
  properties: {
    /** An answer of `estimate`. */
    answer: { type: Object, value: null },
    /** Large type, for elders. */
    large: { type: Boolean, value: false },
  },
  data: { view: null },
  observers: {
    answer(answer) {
      this.setData({ view: answer ? estimateBar(answer) : null });
    },
  },
});
