// What each relative may still draw from the shared account.

import { maskName } from "../../mask";
import { quotaView } from "../../view";

interface Quota {
  owner: string;
  limitFen: number;
  usedFen: number;
}

Component({
  properties: {
    /** `[{ owner, limitFen, usedFen }]` */
    quotas: { type: Array, value: [] },
    /** Shows names whole. */
    plain: { type: Boolean, value: false },
    large: { type: Boolean, value: false },
  },
  data: { rows: [] },
  observers: {
    "quotas, plain"(quotas: Quota[], plain: boolean) {
      const row = (quota: Quota) => quotaView(plain ? quota.owner : maskName(quota.owner), quota.limitFen, quota.usedFen);
      this.setData({ rows: (quotas || []).map(row) });
    },
  },
});
