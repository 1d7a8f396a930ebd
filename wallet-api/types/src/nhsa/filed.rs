//! 备案 and 结算清单: what institutions bring beside bills. No source here shows the names of these fields; they are as
//! implementations are said to send them, and an area's own need an adapter.

use serde::{Deserialize, Serialize};

shapes! {
    /// 2501 转院备案: from the institution that sends the patient to another.
    ReferralInput { refmedin: Referral, }
    Referral {
        psn_no: String,
        insutype: String,
        diag_code: String,
        diag_name: String,
        /// 转往定点医药机构编号
        reflin_medins_no: String,
        reflin_medins_name: String,
        mdtrtarea_admdvs: String,
        #[serde(default)] insu_optins: String,
        #[serde(default)] refl_type: String,
        #[serde(default)] refl_rea: String,
        #[serde(default)] refl_opnn: String,
        refl_date: String,
        begndate: String,
        enddate: String,
    }
    /// 2503 人员慢特病备案
    ChronicFiling {
        psn_no: String,
        insutype: String,
        /// 门慢门特病种目录代码
        opsp_dise_code: String,
        opsp_dise_name: String,
        #[serde(default)] insu_optins: String,
        ide_fixmedins_no: String,
        ide_fixmedins_name: String,
        hosp_ide_date: String,
        #[serde(default)] diag_dr_codg: String,
        #[serde(default)] diag_dr_name: String,
        begndate: String,
        enddate: String,
    }
    /// 2505 人员定点备案: the institutions that a person chose for outpatient visits.
    ChoiceFiling {
        psn_no: String,
        #[serde(default)] insutype: String,
        /// 业务申请类型
        biz_appy_type: String,
        begndate: String,
        enddate: String,
        fixmedins: Vec<ChosenInstitution>,
    }
    ChosenInstitution {
        fix_srt_no: String,
        fixmedins_code: String,
        fixmedins_name: String,
        #[serde(default)] memo: String,
    }
    FilingOut { result: FilingTold, }
    FilingTold {
        /// 待遇申报明细流水号
        trt_dcla_detl_sn: String,
    }
    /// 2502, 2504 and 2506: takes back what 2501, 2503 or 2505 filed.
    FilingBack { psn_no: String, trt_dcla_detl_sn: String, #[serde(default)] memo: String, }

    /// 4101A 医疗保障基金结算清单信息上传, of an inpatient's settlement.
    ListInput {
        setlinfo: ListHead,
        payinfo: Vec<ListFund>,
        diseinfo: Vec<ListDisease>,
        iteminfo: Vec<ListItem>,
        #[serde(default)] oprninfo: Vec<ListOperation>,
    }
    ListHead {
        mdtrt_id: String,
        setl_id: String,
        psn_no: String,
        /// 票据代码 and 票据号码
        #[serde(default)] bill_code: String,
        #[serde(default)] bill_no: String,
        /// 医保支付方式
        hi_paymtd: String,
        adm_time: String,
        dscg_time: String,
        act_ipt_days: String,
        /// 离院方式
        #[serde(default)] dscg_way: String,
        medfee_sumamt: String,
        fund_pay_sumamt: String,
        acct_pay: String,
        psn_cash_pay: String,
        /// 个人自付 and 个人自费
        psn_selfpay: String,
        psn_ownpay: String,
    }
    ListFund { fund_pay_type: String, fund_payamt: String, }
    ListDisease {
        diag_type: String,
        diag_code: String,
        diag_name: String,
        /// 入院病情
        #[serde(default)] adm_cond_type: String,
        /// 主诊断标志
        maindiag_flag: String,
    }
    /// 收费项目: an amount and how it divides into 甲类, 乙类, 自费 and 其他.
    ListItem {
        med_chrgitm: String,
        amt: String,
        claa_sumfee: String,
        clab_amt: String,
        fulamt_ownpay_amt: String,
        oth_amt: String,
    }
    ListOperation {
        oprn_oprt_type: String,
        oprn_oprt_name: String,
        oprn_oprt_code: String,
        oprn_oprt_date: String,
        #[serde(default)] anst_way: String,
        #[serde(default)] oper_dr_name: String,
        #[serde(default)] oper_dr_code: String,
    }
    ListOut {
        /// 清单流水号
        setl_list_id: String,
    }
}
