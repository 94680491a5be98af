import Ajv from 'ajv';
import { toItem } from '../../../nodes/WhatsAppCloud/operations/message/item';
import { outputPreviews } from '../../../nodes/WhatsAppCloud/operations/outputPreviews';
import { summaryItem } from '../../../nodes/WhatsAppCloud/operations/report/summaryItem';
import type { Run } from '../../../nodes/WhatsAppCloud/node/run';
import { resources, type Resource } from '../../../nodes/WhatsAppCloud/operations/table';
import { noResults } from '../../../nodes/WhatsAppCloud/store/reports/reportStore';
import { sendOperations } from '../../fixtures/messageFixtures';

interface Preview {
	properties: Record<string, unknown>;
}

const previews = outputPreviews();
const pathOf = (resource: string, operation: string): string =>
	`__schema__/v1.0.0/${resource}/${operation}.json`;
const previewOf = (operation: string, resource = 'message'): Preview =>
	previews[pathOf(resource, operation)] as Preview;

const { json: sentItem } = toItem(
	{ account: { graphVersion: 'v25.0' } } as Run,
	{
		operationId: 'a',
		phoneNumberId: '1',
		recipient: { to: '+15551234567' },
		endpoint: 'messages',
		body: {},
		payloadHash: 'b',
	},
	{
		outcome: 'sent',
		messageId: 'wamid.1',
		waId: '15551234567',
		userId: 'US.1',
		attempts: 1,
		latencyMs: 100,
		fbtraceId: 'c',
		httpStatus: 200,
		token: 'active',
		error: null,
		cause: null,
	},
	{ written: '+1 555 123 4567', itemIndex: 0 },
);

/** What the item of a template says about it. */
const sentTemplate = {
	name: 'order_update',
	language: 'en_US',
	category: 'UTILITY',
	text: 'Hi Ada, your order A-1001 is on its way.',
};

test('each operation has a preview where n8n looks for it', () => {
	const table: [string, Resource][] = Object.entries(resources);
	const paths = table.flatMap(([resource, { operations }]) =>
		Object.keys(operations).map((operation) => pathOf(resource, operation)),
	);
	expect(Object.keys(previews)).toEqual(paths);
});

test('a list of objects is previewed with one of them', () =>
	expect(previewOf('delivery', 'report').properties).toMatchObject({
		pricing: {
			type: 'array',
			items: { type: 'object', properties: { billable: { type: 'boolean' } } },
		},
	}));

test.each(Object.keys(sendOperations))('the preview of %s is what a send returns', (operation) => {
	const preview = previewOf(operation);
	const validate = new Ajv({ strict: false }).compile(preview);
	const details = operation === 'sendTemplate' ? { template: sentTemplate } : {};
	const item = { ...sentItem, ...details };
	expect(Object.keys(preview.properties)).toEqual(Object.keys(item));
	validate(item);
	expect(validate.errors).toBeNull();
});

test('the preview of report.delivery is what a summary holds', () => {
	const none = { count: 1, p50: 1, p95: 1.5, p99: 2, max: 2 };
	const outcomes = { recorded: 0, sending: 0, sent: 1, failed: 0, blocked: 0, unknown: 0 };
	const summary = summaryItem({
		from: 0,
		to: 1,
		timeZone: 'UTC',
		filters: [],
		createdAt: 1,
		history: {
			unit: 'day',
			steps: [{ startAt: 0, label: '', results: { ...noResults(), sent: 1 } }],
		},
		summary: {
			outcomes: { ...outcomes, cancelled: 0 },
			reached: { sent: 1, delivered: 1, read: 0, played: 0, failed: 0 },
			duplicatesAvoided: 0,
			latencies: { answer: none, delivered: none, read: none },
			errors: [{ origin: 'answer', code: 1, class: 'no_answer', title: 'Lost', count: 1 }],
			pricing: [{ category: 'utility', type: 'regular', billable: true, count: 1 }],
		},
		open: [],
	});
	const preview = previewOf('delivery', 'report');
	expect(Object.keys(preview.properties)).toEqual(Object.keys(summary));
	const validate = new Ajv({ strict: false }).compile(closed(preview));
	validate(summary);
	expect(validate.errors).toBeNull();
});

/** The same schema, but strict: it rejects members that it does not name. */
function closed(schema: object): object {
	const inside = Object.entries(schema).map(([name, value]): [string, unknown] => [
		name,
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? closed(value as object)
			: value,
	]);
	const isObject = 'properties' in schema;
	return { ...Object.fromEntries(inside), ...(isObject ? { additionalProperties: false } : {}) };
}
