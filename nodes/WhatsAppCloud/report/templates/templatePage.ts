import { barList } from '../charts/bars';
import { columnsChart } from '../charts/columns';
import { formatCount, formatRate, formatTime } from '../format';
import { html, type Markup } from '../markup';
import { shownResults } from '../results';
import { pageOf, tile } from '../shell';
import type { TemplateReport, TemplateSums, TemplateTotals } from './templateReport';

/** Further templates stand in the table alone. */
const mostBars = 10;

/** The report on templates as a self-contained page. */
export function templatePage(report: TemplateReport): string {
	const { from, to, timeZone, createdAt, templates } = report;
	return pageOf({
		title: 'WhatsApp template report',
		subtitle: html`${formatTime(from, timeZone)} – ${formatTime(to, timeZone)}`,
		content: templates.length === 0 ? nothing : sections(report),
		createdAt,
		timeZone,
		note: "Meta's figures; it counts reads and taps for seven days after a message was sent.",
	});
}

const nothing = html`<section><p>No messages with these templates in this period.</p></section>`;

function sections(report: TemplateReport): Markup {
	const { templates, history, totals, currency } = report;
	return html`${tiles(totals, currency)}
		<section>
			<h2>Messages by ${history.unit}</h2>
			<div class="scroll">${columnsChart(history.steps)}</div>
			${legend}
		</section>
		<section>
			<h2>Messages by template</h2>
			${barList(
				templates.slice(0, mostBars).map(({ label, sent, delivered, read }) => ({
					label,
					note: null,
					value: sent,
					summary: `${formatRate(share(read, delivered))} read`,
					colour: 'sent',
				})),
			)}
		</section>
		<section>
			<h2>Templates</h2>
			${table(templates, currency)}
		</section>
		${buttons(templates)}`;
}

/** Null if there is nothing to divide by. */
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const money = (amount: number | null): string => (amount === null ? '–' : String(amount));

function tiles({ sent, delivered, read, clicked, spent }: TemplateTotals, currency: string | null) {
	return html`<ul class="tiles">
		${tile('Sent', formatCount(sent), 'with these templates')}
		${tile('Delivered', formatRate(share(delivered, sent)), `${formatCount(delivered)} of those sent`)}
		${tile('Read', formatRate(share(read, delivered)), `${formatCount(read)} of those delivered`)}
		${tile('Tapped', formatCount(clicked), 'on buttons')}
		${tile('Spent', money(spent), [...(currency === null ? [] : [currency]), 'approximately'].join(', '))}
	</ul>`;
}

const legend = html`<ul class="legend">
	${shownResults
		.filter(({ result }) => result === 'read' || result === 'delivered' || result === 'sent')
		.map(
			({ result, label, meaning }) =>
				html`<li title="${meaning}">
					<svg viewBox="0 0 10 10" aria-hidden="true">
						<rect class="${result}" width="10" height="10" rx="2" /></svg
					>${label}
				</li>`,
		)}
</ul>`;

function table(templates: readonly TemplateSums[], currency: string | null): Markup {
	return html`<div class="scroll">
		<table class="templates">
			<tr>
				<th>Template</th>
				<th class="number">Sent</th>
				<th class="number">Delivered</th>
				<th class="number">Read</th>
				<th class="number">Taps</th>
				<th class="number">${currency === null ? 'Spent' : `${currency} spent`}</th>
			</tr>
			${templates.map(
				({ label, sent, delivered, read, clicked, spent }) =>
					html`<tr>
						<td>${label}</td>
						<td class="number">${formatCount(sent)}</td>
						<td class="number">${formatCount(delivered)}</td>
						<td class="number">${formatCount(read)}</td>
						<td class="number">${formatCount(clicked)}</td>
						<td class="number">${money(spent)}</td>
					</tr>`,
			)}
		</table>
	</div>`;
}

function buttons(templates: readonly TemplateSums[]): Markup {
	const rows = templates.flatMap(({ label, clicks }) =>
		clicks.map(({ button, count }) => ({
			label: button,
			note: label,
			value: count,
			summary: null,
			colour: 'read',
		})),
	);
	if (rows.length === 0) return html``;
	return html`<section>
		<h2>Taps by button</h2>
		${barList(rows)}
	</section>`;
}
