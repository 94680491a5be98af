/**
 * The cost of verifying, parsing and normalising one webhook, compared with the baseline:
 * HMAC-SHA256 and JSON.parse of the same bytes. Run this file with Node.
 */
import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const SECRET = 'a secret of the benchmark';
const ROUNDS = 15;
const ROUND_MS = 120;

type Webhook = typeof import('../../nodes/WhatsAppCloud/graph/signature') &
	typeof import('../../nodes/WhatsAppCloud/trigger/receive/parseBody') &
	typeof import('../../nodes/WhatsAppCloud/events/normalise');

/** The nodes are written for a bundler, so they are bundled here, as in the build. */
async function loadWebhook(): Promise<Webhook> {
	const result = await build({
		stdin: {
			contents: ['graph/signature', 'trigger/receive/parseBody', 'events/normalise']
				.map((file) => `export * from './nodes/WhatsAppCloud/${file}';`)
				.join('\n'),
			resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
			loader: 'ts',
		},
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node22',
		write: false,
	});
	const code = Buffer.from(result.outputFiles[0]?.contents ?? []).toString('base64');
	return (await import(`data:text/javascript;base64,${code}`)) as Webhook;
}

const METADATA = { display_phone_number: '15550001111', phone_number_id: '200000000000001' };

function webhookOf(value: object): Buffer {
	const change = {
		field: 'messages',
		value: { messaging_product: 'whatsapp', metadata: METADATA, ...value },
	};
	return Buffer.from(
		JSON.stringify({
			object: 'whatsapp_business_account',
			entry: [{ id: '300000000000001', changes: [change] }],
		}),
	);
}

const contact = (index: number) => ({
	profile: { name: `Customer ${index}` },
	wa_id: String(491510000000 + index),
	user_id: `DE.${7_700_000_000_000_000 + index}`,
});
const text = (index: number) => ({
	from: String(491510000000 + index),
	from_user_id: `DE.${7_700_000_000_000_000 + index}`,
	id: `wamid.HBgLNDkxNTEwMDAwMDAwFQIAEhgUM0E${String(index).padStart(17, '0')}`,
	timestamp: String(1_793_620_800 + index),
	type: 'text',
	text: { body: 'Hello, can you tell me whether the blue one is in stock?' },
});
const image = (index: number) => ({
	...text(index),
	type: 'image',
	image: {
		caption: 'This one',
		mime_type: 'image/jpeg',
		sha256: 'n0xEWXq3ZHBoVCo4CzU1g2F0iU2L1+0nGTLZ2A5pF1c=',
		id: '8214005591234567',
	},
});
const status = (index: number) => ({
	id: `wamid.HBgLNDkxNTEwMDAwMDAwFQIAEhgUM0E${String(index).padStart(17, '0')}`,
	status: 'delivered',
	timestamp: String(1_793_620_800 + index),
	recipient_id: String(491510000000 + index),
	recipient_user_id: `DE.${7_700_000_000_000_000 + index}`,
	biz_opaque_callback_data: `operation-${index}`,
	pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' },
});
const times = <T>(count: number, make: (index: number) => T) =>
	Array.from({ length: count }, (_, index) => make(index));

const CASES: [string, Buffer][] = [
	['one text message', webhookOf({ contacts: [contact(0)], messages: [text(0)] })],
	['one image', webhookOf({ contacts: [contact(0)], messages: [image(0)] })],
	['one status', webhookOf({ statuses: [status(0)] })],
	['100 statuses', webhookOf({ statuses: times(100, status) })],
	[
		'1,000 messages of 1,000 people',
		webhookOf({ contacts: times(1000, contact), messages: times(1000, text) }),
	],
];

/** Microseconds per call, over one round. */
function roundOf(run: () => unknown): number {
	const start = process.hrtime.bigint();
	let calls = 0;
	let elapsedNs = 0;
	while (elapsedNs < ROUND_MS * 1e6) {
		run();
		calls++;
		elapsedNs = Number(process.hrtime.bigint() - start);
	}
	return elapsedNs / calls / 1000;
}

function median(numbers: number[]): number {
	return [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? NaN;
}

const { verifySignature, parseBody, normalise } = await loadWebhook();

const rows = CASES.map(([name, body]) => {
	const header = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
	const baseline = () => {
		createHmac('sha256', SECRET).update(body).digest('hex');
		return JSON.parse(body.toString('utf8')) as unknown;
	};
	const ours = () => {
		if (!verifySignature(body, header, SECRET).accepted) throw new Error('not accepted');
		const parsed = parseBody(body);
		if (!parsed.ok) throw new Error('not parsed');
		return normalise(parsed.payload);
	};
	// Alternately, so that whatever else the machine does affects both alike.
	const rounds = times(ROUNDS, () => ({ baselineUs: roundOf(baseline), oursUs: roundOf(ours) }));
	return {
		webhook: name,
		bytes: body.length,
		'baseline µs': Number(median(rounds.map(({ baselineUs }) => baselineUs)).toFixed(1)),
		'ours µs': Number(median(rounds.map(({ oursUs }) => oursUs)).toFixed(1)),
		ratio: Number(median(rounds.map(({ baselineUs, oursUs }) => oursUs / baselineUs)).toFixed(2)),
	};
});
console.table(rows);
