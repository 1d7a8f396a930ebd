//! The national settlement interface between institutions and an area, by its own field names. Amounts are yuan with
//! two decimals as text; times are China's.

use serde::{Deserialize, Serialize};

/// What an institution sends: the envelope, and under `input` what the transaction takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NhsaRequest<I> {
    /// 交易编号
    pub infno: String,
    /// 发送方报文编号: institution (12), time (14), number within the second (4).
    pub msgid: String,
    /// 就医地区划
    pub mdtrtarea_admvs: String,
    /// 参保地区划
    #[serde(default)]
    pub insuplc_admdvs: String,
    /// 接收方系统代码
    pub recer_sys_code: String,
    #[serde(default)]
    pub dev_no: String,
    #[serde(default)]
    pub dev_safe_info: String,
    /// 数字签名: r and s as 128 hexadecimal digits, or DER in Base64.
    pub cainfo: String,
    /// 签名类型: `SM2`, over SM3.
    pub signtype: String,
    /// 接口版本: `V1.0`.
    pub infver: String,
    /// 经办人类别: 1 clerk, 2 kiosk, 3 mobile.
    pub opter_type: String,
    pub opter: String,
    pub opter_name: String,
    /// 交易时间: `yyyy-MM-dd HH:mm:ss`.
    pub inf_time: String,
    /// 定点医药机构编号
    pub fixmedins_code: String,
    pub fixmedins_name: String,
    /// 签到流水号, of 9001.
    #[serde(default)]
    pub sign_no: String,
    pub input: I,
}

/// What comes back. `infcode` is 0 when it was done and −1 when it was not; an outcome that is not known is never
/// told by it, but by a status that is not 200.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NhsaAnswer<O> {
    pub infcode: i8,
    /// 接收方报文编号; empty for a message of which nobody knows who sent it.
    pub inf_refmsgid: String,
    /// 接收报文时间
    pub refmsg_time: String,
    /// 响应报文时间
    pub respond_time: String,
    /// Code, field and rule of what is refused.
    pub err_msg: String,
    pub warn_msg: String,
    pub output: O,
}

/// Many transactions have their fields under `data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NhsaData<T> {
    pub data: T,
}

