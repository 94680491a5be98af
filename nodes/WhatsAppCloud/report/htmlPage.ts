import { lookUpErrorCode } from '../graph/errors/catalogue';
import type { OutboxEntry } from '../store/outbox/outboxEntry';
import type { PricingCount, ReportSummary } from '../store/reports/reportStore';
import { barList } from './charts/bars';
import { columnsChart } from './charts/columns';
import { rangeChart, timeScaleOf } from './charts/range';
import { formatCount, formatDuration, formatRate, formatTime } from './format';
import { html, type Markup } from './markup';
import { figuresOf, type DeliveryReport, type ReportFigures } from './report';
import { shownResults } from './results';
import { pageOf, tile } from './shell';

/** The report as a self-contained page: no scripts, no external content. */
export function reportPage(report: DeliveryReport): string {
	const figures = figuresOf(report);
	const { filters, createdAt, timeZone } = report;
	return pageOf({
		title: 'WhatsApp delivery report',
		subtitle: html`${periodText(report)}${filters.map(([label, value]) => html` · ${label}: ${value}`)}`,
		content:
			figures.messages === 0
				? html`<section><p>No messages in this period.</p></section>`
				: sections(report, figures),
		createdAt,
		timeZone,
		note: 'Each message counts once, with the furthest that is known of it.',
	});
}

function periodText({ from, to, timeZone }: DeliveryReport): string {
	const end = formatTime(to, timeZone);
	return from === null ? `Until ${end}` : `${formatTime(from, timeZone)} – ${end}`;
}

function sections(report: DeliveryReport, figures: ReportFigures): Markup {
	const { summary, history, open } = report;
	return html`${tiles(figures, summary)}
		<section>
			<h2>Messages by ${history.unit}</h2>
			<div class="scroll">${columnsChart(history.steps)}</div>
			${legend(figures)}
		</section>
		<section>
			<h2>How far they came</h2>
			${funnel(figures, summary)}
		</section>
		<section>
			<h2>Errors</h2>
			${errors(summary)}
		</section>
		<section>
			<h2>How long it took</h2>
			${latencies(summary)}
		</section>
		${
			summary.pricing.length > 0 &&
			html`<section>
				<h2>What Meta charges for</h2>
				${pricing(summary.pricing)}
			</section>`
		}
		${
			open.length > 0 &&
			html`<section>
				<h2>Open: it is not known whether they were sent</h2>
				${openTable(report)}
			</section>`
		}`;
}

function tiles({ messages, results, rates }: ReportFigures, summary: ReportSummary): Markup {
	const { sent, delivered, read } = summary.reached;
	return html`<ul class="tiles">
		${tile('Messages', formatCount(messages), `${formatCount(sent)} accepted by Meta`)}
		${tile('Delivered', formatRate(rates.delivered), `${formatCount(delivered)} of those accepted`)}
		${tile('Read', formatRate(rates.read), `${formatCount(read)} of those accepted`)}
		${tile('Failed', formatRate(rates.failed), `${formatCount(results.failed)} of all`)}
		${tile('Unknown', formatCount(results.unknown), 'until a status comes')}
		${tile('Duplicates', formatCount(summary.duplicatesAvoided), 'avoided: not sent again')}
	</ul>`;
}

function legend({ results }: ReportFigures): Markup {
	return html`<ul class="legend">
		${shownResults
			.filter(({ result }) => results[result] > 0)
			.map(
				({ result, label, meaning }) =>
					html`<li title="${meaning}">
						<svg viewBox="0 0 10 10" aria-hidden="true">
							<rect class="${result}" width="10" height="10" rx="2" /></svg
						>${label} ${formatCount(results[result])}
					</li>`,
			)}
	</ul>`;
}

