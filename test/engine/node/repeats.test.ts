import type { RunNodeResult } from '../../../scripts/engine/result';
import { png } from '../../simulator/support/files';
import { accepted, credentials, detailed, itemsOf, onlyJson } from './account';
import { binaryFile } from './files';
import { keepState } from './keptState';

const kept = keepState();

interface Repetition {
	executionId: string;
	mode?: 'retry';
}

const run = async (
	parameters: Record<string, unknown>,
	{ executionId, mode }: Repetition,
	changes: Record<string, unknown> = {},
) =>
	await kept.engine.runNode({
		node: 'whatsAppCloud',
		workflowId: 'repeats',
		executionId,
		...(mode ? { mode } : {}),
		parameters: detailed({ recipient: '+15550200001', ...parameters }),
		credentials: credentials(kept.simulator.url),
		items: [{ json: {}, binary: { data: binaryFile(png(), 'image/png', 'cactus.png') } }],
		...changes,
	});

const problemIn = (result: RunNodeResult): string | undefined =>
	'error' in result ? result.error.message : undefined;

const picture = { operation: 'sendMedia', mediaType: 'image', mediaSource: 'binary' };

const withPicture = [
	['an image', picture],
	[
		'a header of buttons',
		{
			operation: 'sendInteractive',
			interactiveType: 'button',
			headerType: 'image',
			headerMediaSource: 'binary',
			body: 'Shall it be this one?',
			buttons: { button: [{ id: 'yes', title: 'Yes' }] },
		},
	],
] as const;

test.each(withPicture)(
	'%s from the item goes out once, however often it is uploaded',
	async (...[, parameters]) => {
		const id = `file-${parameters.operation}`;
		const first = onlyJson(await run(parameters, { executionId: id }));
		const again = onlyJson(await run(parameters, { executionId: id }));
		const retried = onlyJson(await run(parameters, { executionId: `${id}-2`, mode: 'retry' }));
		expect([first, again, retried].map(({ outcome }) => outcome)).toEqual([
			'sent',
			'duplicate',
			'duplicate',
		]);
		expect([again['messageId'], retried['messageId']]).toEqual(Array(2).fill(first['messageId']));
		expect(await accepted(kept.simulator)).toHaveLength(1);
	},
);

test('an own key stands for the file, too: the same one is a duplicate, another a conflict', async () => {
	const parameters = { ...picture, options: { sendOnlyOnce: { settings: { key: 'order-1' } } } };
	expect(onlyJson(await run(parameters, { executionId: 'key-1' }))['outcome']).toBe('sent');
	expect(onlyJson(await run(parameters, { executionId: 'key-2' }))['outcome']).toBe('duplicate');
	const other = { ...parameters, caption: 'Another one' };
	expect(problemIn(await run(other, { executionId: 'key-3' }))).toContain(
		'"Options › Send Only Once › Idempotency Key" was used for another message',
	);
	expect(await accepted(kept.simulator)).toHaveLength(1);
});

test('"Retry On Fail" does not stumble over what was sent before the failure', async () => {
	const parameters = { recipient: '={{ $json.phone }}', text: '=It is {{ $now.toMillis() }}' };
	await kept.simulator.admin('POST', '/faults', {
		kind: 'error',
		code: 131048,
		count: 1,
		match: { recipient: '15550200002' },
	});
	const result = await run(
		parameters,
		{ executionId: 'stumble' },
		{
			items: ['+15550200001', '+15550200002'].map((phone) => ({ json: { phone } })),
			retryOnFail: { maxTries: 2, waitMs: 10 },
		},
	);
	expect(itemsOf(result).map(({ json }) => json['outcome'])).toEqual(['duplicate', 'sent']);
	expect(await accepted(kept.simulator)).toHaveLength(2);
});

test.each(['={{ $json.orderId }}', '={{ $json.order.id }}', '={{ null }}', '={{ "" }}'])(
	'a key that comes out as nothing (%s) is refused, not left out',
	async (key) => {
		const parameters = { text: 'Shipped', options: { sendOnlyOnce: { settings: { key } } } };
		expect(problemIn(await run(parameters, { executionId: 'nothing' }))).toContain(
			'"Options › Send Only Once › Idempotency Key" is empty',
		);
		expect(await accepted(kept.simulator)).toEqual([]);
	},
);

test('with Hash Recipients repeated and retried executions find their message, too', async () => {
	const hashed = { credentials: credentials(kept.simulator.url, { hashIdentifiers: true }) };
	const parameters = { text: 'Hello' };
	const plain = onlyJson(await run(parameters, { executionId: 'plain' }));
	const items = [
		onlyJson(await run(parameters, { executionId: 'hashed' }, hashed)),
		onlyJson(await run(parameters, { executionId: 'hashed' }, hashed)),
		onlyJson(await run(parameters, { executionId: 'hashed-2', mode: 'retry' }, hashed)),
	];
	expect(items.map(({ outcome }) => outcome)).toEqual(['sent', 'duplicate', 'duplicate']);
	const [payloadHash, ...others] = items.map((item) => item['payloadHash']);
	expect(others).toEqual([payloadHash, payloadHash]);
	// Without a key, anyone who knows the text could find the number by trying them all.
	expect(payloadHash).not.toBe(plain['payloadHash']);
});
