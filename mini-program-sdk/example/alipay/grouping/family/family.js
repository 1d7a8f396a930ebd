Page(require("../../lib/family"));
