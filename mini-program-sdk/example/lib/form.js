// What every page with a form does. Elements name the field that they fill in `data-field`.
module.exports = {
  onShow() {
    this.setData({ large: getApp().globalData.large });
  },

  choiceChanged(event) {
    this.setData({ [event.currentTarget.dataset.field]: Number(event.detail.value) });
  },

  input(event) {
    this.setData({ [event.currentTarget.dataset.field]: event.detail.value });
  },
};
