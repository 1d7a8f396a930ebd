//! Words of the import. What is said about rows comes from the importer.

crate::i18n::texts! {
    /// A text of the import.
    I

    Title { "导入本地目录或权重", "Import a catalogue or weights" }
    Intro { "把医保局发来的病种目录或权重表导入这台电脑，随即可用于单份病例和批量分组。文件只在本机读取，不会上传。", "Take the catalogue or table of weights that the bureau sent onto this device, and group by it at once. The file is read here and not uploaded." }
    WhatQ { "导入什么？", "What is it?" }
    WhatDip { "DIP 病种目录（病种编码、分值等）", "A DIP catalogue (groups and scores)" }
    WhatDrg { "DRG 权重表（病组编码、权重或点数等）", "DRG weights (groups and weights or points)" }
    FileQ { "拖入或选择文件", "Drop or choose a file" }
    FileHint { "Excel 工作簿（.xlsx）、CSV 或 TSV。合并的表头、多张工作表都可以。", "An Excel workbook (.xlsx), CSV or TSV. Merged headers and several sheets are fine." }
    NoTable { "没有找到含有病种（病组）编码、诊断编码或权重的工作表。", "No sheet has codes of groups or diagnoses, or weights." }
    GuessTitle { "核对各列的含义", "What the columns are" }
    GuessHint { "已按表头和内容猜好，不对的请改。", "Guessed from headers and content; put right what is wrong." }
    SheetName { "工作表“{0}”，表头至第 {1} 行", "Sheet {0}, header to row {1}" }
    FileName { "{0}，表头至第 {1} 行", "{0}, header to row {1}" }
    UseSheet { "读取这张表", "Read this sheet" }
    ColumnName { "第 {0} 列", "column {0}" }
    NotUsed { "不读取", "Not read" }
    GrammarQ { "手术操作的写法", "How operations are written" }
    GrammarSlash { "“/”表示或，“+”表示且（1.0 版、2.0 版地方目录）", "/ is or, + is and (local catalogues 1.0, 2.0)" }
    GrammarBar { "“|”表示或，“+”表示且（3.0 版）", "| is or, + is and (3.0)" }
    AboutTitle { "名称和版本", "Name and edition" }
    NameQ { "名称（如 某市 DIP 2.0 目录）", "Name" }
    EditionQ { "版本日期", "Edition" }
    NoticeQ { "显示在每个结果旁的说明（选填）", "What stands beside every result (optional)" }
    PriceQ { "费率或点值（元，表中没有时填写）", "Yuan for a weight or point, where the table has none" }
    SchemeQ { "这张权重表按哪个分组方案制定？", "Of which scheme are the groups?" }
    WrongName { "请填写名称", "Enter a name" }
    Read { "读取", "Read" }
    Reading { "正在读取…", "Reading…" }
    RowsSoFar { "已读 {0} 行", "{0} rows so far" }
    ReadTitle { "读取结果", "What was read" }
    ReadTime { "用时 {0} 秒。", "It took {0} s." }
    ProblemsTitle { "未读取的行（{0}）", "Rows not read ({0})" }
    DoubtsTitle { "请核对（{0}）", "To be looked at ({0})" }
    AndMore { "其余 {0} 条不再列出。", "{0} more are not listed." }
    NothingRead { "没有读到任何病种或病组，不能启用。请核对各列的含义。", "No group was read, so there is nothing to use. Check what the columns are." }
    Use { "在本机启用", "Use it on this device" }
    Export { "导出规则包", "Export the pack" }
    ExportScheme { "导出本地分组方案", "Export the scheme with the area's own groups" }
    Used { "已启用：{0}。", "In use: {0}." }
    GoOne { "去录入单份病例", "Enter a record" }
    GoBatch { "去批量分组", "Group a table" }
    KeepFailed { "浏览器未能保存，关闭页面后即失效；可以导出规则包另存。", "The browser did not keep it, so it is gone when the page is closed. The pack can be exported instead." }
    OwnTitle { "本机已导入", "Imported on this device" }
    OwnNone { "还没有。", "None yet." }
    ColName { "名称", "Name" }
    ColKind { "类别", "Kind" }
    ColEdition { "版本", "Edition" }
    ColDo { "操作", "What to do" }
    KindDip { "DIP 目录", "DIP catalogue" }
    KindDrg { "DRG 权重", "DRG weights" }
    KindUnread { "本版本无法读取", "Not readable by this version" }
    ExportOf { "导出 {0}", "Export {0}" }
    RemoveOf { "删除 {0}", "Remove {0}" }
    ExportShort { "导出", "Export" }
    Remove { "删除", "Remove" }
}
