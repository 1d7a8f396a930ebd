Page(require("../../lib/estimate"));
