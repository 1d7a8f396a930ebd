Page(require("../../lib/group"));
