use crate::i18n::texts;

texts! {
    /// A text of the three stories.
    Y

    Title { "三个故事", "Three stories" }
    Intro { "人员、机构、证件号码和金额都是虚构的。每个故事几分钟，可以随时从头再来。", "People, institutions, numbers and amounts are made up. Each takes a few minutes and can be begun again at any time." }
    Begin { "从头开始", "Begin from the start" }
    BeginAgain { "再从头开始", "Begin again" }
    Begun { "已经回到开头。登录密码都是 {0}。", "Back at the beginning. The password of every login is {0}." }
    OnlyDemo { "这一步要用演示服务器（cargo xtask run 或 anxin serve --demo）。", "This needs a demonstration server (cargo xtask run, or anxin serve --demo)." }
    Needs { "先按“从头开始”，再按下面的步骤走。", "First begin from the start, then follow the steps." }
    LogInAs { "登录名：", "Log in as:" }

    Tours { "带图的五分钟导览", "Five-minute tours with pictures" }
    TourResident { "居民：这次看病自己付多少", "A resident: what will this visit cost?" }
    TourFamily { "家人：女儿的钱给父亲看病", "Family: a daughter pays for her father" }
    TourDoctor { "医生：这份病历为什么在这个病组", "A doctor: why is this record in this group?" }
    TourHospital { "医院信息科：一张表、一份目录、一个收费处", "Hospital IT: a table, a catalogue, a till" }
    TourOperator { "经办：出了五件事的一天", "The operator: a day on which five things went wrong" }

    StayTitle { "转到南宁，女儿的 2,000 元够用吗？", "Referred to another city, with ¥2,000.00 from a daughter" }
    StayTold { "陈女士在广州参加职工医保，把个人账户里的 ¥2,000.00 共济给父亲。父亲在贵港参加居民医保，今年第一次住院，脑卒中，转到南宁的三级医院；总费用 ¥38,600.00，其中自费 ¥2,600.00，先行自付 ¥2,000.00。", "Ms Chen is insured as an employee in Guangzhou and shares ¥2,000.00 of her personal account with her father. He is insured as a resident in Guigang; on his first stay of the year he is referred with a stroke to a tertiary hospital in Nanning. The bill is ¥38,600.00, of it ¥2,600.00 outside the catalogue and ¥2,000.00 paid first by himself." }
    StayCompare { "办了转诊和没有办，各要付多少", "With a referral and without, side by side" }
    StayCompareHint { "差额写在表格下面。结果标着“不确定”：起付线是 2023 年的，异地降低多少只见于未经核实的网页。", "The difference stands below the table. The answer is marked uncertain: the deductible is of 2023, and what is deducted away from home is known from uncorroborated pages only." }
    StayShare { "跨省能不能共济", "Whether one may share across provinces" }
    StayShareHint { "广东何时开通跨省共济没有查到，会答“不清楚”。演示假定两地已经开通。", "When Guangdong opened it was not found, so the answer is unknown. The demonstration supposes that both areas did." }
    StayTill { "父亲在收费处出示社保卡", "He shows his card at the till" }
    StayTillHint { "在“扫码或读卡”里输入社会保障号码 {0}，就能看到他在哪里参保、备案是什么。页面上的收费窗口只收门诊；住院由医院的程序走接口结算，女儿共济的 ¥2,000.00 会先用掉，余下付现金。", "Type the card's number {0} to see where he is insured and what is filed. The till's page takes visits of a day only; a stay is settled by the hospital's program over the interface: her ¥2,000.00 is used, the rest is cash." }
    StaySeen { "陈女士看到共济用在哪里", "She sees what it was used for" }
    StaySeenHint { "额度和明细在“家庭共济”里。", "Quota and lines are under family accounts." }

    ListTitle { "八百份出院记录，今天要改九份", "Eight hundred discharges, nine to mend today" }
    ListTold { "一家虚构的医院八月的 800 份出院记录，里面埋了九处错误；还有一份格式杂乱的 DIP 目录。全部在浏览器里计算，记录不离开本机。", "Eight hundred discharges of a made-up hospital in August with nine planted defects, and a messy DIP workbook. All of it is computed in the browser; no record leaves this device." }
    ListBatch { "把 800 份记录放进分组预览", "Put the 800 records into the preview" }
    ListBatchHint { "按“开始分组”，待查清单里正好九行，每行写明原因。", "Start the grouping: the list has nine rows, each with its reason." }
    ListImport { "导入一份杂乱的 DIP 目录", "Import a messy DIP workbook" }
    ListImportHint { "标题、两行表头、合并单元格、变成数字的编码、重复的行：认出的列可以改，没有取用的行逐行说明。", "A title, a header of two rows, merged cells, a code that became a number, repeated rows: columns can be put right, and each row that is not taken is told." }
    ListFiles { "也可以下载这两份表：", "The two tables to download:" }
    ListRecords { "出院记录（CSV）", "Discharges (CSV)" }
    ListCatalogue { "DIP 目录（XLSX）", "DIP workbook (XLSX)" }
    ListForget { "清除待查清单的分工", "Forget who looks after which row" }
    ListForgotten { "已经清除。", "Forgotten." }

    DayTitle { "九月二十三日这一天", "The twenty-third of September" }
    DayTold { "一家医院和一家药店的一天，出了五件事。下一周就是国庆假期。", "A day of a hospital and a pharmacy on which five things went wrong. The week after it is the October holiday." }
    DayDifference { "单边账：经办看对账差异", "A one-sided entry: the operator's differences" }
    DayDifferenceHint { "医院的文件里有一笔 ¥86.00，医保这边没有。由两名经办人员处理。", "The hospital's file has ¥86.00 that was never settled here. Two operators decide it." }
    DayReversed { "冲正：患者看自己的订单", "A reversal: the patient's orders" }
    DayReversedHint { "九月二十三日的一笔 ¥120.00 写着“已冲正”，另一笔写着“部分退费”。冲正的那一笔不在医院的批次里。", "Of the twenty-third one order of ¥120.00 is reversed; one of the day before is refunded in part. What was reversed is not in the hospital's batch." }
    DayBatch { "迟到的退费：经办看结算批次", "A late refund: the operator's batches" }
    DayBatchHint { "打开当天批次的明细：前一天已经拨付的一笔后来退费 ¥20.00，从这一批扣除，不改动已经拨付的批次。", "Open the statement of the day's batch: ¥20.00 of what was paid out the day before came back, and is taken off this batch; the one that was paid stays as it was." }
    DayPack { "重复的追溯码：收费处", "A pack that was sold before: the till" }
    DayPackHint { "读社会保障号码 {0}，加入药品 XDEMO00000000000000001，追溯码 {1}，预结算时被拒绝：这一盒已经卖过。", "Read the card {0}, add the drug XDEMO00000000000000001 with the code {1}: it is refused, because that pack was sold." }
    DaySuspended { "被暂停的药店：收费处", "A suspended pharmacy: the till" }
    DaySuspendedHint { "同一张卡在药店预结算后不能结算：协议从 2026-09-24 起暂停。经办的“协议与资格”里写着原因。", "With the same card the pharmacy cannot settle: its agreement is suspended from 2026-09-24. The operator's page has the reason." }
    DayClock { "二十个工作日：经办看拨付期限", "Twenty working days: by when it is to be paid" }
    DayClockHint { "批次上写着期限和不计入的节假日：从申报次日算起，跨过中秋和国庆，到 {0} 为止。这一天已经过去，所以标着超期。", "The batch has the day and the holidays that are not counted: from the day after it was declared past both holidays, until {0}. Once that day is over, it is marked as late." }
    DaySum { "账本里有 {0} 个账户，余额合计 {1}", "The books have {0} accounts, which come to {1}" }
    DaySumUnknown { "账本里全部账户的余额合计，按“从头开始”时清点", "What all accounts come to is counted when the story is begun" }
    DaySumHint { "有人多一分，必有人少一分，所以合计为零；anxin verify 可以逐条核对。统筹区之间的窗口要用 anxin serve --demo --areas 打开，那里各方的头寸合计为零。", "What one has another owes, so that it is nothing; anxin verify holds every line against it. Windows between areas are to be seen with anxin serve --demo --areas: there everybody's positions come to nothing." }
}
