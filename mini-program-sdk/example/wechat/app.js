App({ globalData: { large: false } });
