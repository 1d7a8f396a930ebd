// How an answer came about, step by step, each with the documents that it rests on.

import { stepRows } from "../../view";

Component({
  properties: {
    answer: { type: Object, value: null },
    large: { type: Boolean, value: false },
  },
  data: { rows: [], open: "" },
  observers: {
    answer(answer) {
      this.setData({ rows: answer ? stepRows(answer) : [], open: "" });
    },
  },
  methods: {
    /** Opens the clauses of a step, or closes them. */
    toggle(event: { currentTarget: { dataset: { id: string } } }) {
      const id = event.currentTarget.dataset.id;
      this.setData({ open: this.data.open === id ? "" : id });
    },
  },
});
