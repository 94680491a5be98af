import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RunNodeRequest } from '../../../scripts/engine/request';
import type { RunNodeResult } from '../../../scripts/engine/result';
import { accepted, credentials, detailed, ids, itemsOf } from './account';
import { answerJson, startHost } from './ownHost';
import { keepState } from './keptState';

const kept = keepState();

const run = async (
	parameters: Record<string, unknown>,
	changes: Partial<RunNodeRequest> = {},
): Promise<RunNodeResult & { logs: { level: string; message: string }[] }> =>
	await kept.engine.runNode({
		node: 'whatsAppCloud',
		workflowId: 'keptIdentity',
		parameters: detailed({ recipient: '+15550220001', ...parameters }),
		credentials: credentials(kept.simulator.url),
		...changes,
	});

const changeState = (sql: string): void => {
	const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
	const database = new DatabaseSync(kept.folder.stateFile, { timeout: 10_000 });
	try {
		database.exec(sql);
	} finally {
		database.close();
	}
};

/** Makes everything in the state this many days older, as if an earlier clock had written it. */
const age = (days: number): void =>
	changeState(`
		UPDATE operations SET
			created_at = created_at - ${days} * 86400000,
			updated_at = updated_at - ${days} * 86400000,
			sent_at = sent_at - ${days} * 86400000,
			expires_at = CASE WHEN expires_at > 0 THEN expires_at - ${days} * 86400000 ELSE 0 END;
		DELETE FROM meta WHERE name = 'purge_clock';`);

const items = Array.from({ length: 50 }, (_, index) => ({
	json: { phone: `+1555022${String(1000 + index)}` },
}));
const toEach = { recipient: '={{ $json.phone }}', text: 'Your invoice is ready' };

test.each([8, 60])(
	'an execution that is retried after %i days sends nothing twice',
	async (days) => {
		const id = `late-${days}`;
		itemsOf(await run(toEach, { executionId: `${id}-1`, items }));
		age(days);
		const retried = await run(toEach, { executionId: `${id}-2`, mode: 'retry', items });
		const outcomes = itemsOf(retried).map(({ json }) => json['outcome']);
		expect(outcomes).toEqual(items.map(() => 'duplicate'));
		// The same for one that continues under its own number.
		const continued = itemsOf(await run(toEach, { executionId: `${id}-1`, items }));
		expect(continued.map(({ json }) => json['outcome'])).toEqual(items.map(() => 'duplicate'));
		expect(await accepted(kept.simulator)).toHaveLength(50);
	},
);

test.each([
	['of its own', {}],
	['of the user', { options: { sendOnlyOnce: { settings: { key: 'unknown-key' } } } }],
])('an unknown message with a key %s is reported, however late', async (name, options) => {
	await kept.simulator.addFault({
		kind: 'reset',
		when: 'after',
		count: 1,
		match: { path: '/messages$' },
	});
	const parameters = { text: `Unknown ${name}`, ...options };
	const first = await run(parameters, { executionId: `unknown ${name}` });
	expect(first.error?.message).toContain('broke before the answer was complete');
	for (const days of [8, 40]) {
		age(days);
		for (const mode of ['trigger', 'retry'] as const) {
			const later = await run(parameters, { executionId: `unknown ${name}`, mode });
			expect(later.error?.message).toContain('broke before the answer was complete');
		}
	}
	expect(await accepted(kept.simulator)).toHaveLength(1);
});

test('a clock that was 30 days behind, and is right again, doubles nothing', async () => {
	const keyed = {
		...toEach,
		options: { sendOnlyOnce: { settings: { key: '=clock {{ $json.phone }}' } } },
	};
	itemsOf(await run(keyed, { executionId: 'clock-1', items }));
	itemsOf(await run(toEach, { executionId: 'clock-2', items }));
	age(30);
	for (const [parameters, executionId] of [
		[keyed, 'clock-3'],
		[toEach, 'clock-4'],
	] as const) {
		const again = itemsOf(await run(parameters, { executionId, mode: 'retry', items }));
		expect(again.map(({ json }) => json['outcome'])).toEqual(items.map(() => 'duplicate'));
	}
	expect(await accepted(kept.simulator)).toHaveLength(100);
});

test('a message that is cancelled after a refused attempt is an item, and no error', async () => {
	await kept.simulator.addFault({ kind: 'error', code: 130429, retryAfterSeconds: 60 });
	// From another number, since this one has to pause.
	const parameters = { text: 'Too many', phoneNumberId: ids.secondPhoneNumber };
	const result = await run(parameters, { executionId: 'cancel', cancelAfterMs: 3_000 });
	expect(result.cancelled).toBe(true);
	expect(result.outputs?.[0]).toMatchObject([
		{ json: { outcome: 'cancelled', attempts: 1, messageId: null } },
	]);
	expect(result.outputs?.[0]?.[0]?.json).not.toHaveProperty('error');
});

const refusal = {
	error: { message: '(#131026) Message undeliverable', type: 'OAuthException', code: 131026 },
};

test.each<[string, string, (response: ServerResponse, socket: Socket) => void]>([
	['refused', 'A message was not sent', (response) => answerJson(response, refusal, 400)],
	[
		'accepted',
		'A message was sent',
		(response) => answerJson(response, { messages: [{ id: 'wamid.accepted' }] }),
	],
	[
		'answered by nothing',
		'It is not known whether a message was sent',
		(_, socket) => socket.destroy(),
	],
])('where the state fails while a message is %s, log and hint say so', async (...given) => {
	const [what, logged, answer] = given;
	const meta = await startHost((_, response, socket) => {
		changeState('ALTER TABLE operations RENAME TO moved');
		answer(response, socket);
	});
	const { logs, hints } = await run(
		{ text: what },
		{ onError: 'continueRegularOutput', credentials: credentials(meta.url) },
	);
	changeState('ALTER TABLE moved RENAME TO operations');
	const line = expect.stringContaining(`${logged}, and that could not be recorded`);
	expect(logs.map(({ message }) => message)).toContainEqual(line);
	expect(hints).toContainEqual(line);
});
