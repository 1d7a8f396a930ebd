//! 医保移动支付: a bill that a patient pays from their own phone, by the field names of the mobile interface.

use serde::{Deserialize, Serialize};

macro_rules! camel {
    ($($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $name { $($(#[$of])* pub $field: $type,)* }
    )*};
}

camel! {
    /// 6201 费用明细上传
    MobileFees {
        /// 定点机构编码
        org_codg: String,
        /// Of who pays: `ecToken` of 1162, at this counter and by this operator.
        ec_token: String,
        insutype: String,
        /// 医疗类别: 11 普通门诊.
        med_type: String,
        begntime: String,
        /// 医疗机构订单号
        med_org_ord: String,
        medfee_sumamt: String,
        feedetail_list: Vec<MobileFee>,
    }
    MobileFee {
        feedetl_sn: String,
        med_list_codg: String,
        medins_list_codg: String,
        det_item_fee_sumamt: String,
        cnt: String,
        pric: String,
        fulamt_ownpay_amt: String,
        overlmt_amt: String,
        preselfpay_amt: String,
        inscp_scp_amt: String,
    }
    MobileOrder {
        pay_ord_id: String,
        /// For 6202, and of no use to anybody else.
        pay_token: String,
        fee_sumamt: String,
    }

    /// 6202 支付下单
    MobilePay {
        ec_token: String,
        pay_ord_id: String,
        pay_token: String,
        org_codg: String,
        /// 机构业务流水号
        org_biz_ser: String,
        #[serde(default)] chrg_bchno: String,
        #[serde(default)] fee_type: String,
        /// 个人账户使用标志: 0 or 1.
        acct_used_flag: String,
    }
    /// What became of an order: 6202, 6301 and 6401 answer so. What is not paid has no amounts.
    MobileTold {
        pay_ord_id: String,
        /// 订单状态: 1 uploaded, 2 outcome not known yet, 6 paid, 7 called off, 8 given back.
        ord_stas: String,
        fee_sumamt: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] own_pay_amt: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] psn_acct_pay: Option<String>,
        /// Contained in `psnAcctPay`.
        #[serde(default, skip_serializing_if = "Option::is_none")] acct_mulaid_pay: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] fund_pay: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] hosp_part_amt: Option<String>,
        /// For 6401, while there is cash that may not have been taken.
        #[serde(default, skip_serializing_if = "Option::is_none")] revs_token: Option<String>,
        /// What came back so far.
        #[serde(default, skip_serializing_if = "Option::is_none")] refd_sumamt: Option<String>,
        /// Of its row in 3201 and 3202.
        #[serde(default, skip_serializing_if = "Option::is_none")] setl_id: Option<String>,
        trace_time: String,
    }

    /// 6301 订单查询
    MobileQuery {
        pay_ord_id: String,
        org_codg: String,
        #[serde(default)] med_org_ord: String,
        #[serde(default)] trace_time: String,
        #[serde(default)] setl_type: String,
    }

    /// 6401 订单撤销: before anything is paid, or because the cash of it was not taken.
    MobileRevoke {
        pay_ord_id: String,
        org_codg: String,
        /// Of 6202 or 6301; left out where nothing is paid.
        #[serde(default)] revs_token: String,
        #[serde(default)] exp_content: String,
    }

    /// 6203 退费
    MobileRefund {
        pay_ord_id: String,
        org_codg: String,
        /// 应用退款流水号: the refund's own number.
        app_refd_sn: String,
        app_refd_time: String,
        totl_refd_amt: String,
        psn_acct_refd_amt: String,
        fund_refd_amt: String,
        cash_refd_amt: String,
        ec_token: String,
        /// ALL 全部, CASH 只退现金, HI 只退医保.
        refd_type: String,
    }
    MobileRefunded {
        pay_ord_id: String,
        app_refd_sn: String,
        /// 退款状态: SUCC. Whatever has not come back yet is answered as not known: the message comes again.
        ref_status: String,
        /// Of its row in 3201 and 3202: the amounts below zero.
        setl_id: String,
    }
}