function funnel({ messages, rates }: ReportFigures, { reached }: ReportSummary): Markup {
	const share = (part: number): string => formatRate(messages === 0 ? null : part / messages);
	const bar = (label: string, value: number, colour: string, summary = share(value)) => ({
		label,
		note: null,
		value,
		summary,
		colour,
	});
	return barList(
		[
			bar('To be sent', messages, 'waiting', ''),
			bar('Accepted', reached.sent, 'sent'),
			bar('Delivered', reached.delivered, 'delivered', formatRate(rates.delivered)),
			bar('Read', reached.read, 'read', formatRate(rates.read)),
		],
		messages,
	);
}

/** Further errors are summed up in one line. */
const mostErrors = 8;

function errors({ errors: all }: ReportSummary): Markup {
	if (all.length === 0) return html`<p class="soft">None.</p>`;
	const rest = all.slice(mostErrors).reduce((sum, { count }) => sum + count, 0);
	return html`<table class="errors">
			<tr>
				<th>Error</th>
				<th class="number">Messages</th>
				<th>What it means, and what to do</th>
			</tr>
			${all.slice(0, mostErrors).map(
				({ origin, code, class: kind, title, count }) =>
					html`<tr>
						<td>${code ?? (kind ?? 'other').replaceAll('_', ' ')}</td>
						<td class="number">${formatCount(count)}</td>
						<td>
							${title}${origin === 'status' && html` <small>reported later by a status</small>`}
							${code !== null && html`<small class="advice">${lookUpErrorCode(code).advice}</small>`}
						</td>
					</tr>`,
			)}
		</table>
		${rest > 0 && html`<p class="soft">and ${formatCount(rest)} with other errors</p>`}`;
}

function latencies({ latencies: { answer, delivered, read } }: ReportSummary): Markup {
	const rows = [
		['Meta’s answer', answer],
		['Accepted to delivered', delivered],
		['Accepted to read', read],
	] as const;
	const scale = timeScaleOf([answer, delivered, read]);
	const time = (ms: number | null): Markup => html`<td class="number">${formatDuration(ms)}</td>`;
	return html`<div class="scroll">
		<table class="times">
			<tr>
				<th></th>
				<th class="number">Measured</th>
				<th class="number">Half within</th>
				<th class="number">95 %</th>
				<th class="number">99 %</th>
				<th class="wide"></th>
			</tr>
			${rows.map(
				([name, each]) =>
					html`<tr>
						<td>${name}</td>
						<td class="number">${formatCount(each.count)}</td>
						${time(each.p50)}${time(each.p95)}${time(each.p99)}
						<td class="wide">${rangeChart(name, each, scale)}</td>
					</tr>`,
			)}
		</table>
	</div>`;
}

function pricing(counts: readonly PricingCount[]): Markup {
	const said = (value: string | null): string => (value ?? 'not stated').replaceAll('_', ' ');
	const isBilled = (billable: boolean | null): string =>
		billable === null ? 'not stated' : billable ? 'yes' : 'no';
	return html`<div class="scroll">
		<table>
			<tr>
				<th>Category</th>
				<th>Type</th>
				<th>Billable</th>
				<th class="number">Messages</th>
			</tr>
			${counts.map(
				({ category, type, billable, count }) =>
					html`<tr>
						<td>${said(category)}</td>
						<td>${said(type)}</td>
						<td>${isBilled(billable)}</td>
						<td class="number">${formatCount(count)}</td>
					</tr>`,
			)}
		</table>
	</div>`;
}

function openTable({ open, summary, timeZone }: DeliveryReport): Markup {
	const more = summary.outcomes.unknown - open.length;
	const row = ({ createdAt, recipientKey, operationId, errorMessage }: OutboxEntry): Markup =>
		html`<tr>
			<td>${formatTime(createdAt, timeZone)}</td>
			<td>${recipientKey}</td>
			<td class="id">${operationId}</td>
			<td>${errorMessage}</td>
		</tr>`;
	return html`<div class="scroll">
			<table>
				<tr>
					<th>Created</th>
					<th>Recipient</th>
					<th>Operation ID</th>
					<th>What happened</th>
				</tr>
				${open.map(row)}
			</table>
		</div>
		${more > 0 && html`<p class="soft">and ${formatCount(more)} more</p>`}`;
}
