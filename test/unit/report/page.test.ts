import { reportPage } from '../../../nodes/WhatsAppCloud/report/htmlPage';
import { figuresOf, type DeliveryReport } from '../../../nodes/WhatsAppCloud/report/report';
import { niceScale } from '../../../nodes/WhatsAppCloud/report/charts/columns';
import {
	noResults,
	type MessageResult,
} from '../../../nodes/WhatsAppCloud/store/reports/reportStore';
import { readEntry } from '../../../nodes/WhatsAppCloud/store/outbox/outboxRow';
import { intent, start } from '../store/samples';
import { present } from '../../present';

const evil = '"><script src=//evil.example></script><img onerror=x>';

const none = { count: 0, p50: null, p95: null, p99: null, max: null };

const report = (
	counts: Partial<Record<MessageResult, number>>,
	changes: Partial<DeliveryReport> = {},
): DeliveryReport => ({
	from: start,
	to: start + 86_400_000,
	timeZone: 'UTC',
	filters: [],
	createdAt: start,
	history: {
		unit: 'day',
		steps: [{ startAt: start, label: '1 Jan', results: { ...noResults(), ...counts } }],
	},
	summary: {
		outcomes: {
			recorded: 0,
			sending: 0,
			sent: 0,
			failed: 0,
			blocked: 0,
			unknown: counts.unknown ?? 0,
			cancelled: 0,
		},
		reached: { sent: 6, delivered: 4, read: 3, played: 0, failed: 0 },
		duplicatesAvoided: 2,
		latencies: {
			answer: { count: 6, p50: 5, p95: 50, p99: 500, max: 900 },
			delivered: none,
			read: none,
		},
		errors: [],
		pricing: [],
	},
	open: [],
	...changes,
});

const openRecord = (errorMessage: string) => ({
	...readEntry({
		...Object.fromEntries(
			Object.entries(intent('op')).map(([name, value]) => [
				name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
				value,
			]),
		),
		execution_began: null,
		category: null,
		state: 'unknown',
		message_id: null,
		attempts: 1,
		duplicates: 0,
		error_code: null,
		error_class: 'no_answer',
		error_message: errorMessage,
		http_status: null,
		fbtrace_id: null,
		latency_ms: null,
		token_slot: null,
		created_at: start,
		sent_at: null,
		updated_at: start,
		retry_at: null,
		lease_owner: null,
		lease_until: null,
	}),
});

describe('figures', () => {
	test('shares of what was accepted, and of all', () => {
		const figures = figuresOf(report({ read: 3, delivered: 1, sent: 2, failed: 2 }));
		expect(figures).toMatchObject({
			messages: 8,
			rates: { delivered: 0.6667, read: 0.5, failed: 0.25 },
		});
	});

	test('no messages, no shares', () => {
		const empty = report({});
		empty.summary.reached = { sent: 0, delivered: 0, read: 0, played: 0, failed: 0 };
		expect(figuresOf(empty).rates).toEqual({ delivered: null, read: null, failed: null });
	});
});

describe('page', () => {
	test('shows counts, shares, latencies and a column with its parts', () => {
		const page = reportPage(report({ read: 3, delivered: 1, sent: 2, unknown: 1 }));
		for (const text of ['66.7 %', '50.0 %', '50 ms', '500 ms', 'Read 3, Delivered 1, Sent 2']) {
			expect(page).toContain(text);
		}
		expect(page.match(/class="unknown"/g)).toHaveLength(2);
		expect(page).toContain('2026');
	});

	test('says of an error what it means and what to do', () => {
		const summary = {
			...report({}).summary,
			errors: [{ origin: 'answer' as const, code: 131047, class: null, title: 'Closed', count: 3 }],
		};
		const page = reportPage(report({ failed: 3 }, { summary }));
		expect(page).toMatch(/<td>131047<\/td>\s*<td class="number">3<\/td>\s*<td>\s*Closed/);
		expect(page).toContain('24 hours');
	});

	test('runs nothing and loads nothing, whatever the texts hold', () => {
		const page = reportPage(
			report(
				{ failed: 1, unknown: 1 },
				{
					filters: [['Campaign', evil]],
					open: [openRecord(evil)],
					summary: {
						...report({}).summary,
						errors: [
							{ origin: 'answer', code: null, class: evil, title: evil, count: 1 },
							{ origin: 'status', code: 1, class: null, title: evil, count: 1 },
						],
						pricing: [{ category: evil, type: evil, billable: null, count: 1 }],
					},
				},
			),
		);
		expect(page).not.toMatch(/<script|<img|<link|<iframe|@import|url\(|https?:/);
		expect(present(page.match(/&lt;script/g)).length).toBeGreaterThanOrEqual(6);
		expect(page).toContain(
			`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"`,
		);
	});

	test('says so where there is nothing', () => {
		expect(reportPage(report({}))).toContain('No messages in this period.');
	});

	test('tells how many open messages and errors are left out', () => {
		const many = report({ unknown: 120, failed: 50 }, { open: [openRecord('lost')] });
		many.summary.errors = Array.from({ length: 10 }, (_, index) => ({
			origin: 'answer' as const,
			code: index,
			class: null,
			title: null,
			count: 5,
		}));
		const page = reportPage(many);
		expect(page).toContain('and 119 more');
		expect(page).toContain('and 10 with other errors');
	});
});

test.each([
	[1, [0, 1]],
	[7, [0, 2, 4, 6, 8]],
	[10, [0, 3, 6, 9, 12]],
	[4_741, [0, 2_000, 4_000, 6_000]],
])('a scale for %s', (largest, scale) => expect(niceScale(largest)).toEqual(scale));
