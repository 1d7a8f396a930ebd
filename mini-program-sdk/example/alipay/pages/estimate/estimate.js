const page = require("../../lib/estimate");

Page(
  Object.assign({}, page, {
    pickDay() {
      my.datePicker({ currentDate: this.data.discharged, success: (picked) => this.setData({ discharged: picked.date }) });
    },
  }),
);
