Page(require("../../lib/wallet"));
