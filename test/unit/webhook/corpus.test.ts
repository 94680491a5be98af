import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { normalise } from '../../../nodes/WhatsAppCloud/webhook/normalise';
import { parseBody } from '../../../nodes/WhatsAppCloud/webhook/parse';

/** Independent samples, which are no part of this repository; see docs/trigger.md. */
const CORPUS =
	process.env['WHATSAPP_WEBHOOK_SAMPLES'] ?? join(__dirname, '../../../../shared/corpus/webhooks');

type Sample = {
	entry: Array<{
		id: string;
		changes: Array<{ field: string; value: Record<string, unknown> }>;
	}>;
};

const files = existsSync(CORPUS)
	? readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.json'))
			.map((file) => join(CORPUS, file))
	: [];

/** What a sample holds, found without any code of the trigger. */
function expectedIds(sample: Sample, list: 'messages' | 'statuses'): unknown[] {
	return sample.entry.flatMap(({ changes }) =>
		changes
			.filter(({ field }) => field === 'messages')
			.flatMap(({ value }) => (value[list] ?? []) as Array<{ id: unknown }>)
			.map(({ id }) => id),
	);
}

if (files.length === 0) {
	test('independent samples', () => {
		console.warn(`No webhook samples at ${CORPUS}: the check against them is left out.`);
		expect(files).toEqual([]);
	});
} else {
	describe(`independent samples: ${files.length}`, () => {
		test.each(files.map((file) => [relative(CORPUS, file), file]))('%s', (_, file) => {
			const bytes = readFileSync(file);
			const sample = JSON.parse(bytes.toString('utf8')) as Sample;
			const parsed = parseBody(bytes);
			if (!parsed.ok) throw new Error('not parsed');
			const events = normalise(parsed.payload);

			const carried = events.filter(({ businessAccountId }) =>
				sample.entry.some(({ id }) => id === businessAccountId),
			);
			expect(carried).toEqual(events);
			expect(events.length).toBeGreaterThanOrEqual(
				sample.entry.flatMap(({ changes }) => changes).length,
			);
			const idsOf = (list: 'messages' | 'statuses') => expectedIds(sample, list);
			const found = events.map(({ id }) => id);
			expect(found.filter((id) => idsOf('messages').includes(id))).toEqual(idsOf('messages'));
			expect(events.filter(({ event }) => event === 'status').map(({ id }) => id)).toEqual(
				idsOf('statuses'),
			);
			for (const event of events) expect(JSON.parse(JSON.stringify(event))).toEqual(event);
		});
	});
}
