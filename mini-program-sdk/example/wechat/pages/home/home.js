Page({
  data: { large: false },
  largeChanged(event) {
    getApp().globalData.large = event.detail.value;
    this.setData({ large: event.detail.value });
  },
  open(event) {
    wx.navigateTo({ url: event.currentTarget.dataset.page });
  },
});
