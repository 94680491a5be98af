import { noResults, type MessageResult } from '../../nodes/WhatsAppCloud/store/reports/reportStore';
import type { DeliveryReport } from '../../nodes/WhatsAppCloud/report/report';
import { toHistory } from '../../nodes/WhatsAppCloud/report/history';
import {
	historyOf,
	sumsOf,
	totalsOf,
	type TemplateDay,
	type TemplateReport,
} from '../../nodes/WhatsAppCloud/report/templates/templateReport';
import { dayMs, hourMs, minuteMs } from '../../nodes/WhatsAppCloud/time/durations';

const from = Date.UTC(2026, 9, 26);
const to = Date.UTC(2026, 10, 24, 18, 30);
const days = Array.from({ length: 30 }, (_, day) => from + day * dayMs);

/** Two campaigns, and little on Sundays. */
const campaignDays = [10, 24];
const isSunday = (startMs: number): boolean => new Date(startMs).getUTCDay() === 0;

/** Messages of a day: few, more, or a campaign. The days differ, and are the same each time. */
const amountOn = (startMs: number, day: number): number =>
	campaignDays.includes(day) ? 4_600 - day * 20 : isSunday(startMs) ? 60 : 420 + ((day * 37) % 90);

function resultsOn(startMs: number, day: number): Record<MessageResult, number> {
	const all = amountOn(startMs, day);
	const part = (share: number): number => Math.round(all * share);
	const isCampaign = campaignDays.includes(day);
	const rest = {
		delivered: part(0.25),
		sent: part(isCampaign ? 0.06 : 0.02),
		failed: part(isCampaign ? 0.025 : 0.01),
		blocked: part(isCampaign ? 0.03 : 0),
		unknown: day === 17 ? 6 : 0,
	};
	const read = Object.values(rest).reduce((left, count) => left - count, all);
	return { ...noResults(), ...rest, read };
}

/** What a shop with two campaigns in a month would see. */
export function sampleDeliveryReport(): DeliveryReport {
	const periods = days.map((startAt, day) => ({ startAt, results: resultsOn(startAt, day) }));
	const sum = (result: MessageResult): number =>
		periods.reduce((total, { results }) => total + results[result], 0);
	const read = sum('read');
	const delivered = read + sum('delivered');
	const sent = delivered + sum('sent');
	const failed = sum('failed');
	const unknown = sum('unknown');
	return {
		from,
		to,
		timeZone: 'UTC',
		filters: [['Sender', '+1 555-010-0001']],
		createdAt: to,
		history: toHistory(periods, 'UTC'),
		open: [],
		summary: {
			outcomes: {
				recorded: 0,
				sending: 0,
				sent,
				failed,
				blocked: sum('blocked'),
				unknown,
				cancelled: 0,
			},
			reached: { sent, delivered, read, played: 0, failed },
			duplicatesAvoided: 214,
			latencies: {
				answer: { count: sent, p50: 142, p95: 390, p99: 1_240, max: 4_100 },
				delivered: { count: delivered, p50: 0, p95: 41_000, p99: 90 * minuteMs, max: 2 * dayMs },
				read: {
					count: read,
					p50: 17 * minuteMs,
					p95: 11 * hourMs,
					p99: 47 * hourMs,
					max: 6 * dayMs,
				},
			},
			errors: [
				{
					origin: 'answer',
					code: 131026,
					class: null,
					title: 'Message undeliverable',
					count: failed - 104,
				},
				{
					origin: 'status',
					code: 131049,
					class: null,
					title: 'Kept back to maintain healthy engagement',
					count: 100,
				},
				{
					origin: 'answer',
					code: null,
					class: 'no_answer',
					title: 'No answer within 30 s',
					count: unknown,
				},
				{ origin: 'answer', code: 131047, class: null, title: 'Re-engagement message', count: 4 },
			],
			pricing: [
				{ category: 'marketing', type: 'regular', billable: true, count: 8_214 },
				{ category: 'utility', type: 'regular', billable: true, count: 3_105 },
				{ category: 'utility', type: 'free_customer_service', billable: false, count: 2_960 },
				{ category: 'service', type: 'free_customer_service', billable: false, count: 3_410 },
			],
		},
	};
}

const templates = [
	{
		id: '1627019861106475',
		label: 'spring_sale (en_US)',
		daily: 340,
		buttons: ['Shop now', 'Stop'],
	},
	{ id: '1627019861106476', label: 'order_shipped (en_US)', daily: 210, buttons: ['Track parcel'] },
	{
		id: '1627019861106477',
		label: 'order_shipped (de)',
		daily: 84,
		buttons: ['Sendung verfolgen'],
	},
	{ id: '1627019861106478', label: 'Deleted (1627019861106478)', daily: 22, buttons: [] },
];

function templateDays(): TemplateDay[] {
	return templates.flatMap(({ id, daily, buttons }, place) =>
		days.map((startMs, day) => {
			const sent = daily + ((day * 29 + place * 13) % 60);
			const delivered = Math.round(sent * 0.96);
			const read = Math.round(sent * 0.7);
			return {
				templateId: id,
				startMs,
				sent,
				delivered,
				read,
				clicks: buttons.map((button, nth) => ({
					button,
					type: 'quick_reply_button',
					count: Math.round(read / (8 * (nth + 1) ** 2)),
				})),
				spent: Math.round(delivered * (place === 0 ? 2.5 : 0.4)) / 100,
			};
		}),
	);
}

/** What Meta would tell of four templates, one of which is gone. */
export function sampleTemplateReport(): TemplateReport {
	const all = templateDays();
	const labels = new Map(templates.map(({ id, label }) => [id, label]));
	return {
		from,
		to,
		timeZone: 'UTC',
		createdAt: to,
		currency: 'USD',
		totals: totalsOf(all),
		templates: sumsOf(all, (id) => labels.get(id) ?? id),
		history: historyOf(all, 'UTC'),
	};
}