macro_rules! shapes {
    ($($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $name { $($(#[$of])* pub $field: $type,)* }
    )*};
}

mod filed;
mod mobile;

pub use filed::*;
pub use mobile::*;

shapes! {
    /// 9001 签到
    SignInInput { #[serde(rename = "signIn")] sign_in: SignIn, }
    SignIn {
        opter_no: String,
        #[serde(default)] mac: String,
        #[serde(default)] ip: String,
    }
    SignInOutput { signinoutb: SignedIn, }
    SignedIn { sign_no: String, sign_time: String, }

    /// 9002 签退
    SignOutInput { #[serde(rename = "signOut")] sign_out: SignOut, }
    SignOut { sign_no: String, opter_no: String, }
    SignOutOutput { signoutoutb: SignedOut, }
    SignedOut { sign_time: String, }

    /// 1101 人员信息获取
    PersonQuery {
        /// 就诊凭证类型: 01 医保电子凭证, 02 居民身份证, 03 社会保障卡.
        mdtrt_cert_type: String,
        mdtrt_cert_no: String,
        #[serde(default)] psn_cert_type: String,
        #[serde(default)] certno: String,
        #[serde(default)] psn_name: String,
    }
    PersonFound { baseinfo: PersonBase, insuinfo: Vec<PersonCover>, }
    PersonBase {
        /// 人员编号, good at this institution until `exp_time`.
        psn_no: String,
        psn_cert_type: String,
        /// Masked: the institution has the whole one on the card in front of it. Not there where a code was shown.
        certno: Option<String>,
        brdy: Option<String>,
        age: Option<u8>,
        /// Until when the institution may use `psn_no` without identifying the person again.
        exp_time: String,
    }
    PersonCover {
        /// 310 职工, 390 居民
        insutype: String,
        /// 1 正常参保
        psn_insu_stas: String,
        insuplc_admdvs: String,
        /// 个人账户余额; unknown where the area's books have no account of the person.
        balc: Option<String>,
    }

    /// 1162 电子凭证解码
    CodeQuery {
        /// What the patient shows.
        #[serde(rename = "ecQrCode")] ec_qr_code: String,
        /// 用码业务类型: a bill may be settled by 01301 and 02121 only.
        #[serde(rename = "businessType")] business_type: String,
        #[serde(rename = "outBizNo")] out_biz_no: String,
        #[serde(default, rename = "officeId")] office_id: String,
        #[serde(default, rename = "officeName")] office_name: String,
    }
    CodeRead {
        /// For `mdtrt_cert_no` of 1101, at this counter and by this operator.
        #[serde(rename = "ecToken")] ec_token: String,
        /// Masked; the books know names of made-up people only.
        #[serde(rename = "userName")] user_name: Option<String>,
        age: Option<u8>,
        #[serde(rename = "insuOrg")] insu_org: String,
        /// Whether somebody else showed the code (代办).
        #[serde(rename = "byAgent")] by_agent: bool,
    }

    /// 2001 人员待遇享受检查
    EntitlementQuery {
        psn_no: String,
        insutype: String,
        fixmedins_code: String,
        med_type: String,
        begntime: String,
        #[serde(default)] endtime: String,
    }
    EntitlementFound { trtinfo: Vec<Entitlement>, }
    Entitlement {
        psn_no: String,
        /// 1 享受待遇, 0 不享受; unknown where the area does not say.
        trt_enjymnt_flag: Option<String>,
        begndate: Option<String>,
        enddate: Option<String>,
        memo: String,
    }

    /// 2201 门诊挂号
    Registration {
        psn_no: String,
        insutype: String,
        begntime: String,
        mdtrt_cert_type: String,
        mdtrt_cert_no: String,
        /// 住院/门诊号: the institution's own.
        ipt_otp_no: String,
        #[serde(default)] atddr_no: String,
        #[serde(default)] dr_name: String,
        #[serde(default)] dept_code: String,
        #[serde(default)] dept_name: String,
        #[serde(default)] caty: String,
    }
    RegistrationOut { mdtrt_id: String, psn_no: String, ipt_otp_no: String, }

    /// 2202 挂号撤销
    Unregistration { psn_no: String, mdtrt_id: String, ipt_otp_no: String, }

    /// 2203 就诊信息上传
    ConsultationInput {
        mdtrtinfo: Consultation,
        diseinfo: Vec<Diagnosis>,
    }
    Consultation {
        mdtrt_id: String,
        psn_no: String,
        med_type: String,
        begntime: String,
        #[serde(default)] main_cond_dscr: String,
        #[serde(default)] dise_codg: String,
        #[serde(default)] dise_name: String,
    }
    Diagnosis {
        diag_type: String,
        diag_srt_no: String,
        diag_code: String,
        diag_name: String,
        #[serde(default)] diag_dept: String,
        #[serde(default)] dise_dor_no: String,
        #[serde(default)] dise_dor_name: String,
        #[serde(default)] diag_time: String,
        #[serde(default)] vali_flag: String,
    }

    /// 2401 入院办理
    AdmissionInput {
        mdtrtinfo: Admission,
        diseinfo: Vec<Diagnosis>,
        /// 预缴金 that the patient paid on admission.
        #[serde(default)] prepayinfo: Vec<PrepayLine>,
    }
    /// 预缴金, by the institution's own number for it.
    PrepayLine {
        prepay_sn: String,
        /// Below zero, it was given back before the stay is settled.
        prepay_amt: String,
    }
    Admission {
        psn_no: String,
        insutype: String,
        begntime: String,
        #[serde(default)] mdtrt_cert_type: String,
        #[serde(default)] mdtrt_cert_no: String,
        /// 医疗类别: 21 普通住院.
        med_type: String,
        /// 住院号: the institution's own.
        ipt_no: String,
        #[serde(default)] adm_dept_codg: String,
        #[serde(default)] adm_dept_name: String,
        #[serde(default)] adm_bed: String,
    }
    AdmissionOut { result: Admitted, }
    Admitted { mdtrt_id: String, }

    /// 2402 出院办理
    DischargeInput { dscginfo: Discharge, diseinfo: Vec<Diagnosis>, }
    Discharge {
        mdtrt_id: String,
        psn_no: String,
        endtime: String,
        #[serde(default)] dscg_dept_codg: String,
        #[serde(default)] dscg_dept_name: String,
        #[serde(default)] dscg_way: String,
    }

    /// 2403 入院信息变更: what is left out stays as it was.
    AdmissionChangeInput {
        adminfo: AdmissionChange,
        #[serde(default)] diseinfo: Vec<Diagnosis>,
        #[serde(default)] prepayinfo: Vec<PrepayLine>,
    }
    AdmissionChange {
        mdtrt_id: String,
        psn_no: String,
        #[serde(default)] begntime: String,
        #[serde(default)] ipt_no: String,
        #[serde(default)] adm_dept_codg: String,
        #[serde(default)] adm_dept_name: String,
        #[serde(default)] adm_bed: String,
    }

    /// 2404 入院撤销 and 2405 出院撤销
    StayUndo { mdtrt_id: String, psn_no: String, }

    /// 2204 and 2301 费用明细上传
    FeesInput { feedetail: Vec<FeeLine>, }
    FeeLine {
        /// 费用明细流水号
        feedetl_sn: String,
        mdtrt_id: String,
        psn_no: String,
        /// 收费批次号
        chrg_bchno: String,
        fee_ocur_time: String,
        med_list_codg: String,
        medins_list_codg: String,
        det_item_fee_sumamt: String,
        cnt: String,
        pric: String,
        fulamt_ownpay_amt: String,
        overlmt_amt: String,
        preselfpay_amt: String,
        inscp_scp_amt: String,
        #[serde(default)] rxno: String,
        #[serde(default)] bilg_dept_codg: String,
        #[serde(default)] bilg_dr_codg: String,
        #[serde(default)] hosp_appr_flag: String,
        /// 溯源码节点信息: the packs of a drug, one each.
        #[serde(default)] drugtracinfo: Vec<DrugTrace>,
        /// 拆零标志: with `1`, `cnt` is single units out of one pack.
        #[serde(default)] trdn_flag: String,
        /// 周期天数: for how long a drug is.
        #[serde(default)] prd_days: String,
    }
    DrugTrace {
        /// 药品追溯码
        drug_trac_codg: String,
    }
    FeesOut { result: Vec<FeeOut>, }
    FeeOut {
        feedetl_sn: String,
        det_item_fee_sumamt: String,
        cnt: String,
        pric: String,
        fulamt_ownpay_amt: String,
        overlmt_amt: String,
        preselfpay_amt: String,
        inscp_scp_amt: String,
    }

    /// 2205 and 2302 费用明细撤销: `0000` for all lines that are not settled.
    FeesUndo {
        feedetl_sn: String,
        mdtrt_id: String,
        psn_no: String,
        #[serde(default)] chrg_bchno: String,
    }
    FeesUndone { count: u64, }

    /// 2206 门诊预结算 and 2207 门诊结算, 2303 and 2304 of an inpatient. The parts are looked at where they are given.
    PresettleAsk {
        psn_no: String,
        #[serde(default)] mdtrt_cert_type: String,
        #[serde(default)] mdtrt_cert_no: String,
        med_type: String,
        medfee_sumamt: String,
        #[serde(default)] psn_setlway: String,
        mdtrt_id: String,
        #[serde(default)] chrg_bchno: String,
        /// 个人账户使用标志: 0 or 1.
        acct_used_flag: String,
        insutype: String,
        #[serde(default)] invono: String,
        #[serde(default)] fulamt_ownpay_amt: String,
        #[serde(default)] overlmt_selfpay: String,
        #[serde(default)] preselfpay_amt: String,
        #[serde(default)] inscp_scp_amt: String,
    }
    SettlementOut { setlinfo: SettlementInfo, }
    /// 结算信息. What is not settled yet has no `setl_id`, `setl_time` and `medins_setl_id`.
    SettlementInfo {
        setl_id: Option<String>,
        mdtrt_id: String,
        psn_no: String,
        insutype: String,
        med_type: String,
        setl_time: Option<String>,
        medfee_sumamt: String,
        fulamt_ownpay_amt: String,
        overlmt_selfpay: String,
        preselfpay_amt: String,
        inscp_scp_amt: String,
        act_pay_dedc: String,
        hifp_pay: String,
        cvlserv_pay: String,
        hifes_pay: String,
        hifmi_pay: String,
        hifob_pay: String,
        maf_pay: String,
        oth_pay: String,
        fund_pay_sumamt: String,
        psn_part_amt: String,
        acct_pay: String,
        acct_mulaid_pay: String,
        psn_cash_pay: String,
        hosp_part_amt: String,
        balc: String,
        clr_optins: String,
        clr_type: String,
        /// The number of the message that settled it: by it the institution finds out, and takes back.
        medins_setl_id: Option<String>,
        /// 多退少补, where there is 预缴金 of the stay.
        #[serde(default, skip_serializing_if = "Option::is_none")] prepayinfo: Option<PrepayTold>,
    }
    PrepayTold {
        /// What was prepaid.
        prepay_sumamt: String,
        /// 多退: what the institution gives back of it.
        prepay_refd: String,
        /// 少补: what the patient still has to pay.
        prepay_due: String,
    }

    /// 2208 门诊结算撤销 and 2305 住院结算撤销
    SettleBack { psn_no: String, mdtrt_id: String, setl_id: String, }
    SettleBackOut {
        setl_id: String,
        /// The settlement that is taken back.
        init_setl_id: String,
        setl_time: String,
        medfee_sumamt: String,
        fund_pay_sumamt: String,
        acct_pay: String,
        psn_cash_pay: String,
        /// Of a stay with 预缴金: the cash that is prepaid again instead of being given back.
        #[serde(default, skip_serializing_if = "Option::is_none")] prepay_back: Option<String>,
    }

    /// 2101 药店预结算 and 2102 药店结算
    PharmacyAsk { druginfo: Purchase, drugdetail: Vec<PurchaseLine>, }
    Purchase {
        psn_no: String,
        #[serde(default)] mdtrt_cert_type: String,
        #[serde(default)] mdtrt_cert_no: String,
        begntime: String,
        medfee_sumamt: String,
        #[serde(default)] invono: String,
        insutype: String,
        #[serde(default)] dise_codg: String,
        #[serde(default)] dise_name: String,
        /// 个人账户使用标志: 0 or 1.
        acct_used_flag: String,
        /// 医疗类别: 41 定点药店购药.
        med_type: String,
    }
    PurchaseLine {
        feedetl_sn: String,
        #[serde(default)] rxno: String,
        #[serde(default)] rx_circ_flag: String,
        fee_ocur_time: String,
        med_list_codg: String,
        medins_list_codg: String,
        det_item_fee_sumamt: String,
        cnt: String,
        pric: String,
        #[serde(default)] sin_dos_dscr: String,
        #[serde(default)] used_frqu_dscr: String,
        #[serde(default)] prd_days: String,
        #[serde(default)] medc_way_dscr: String,
        #[serde(default)] bilg_dr_codg: String,
        #[serde(default)] bilg_dr_name: String,
        #[serde(default)] tcmdrug_used_way: String,
        #[serde(default)] drugtracinfo: Vec<DrugTrace>,
        #[serde(default)] trdn_flag: String,
    }

    /// 2103 药店结算撤销
    PurchaseBack { druginfo: SettleBack, }

    /// 2601 冲正
    Reversal { psn_no: String, omsgid: String, oinfno: String, }

    /// 3201 医药机构费用结算对总账
    TotalsAsk {
        insutype: String,
        clr_type: String,
        /// 结算经办机构
        setl_optins: String,
        stmt_begndate: String,
        stmt_enddate: String,
        medfee_sumamt: String,
        fund_pay_sumamt: String,
        acct_pay: String,
        /// 定点医药机构结算笔数
        fixmedins_setl_cnt: String,
    }
    StatementOut { stmtinfo: StatementTold, }
    StatementTold {
        setl_optins: String,
        /// `000000` for equal.
        stmt_rslt: String,
        stmt_rslt_dscr: String,
    }

    /// 3202 医药机构费用结算对明细账, of a file that 9101 put here.
    DetailAsk {
        setl_optins: String,
        file_qury_no: String,
        stmt_begndate: String,
        stmt_enddate: String,
        medfee_sumamt: String,
        fund_pay_sumamt: String,
        fixmedins_setl_cnt: String,
    }
    DetailOut { fileinfo: DetailFile, stmtinfo: DetailTold, }
    /// The result line by line, for 9102.
    DetailFile { file_qury_no: String, filename: String, dld_endtime: String, }
    /// How many settlements are in each class.
    DetailTold { equal: usize, differs: usize, only_institution: usize, only_area: usize, }

    /// 3203 清算申请: everything of a month that was not declared before.
    ClearingAsk {
        /// 清算年月: `yyyyMM`.
        setlym: String,
        /// 基金申报总额 and 个人账户支出, as the institution's books have them.
        fund_appy_sum: String,
        acct_pay: String,
        #[serde(default)] clr_type: String,
        #[serde(default)] clr_way: String,
        #[serde(default)] psntime: String,
        #[serde(default)] medfee_sumamt: String,
        #[serde(default)] begndate: String,
        #[serde(default)] enddate: String,
    }
    ClearingOut { result: ClearingTold, }
    ClearingTold {
        /// 清算申请事件ID
        clr_appy_evt_id: String,
        /// 清算状态: declared, reviewed, approved, paid, withdrawn.
        clr_stas: String,
        fund_appy_sum: String,
        acct_pay: String,
        /// What is paid out after deductions.
        fund_payable: String,
        acct_payable: String,
        /// The last day on which it is paid in time; not known where the year's working days are not.
        due_date: Option<String>,
    }
    /// 3204 清算申请撤销 and 3205 清算申请状态查询
    ClearingQuery { clr_appy_evt_id: String, }

    /// 9101 文件上传
    UploadInput { #[serde(rename = "fsUploadIn")] upload: Upload, }
    Upload {
        /// The file in Base64.
        #[serde(rename = "in")] content: String,
        filename: String,
        fixmedins_code: String,
    }
    Uploaded { file_qury_no: String, filename: String, fixmedins_code: String, dld_endtime: String, }

    /// 9102 文件下载
    DownloadInput { #[serde(rename = "fsDownloadIn")] download: Download, }
    Download { file_qury_no: String, filename: String, fixmedins_code: String, }
    Downloaded {
        /// The file in Base64.
        out: String,
        filename: String,
        dld_endtime: String,
    }
}
