/** Dark on screens only: paper is white. */
const darkColours = `
	--page: #14181b; --card: #1d2327; --ink: #e8ecee; --soft: #9aa7ae; --rule: #333c42;
	--read: #2fbf8f; --delivered: #1f7f8c; --sent: #6f8ea8; --waiting: #4c5961;
	--unknown: #e0a526; --failed: #e5604d; --blocked: #a684d6; --cancelled: #69747b;
`;

/** The style of the whole report. Colours also differ in lightness, for colour-blind readers. */
export const style = `
	:root {
		color-scheme: light dark;
		--page: #f4f6f7; --card: #ffffff; --ink: #1b2226; --soft: #5d6b73; --rule: #dfe5e8;
		--read: #0f8f66; --delivered: #54b6c2; --sent: #a9bccb; --waiting: #d5dde2;
		--unknown: #e3a008; --failed: #c8372d; --blocked: #8257c2; --cancelled: #8a969d;
	}
	@media screen and (prefers-color-scheme: dark) { :root { ${darkColours} } }
	* { box-sizing: border-box; }
	body {
		margin: 0; padding: 28px 20px 48px; background: var(--page); color: var(--ink);
		font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
		font-variant-numeric: tabular-nums;
	}
	main { max-width: 960px; margin: 0 auto; }
	h1 { margin: 0 0 4px; font-size: 26px; letter-spacing: -0.01em; }
	h2 { margin: 0 0 14px; font-size: 16px; }
	p { margin: 0; }
	.soft, small { color: var(--soft); }
	small { font-size: 12.5px; }
	section { margin-top: 16px; padding: 18px 20px; background: var(--card);
		border: 1px solid var(--rule); border-radius: 10px; break-inside: avoid; }
	.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(136px, 1fr)); gap: 12px;
		margin-top: 20px; padding: 0; list-style: none; }
	.tiles li { padding: 14px 16px; background: var(--card); border: 1px solid var(--rule);
		border-radius: 10px; break-inside: avoid; }
	.tiles b { display: block; font-size: 25px; line-height: 1.25; font-weight: 650; }
	svg { display: block; width: 100%; height: auto; }
	.grid { stroke: var(--rule); stroke-width: 1; }
	.axis { fill: var(--soft); font-size: 12px; }
	.end { text-anchor: end; } .middle { text-anchor: middle; }
	.read { fill: var(--read); } .delivered { fill: var(--delivered); } .sent { fill: var(--sent); }
	.waiting { fill: var(--waiting); } .unknown { fill: var(--unknown); }
	.failed { fill: var(--failed); } .blocked { fill: var(--blocked); }
	.cancelled { fill: var(--cancelled); } .track { fill: var(--rule); stroke: var(--rule); }
	.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 14px 0 0; padding: 0;
		list-style: none; font-size: 13px; }
	.legend svg { display: inline-block; width: 11px; height: 11px; margin-right: 6px; }
	.bars { display: grid; grid-template-columns: minmax(96px, 40%) 1fr auto; gap: 10px 14px;
		margin: 0; padding: 0; list-style: none; }
	.bars li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid;
		align-items: center; }
	.bars .label { overflow-wrap: anywhere; }
	.bars .label small { display: block; }
	.bars svg { height: 12px; border-radius: 3px; }
	.bars .value { text-align: right; white-space: nowrap; }
	.scroll { overflow-x: auto; }
	table { width: 100%; border-collapse: collapse; }
	th, td { padding: 7px 12px 7px 0; text-align: left; vertical-align: middle;
		border-bottom: 1px solid var(--rule); }
	td:first-child { white-space: nowrap; }
	th:last-child, td:last-child { padding-right: 0; }
	tr:last-child td { border-bottom: 0; }
	.history { min-width: 560px; }
	.wide svg { width: 260px; }
	th { color: var(--soft); font-weight: 500; font-size: 13px; }
	.number { text-align: right; white-space: nowrap; }
	.wide { width: 280px; }
	td.id { overflow-wrap: anywhere; min-width: 160px; }
	.range .track, .range .span { stroke-width: 2; } .range .span { stroke: var(--delivered); }
	.range .p50 { fill: var(--read); } .range .p95 { fill: var(--delivered); }
	.range .p99 { stroke: var(--failed); stroke-width: 2.5; }
	.errors td { vertical-align: top; }
	.advice { display: block; }
	@media (max-width: 560px) {
		body { padding: 20px 12px 32px; }
		section { padding: 14px; }
		.wide { display: none; }
		.bars { grid-template-columns: minmax(72px, 36%) 1fr auto; column-gap: 10px; }
		th, td { padding-right: 8px; font-size: 13px; }
		.times th, .times td:first-child { white-space: normal; }
		.templates tr { display: grid; grid-template-columns: repeat(4, 1fr) 1.3fr; }
		.templates :is(th, td):first-child { grid-column: 1 / -1; white-space: normal;
			overflow-wrap: anywhere; border-bottom: 0; padding-bottom: 0; }
		.errors tr:first-child { display: none; }
		.errors tr { display: grid; grid-template-columns: 1fr auto; }
		.errors td:last-child { grid-column: 1 / -1; }
		.errors td:not(:last-child) { border-bottom: 0; }
	}
	footer { margin-top: 18px; font-size: 12.5px; color: var(--soft); }
	@media print {
		:root { color-scheme: light; }
		body { padding: 0; background: #ffffff; font-size: 11pt; }
		* { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
		section, .tiles li { border-color: #c9d1d6; }
	}
`;
