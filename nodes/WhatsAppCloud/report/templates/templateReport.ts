import { noResults } from '../../store/reports/reportStore';
import { dayMs } from '../../time/durations';
import { toHistory, type History } from '../history';

/** What became of the messages of one template on one day. */
export interface TemplateDay {
	templateId: string;
	startMs: number;
	sent: number;
	delivered: number;
	read: number;
	clicks: readonly { button: string; type: string; count: number }[];
	/** In the account's currency; null if Meta tells none. */
	spent: number | null;
}

/** Sums over a period. */
export interface TemplateTotals {
	sent: number;
	delivered: number;
	read: number;
	clicked: number;
	/** Null if Meta tells no costs. */
	spent: number | null;
}

/** A template with its sums. */
export interface TemplateSums extends TemplateTotals {
	templateId: string;
	/** `order_shipped (en_US)`, or `Deleted (1627019861106475)`. */
	label: string;
	clicks: { button: string; count: number }[];
}

/** The content of a report on templates, ready to be shown. */
export interface TemplateReport {
	/** Milliseconds since 1970. */
	from: number;
	to: number;
	/** IANA name of the days. */
	timeZone: string;
	createdAt: number;
	/** Null if Meta does not say. */
	currency: string | null;
	totals: TemplateTotals;
	/** Most messages first. */
	templates: TemplateSums[];
	history: History;
}

/** Sums up days. */
export function totalsOf(days: readonly TemplateDay[]): TemplateTotals {
	const sum = (read: (day: TemplateDay) => number): number =>
		days.reduce((total, day) => total + read(day), 0);
	const hasCosts = days.some(({ spent }) => spent !== null);
	return {
		sent: sum(({ sent }) => sent),
		delivered: sum(({ delivered }) => delivered),
		read: sum(({ read }) => read),
		clicked: sum(clickedOn),
		// Costs have up to six digits, whose sum must not show others.
		spent: hasCosts ? Math.round(sum(({ spent }) => spent ?? 0) * 1e6) / 1e6 : null,
	};
}

/** Taps on the buttons of a day; Meta also counts people (`unique_…`), who are among them. */
export const clickedOn = ({ clicks }: Pick<TemplateDay, 'clicks'>): number =>
	clicks.reduce((sum, { type, count }) => (type.startsWith('unique_') ? sum : sum + count), 0);

/** The sums of each template, most messages first. */
export function sumsOf(
	days: readonly TemplateDay[],
	labelOf: (templateId: string) => string,
): TemplateSums[] {
	const byTemplate = new Map<string, TemplateDay[]>();
	for (const day of days) {
		byTemplate.set(day.templateId, [...(byTemplate.get(day.templateId) ?? []), day]);
	}
	return [...byTemplate]
		.map(([templateId, own]) => ({
			templateId,
			label: labelOf(templateId),
			...totalsOf(own),
			clicks: clicksOf(own),
		}))
		.sort((a, b) => b.sent - a.sent);
}

function clicksOf(days: readonly TemplateDay[]): { button: string; count: number }[] {
	const byButton = new Map<string, number>();
	for (const { button, type, count } of days.flatMap(({ clicks }) => clicks)) {
		if (type.startsWith('unique_')) continue;
		byButton.set(button, (byButton.get(button) ?? 0) + count);
	}
	return [...byButton].map(([button, count]) => ({ button, count }));
}

/** The messages by day: each counts once, with the furthest that it got. */
export function historyOf(days: readonly TemplateDay[], timeZone: string): History {
	const periods = days.map(({ startMs, sent, delivered, read }) => ({
		startAt: startMs,
		results: {
			...noResults(),
			read,
			delivered: Math.max(0, delivered - read),
			sent: Math.max(0, sent - delivered),
		},
	}));
	const [first] = periods;
	const last = periods.at(-1);
	if (first === undefined || last === undefined) return { unit: 'day', steps: [] };
	// Days of their own, also where so few of them would be shown by hour.
	const spread = last.startAt - first.startAt > 2 * dayMs ? periods : padded(periods);
	return toHistory(spread, timeZone);
}

type Periods = Parameters<typeof toHistory>[0];

/** Adds an empty day far enough away, so that a short history is shown by day. */
function padded(periods: Periods): Periods {
	const [first] = periods;
	if (first === undefined) return periods;
	return [{ startAt: first.startAt - 3 * dayMs, results: noResults() }, ...periods];
}
