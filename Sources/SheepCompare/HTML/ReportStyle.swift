/// The look of a report. Colour carries nothing alone: marks differ in shape, verdicts in words.
enum ReportStyle {
  /// The style sheet.
  static let sheet = HTMLMarkup.literal(
    """

    :root {
      --paper: #ffffff; --ink: #1c1f23; --soft: #565d66; --faint: #69707a; --rule: #dfe2e6;
      --panel: #f6f7f8; --accent: #0b5cad; --accent-soft: #d8e6f5; --bad: #a8321c; --mark: #7b838d;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #15181c; --ink: #e6e8eb; --soft: #a9b0b8; --faint: #8f979f; --rule: #30353b;
        --panel: #1d2126; --accent: #78b4f0; --accent-soft: #1d3a57; --bad: #f08a70; --mark: #959da6;
      }
    }
    * { box-sizing: border-box; }
    html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Apple SD Gothic Neo",
        "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", "Hiragino Sans", "Noto Sans CJK JP", sans-serif;
      font-variant-numeric: tabular-nums; word-break: keep-all; overflow-wrap: anywhere;
    }
    main { max-width: 1088px; margin: 0 auto; padding: 48px 24px 64px; }
    h1 { font-size: 34px; line-height: 1.2; letter-spacing: -0.01em; font-weight: 650; margin: 6px 0 28px;
      max-width: 26em; text-wrap: balance; }
    h2 { font-size: 20px; line-height: 1.3; font-weight: 650; margin: 0 0 6px; }
    h3 { font-size: 15px; line-height: 1.4; font-weight: 650; margin: 0; }
    section { margin-top: 52px; }
    p { margin: 0; }
    span.label { white-space: nowrap; }
    .kicker { color: var(--soft); font-size: 14px; }
    .lead { color: var(--soft); font-size: 14.5px; max-width: 46em; margin-bottom: 18px; }
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 230px), 1fr));
      gap: 20px 32px; margin: 0; padding: 20px 0; border-top: 2px solid var(--ink);
      border-bottom: 1px solid var(--rule); }
    .facts dt { color: var(--faint); font-size: 13px; font-weight: 600; margin-bottom: 2px; }
    .facts dd { margin: 0; font-size: 15px; line-height: 1.45; }
    footer { margin-top: 56px; padding-top: 14px; border-top: 1px solid var(--rule); color: var(--faint);
      font-size: 13px; }
    .small { display: block; color: var(--faint); font-size: 12.5px; line-height: 1.4; font-weight: 400; }
    .bad { color: var(--bad); }
    .strong { font-weight: 650; }
    .accent { color: var(--accent); font-weight: 650; }
    .soft { color: var(--soft); }
    ul.notes { margin: 16px 0 0; padding: 0; list-style: none; color: var(--soft); font-size: 14px; }
    ul.notes li { margin-top: 4px; padding-left: 16px; text-indent: -16px; }
    ul.notes li::before { content: "– "; }

    table { border-collapse: collapse; width: 100%; font-size: 15px; }
    th { text-align: left; font-weight: 600; font-size: 13px; line-height: 1.35; color: var(--soft);
      vertical-align: bottom; overflow-wrap: break-word; padding: 6px 8px; border-bottom: 1.5px solid var(--ink); }
    td { padding: 9px 8px; border-bottom: 1px solid var(--rule); vertical-align: top; line-height: 1.4; }
    th:first-child, td:first-child { padding-left: 0; }
    th:last-child, td:last-child { padding-right: 0; }
    th > span { overflow-wrap: anywhere; }
    .figures .model { width: 25%; }
    .number { text-align: right; }
    td.number { white-space: nowrap; }
    .order { color: var(--faint); width: 1%; white-space: nowrap; }
    .front::before { content: "◆ "; color: var(--accent); font-size: 0.8em; }
    .bar { width: 100%; height: 4px; margin-top: 4px; }
    details { margin-top: 18px; font-size: 14.5px; }
    summary { cursor: pointer; color: var(--accent); font-weight: 600; }
    .scroll { overflow-x: auto; margin-top: 10px; }
    .scroll table { width: auto; min-width: 100%; font-size: 13.5px; }
    .scroll th, .scroll td { white-space: nowrap; padding: 5px 10px; }

    figure { margin: 0; }
    svg { display: block; }
    svg text { fill: var(--ink); font-size: 13px; }
    svg .tick { fill: var(--soft); font-size: 12px; }
    svg .axis { fill: var(--soft); font-size: 12.5px; font-weight: 600; }
    svg .label { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
    svg .light { fill: var(--soft); }
    svg .bold { font-weight: 650; }
    svg .grid { stroke: var(--rule); stroke-width: 1; }
    svg .frame { stroke: var(--faint); stroke-width: 1; }
    svg .leader { stroke: var(--faint); stroke-width: 1; }
    svg .staircase { stroke: var(--accent); stroke-width: 1.5; stroke-dasharray: 4 4; fill: none; }
    svg .member { fill: var(--accent); stroke: var(--paper); stroke-width: 1.5; }
    svg .other { fill: var(--paper); stroke: var(--mark); stroke-width: 1.75; }
    svg .whisker { stroke: var(--mark); stroke-width: 1.25; }
    svg .dot { fill: var(--accent); }
    svg .dim { fill: var(--mark); }
    svg .middle { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 3; }
    svg .cross { stroke: var(--bad); stroke-width: 2.25; fill: none; }
    svg .over { fill: var(--ink); }
    svg .span { stroke: var(--accent); stroke-width: 2; opacity: 0.35; }
    .bar rect { fill: var(--mark); }
    .chart { width: 100%; height: auto; }
    .middle, .narrow, .key li.middle, .key li.narrow { display: none; }
    .key { display: flex; flex-wrap: wrap; gap: 4px 22px; margin: 12px 0 0; padding: 0; list-style: none;
      color: var(--soft); font-size: 13.5px; }
    .key li { display: flex; align-items: center; gap: 7px; }
    .key li > svg { flex: none; width: 14px; height: 14px; overflow: visible; }

    .strip, .rounds { display: grid; grid-template-columns: 220px minmax(0, 1fr) 92px; gap: 0 16px;
      align-items: center; }
    .strip .name { font-size: 14px; line-height: 1.35; padding: 4px 0; }
    .strip .value { text-align: right; font-size: 14px; white-space: nowrap; }
    .strip > .plot { width: 100%; height: 52px; overflow: visible; border-bottom: 1px solid var(--rule); }
    .strips.many .plot { height: 38px; }
    .rounds p { grid-column: 2; display: flex; justify-content: space-between; color: var(--soft);
      font-size: 12.5px; padding-top: 4px; }

    .question { background: var(--panel); border-left: 3px solid var(--accent); padding: 12px 16px;
      margin: 22px 0 16px; white-space: pre-wrap; font-size: 15px; }
    .question .small { white-space: normal; margin-bottom: 3px; }
    .answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
      gap: 16px; align-items: start; }
    .answer { border: 1px solid var(--rule); border-radius: 6px; padding: 14px 16px; min-width: 0; }
    .answer .body { margin-top: 10px; white-space: pre-wrap; font-size: 15px; line-height: 1.6; }
    .answer .body.none { color: var(--bad); }

    .moves { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr));
      gap: 28px 40px; align-items: start; }
    .moves caption { text-align: left; font-size: 15px; padding-bottom: 6px; }
    .method { display: grid; grid-template-columns: minmax(110px, 190px) minmax(0, 1fr); gap: 8px 24px;
      font-size: 14.5px; margin: 0; }
    .method dt { color: var(--soft); }
    .method dd { margin: 0; }

    @media print, (max-width: 1019px) {
      .wide { display: none; }
      .middle { display: block; max-width: 860px; }
      .key li.middle { display: flex; }
    }
    @media screen and (max-width: 859px) {
      main { padding: 28px 16px 48px; }
      h1 { font-size: 26px; margin-bottom: 20px; }
      section { margin-top: 40px; }
      .chart.middle { display: none; }
      .narrow { display: block; max-width: 560px; }
      .key li.narrow { display: flex; }
      .figures, .figures tbody { display: block; }
      .figures thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .figures tr { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 20px; padding: 14px 0;
        border-bottom: 1px solid var(--rule); }
      .figures td { display: block; border: 0; padding: 0; text-align: left; white-space: normal; }
      .figures td[data-name]::before { content: attr(data-name); display: block; color: var(--faint);
        font-size: 12.5px; }
      .figures td.order { display: none; }
      .figures td.model { grid-column: 1 / -1; font-size: 16px; }
      .figures td.model .place { display: inline; }
      .strip { grid-template-columns: minmax(0, 1fr) 92px; margin-top: 12px; }
      .strip > .plot { grid-column: 1 / -1; grid-row: 2; }
      .rounds { display: block; }
      .method { grid-template-columns: minmax(0, 1fr); gap: 0; }
      .method dd { margin-bottom: 12px; }
    }
    .place { display: none; color: var(--faint); font-weight: 400; }

    @media print {
      :root {
        --paper: #ffffff; --ink: #000000; --soft: #444444; --faint: #666666; --rule: #cccccc;
        --panel: #f4f4f4; --accent: #0b5cad; --accent-soft: #d8e6f5; --bad: #a8321c; --mark: #777777;
      }
      @page { margin: 16mm 14mm; }
      body { font-size: 10pt; line-height: 1.45; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      main { max-width: none; padding: 0; }
      h1 { font-size: 19pt; margin-bottom: 14pt; }
      h2 { font-size: 13pt; }
      section { margin-top: 24pt; }
      .lead, .facts dd, ul.notes, .method, .answer .body, .question { font-size: 9.5pt; }
      table { font-size: 9pt; }
      th, .small { font-size: 8pt; }
      th, td { padding: 4px 5px; }
      .figures .model { width: 22%; }
      h2, h3, .lead, .question { break-after: avoid; }
      tr, .strip, figure, .facts div { break-inside: avoid; }
      details:not([open]) { display: none; }
    }

    """)
}
