import type { IExecuteFunctions } from 'n8n-workflow';
import { parseAccountWithoutToken } from '../../../nodes/WhatsAppCloud/graph/account';
import type { GraphClient } from '../../../nodes/WhatsAppCloud/graph/client';
import type { GraphRequest } from '../../../nodes/WhatsAppCloud/graph/graphRequest';
import { readDeliverySettings } from '../../../nodes/WhatsAppCloud/sending/settings/deliverySettings';
import type { Dispatch } from '../../../nodes/WhatsAppCloud/sending/compose';
import { createMessenger, type Messenger } from '../../../nodes/WhatsAppCloud/sending/messenger';
import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import { maxBatch } from '../../../nodes/WhatsAppCloud/store/engine/batch';
import { StateProblem } from '../../../nodes/WhatsAppCloud/store/stateProblem';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { temporaryFolder } from '../store/engines';
import { dayMs, intent } from '../store/samples';
import { accepted } from './fakeDelivery';

const folder = temporaryFolder();
const environment = process.env;
const accountKey = '1';
const account = parseAccountWithoutToken({ businessAccountId: accountKey, phoneNumberId: '11' });
let store: Store;
let time: jest.SpyInstance<number>;
/** The messages for which Meta got a request. */
let requests: string[];
let executions = 0;

beforeEach(async () => {
	process.env = { ...environment, N8N_USER_FOLDER: `${folder()}/${++executions}` };
	store = await openStore({ engine: 'sqlite' });
	time = jest.spyOn(Date, 'now');
	requests = [];
});
afterEach(async () => {
	jest.restoreAllMocks();
	await store.close();
	process.env = environment;
});

/** The messenger of a new execution that goes on when the state fails, unless told otherwise. */
function messenger(onStateProblem: 'continue' | 'stop' = 'continue'): Messenger {
	const ignore = (): void => undefined;
	const host = {
		getNode: () => ({ parameters: { delivery: {} } }),
		getNodeParameter: () => ({ onStateProblem, recordFirst: true }),
		getInputData: () => [],
		getTimezone: () => 'UTC',
		addExecutionHints: ignore,
		logger: { debug: ignore, info: ignore, warn: ignore },
	} as unknown as IExecuteFunctions;
	const graph = {
		attempt: ({ json }: GraphRequest) => {
			const { name } = json as { name: string };
			requests.push(name);
			return Promise.resolve(accepted({ messages: [{ id: `wamid.${name}` }] }));
		},
	} as unknown as GraphClient;
	const run = {
		host,
		account,
		graph,
		tokens: { inUse: 'active', hasStandby: false },
		signal: undefined,
		listeningSince: () => Promise.resolve(null),
		categoryOfTemplate: () => Promise.resolve(null),
		identity: {
			workflowId: 'w',
			executionId: `execution ${++executions}`,
			executionBegan: null,
			nodeId: 'n',
			nodeName: 'Send',
			runIndex: 0,
			toolCall: null,
			isRetriedExecution: false,
			operationIds: new Map(),
			takenIds: new Set<string>(),
		},
	} as const;
	return createMessenger(run, () => readDeliverySettings(host));
}

const dispatch = (name: string): Dispatch => ({
	message: {
		operationId: name,
		phoneNumberId: '11',
		recipient: { to: '+15551234567' },
		endpoint: 'messages',
		body: { name },
		payloadHash: 'payload',
	},
	intent: intent(name, { accountKey, expiresAt: Date.now() + dayMs }),
});
const outcomes = async (run: Messenger, names: string[]): Promise<string[]> => {
	const found: string[] = [];
	for (const name of names) found.push((await run.send(dispatch(name))).outcome);
	return found;
};
const statesOf = async (names: string[]) =>
	(await store.outbox.findByOperationId(names, Date.now())).map((entry) => entry?.state);
const resumable = async (): Promise<string[]> => {
	const request = { accountKey, limit: 1_000 };
	const lease = { owner: 'resume', leaseMs: 20_000 };
	const { entries } = await store.outbox.reclaim(request, lease, Date.now());
	return entries.map(({ operationId }) => operationId);
};

const locked = new StateProblem('locked', 'The state is locked');
const answerLost = new StateProblem('unreachable', 'The answer was lost');
const failOneStart = (): void => {
	jest.spyOn(store.outbox, 'start').mockRejectedValueOnce(locked);
};
/** The next entries are enqueued, but the run does not learn of it. */
const loseAnswer = (): void => {
	const enqueue = store.outbox.enqueue.bind(store.outbox);
	jest.spyOn(store.outbox, 'enqueue').mockImplementationOnce(async (...call) => {
		await enqueue(...call);
		throw answerLost;
	});
};

describe('a batch that was enqueued first, and a state that fails once', () => {
	const names = ['a', 'b', 'c'];

	test('counts as sent, with all that went out until the run ended', async () => {
		const run = messenger();
		await run.enqueue(names.map(dispatch));
		failOneStart();
		expect(await outcomes(run, names)).toEqual(['sent', 'sent', 'sent']);
		await run.close();
		expect(await statesOf(names)).toEqual(['sent', 'sent', 'sent']);

		const again = messenger();
		expect(await outcomes(again, names)).toEqual(['duplicate', 'duplicate', 'duplicate']);
		await again.close();
		expect(requests).toEqual(names);
	});

	test('is known as sent as soon as the state is used again', async () => {
		const run = messenger();
		await run.enqueue(names.map(dispatch));
		failOneStart();
		await outcomes(run, ['a', 'b']);
		expect(await statesOf(names)).toEqual(['cancelled', 'recorded', 'recorded']);
		const later = Date.now() + 30_000;
		time.mockReturnValue(later);
		await outcomes(run, ['b', 'c']);
		expect(await statesOf(names)).toEqual(['sent', 'sent', 'sent']);
		expect(requests).toEqual(names);
		await run.close();
	});
});

describe('an enqueue of which the run does not know how it went', () => {
	test('leaves nothing to resume once its messages went out', async () => {
		const run = messenger();
		loseAnswer();
		await run.enqueue(['a', 'b', 'c'].map(dispatch));
		expect(await outcomes(run, ['a', 'b'])).toEqual(['sent', 'sent']);
		await run.close();
		expect(await statesOf(['a', 'b', 'c'])).toEqual(['sent', 'sent', 'cancelled']);
		expect(await resumable()).toEqual([]);
	});

	test('leaves nothing to resume if the run stops', async () => {
		const run = messenger('stop');
		loseAnswer();
		await expect(run.enqueue([dispatch('a')])).rejects.toThrow(answerLost);
		await run.close();
		expect(await statesOf(['a'])).toEqual(['cancelled']);
		expect(await resumable()).toEqual([]);
	});

	test('leaves nothing of a large batch that failed midway', async () => {
		const names = Array.from({ length: maxBatch + 1 }, (_, index) => `m${index}`);
		const run = messenger();
		const enqueue = store.outbox.enqueue.bind(store.outbox);
		jest.spyOn(store.outbox, 'enqueue').mockImplementationOnce(async (all, ...rest) => {
			await enqueue(all.slice(0, maxBatch), ...rest);
			throw locked;
		});
		await run.enqueue(names.map(dispatch));
		expect(await outcomes(run, ['m0', `m${maxBatch}`])).toEqual(['sent', 'sent']);
		await run.close();
		expect(await statesOf(['m0', 'm1', `m${maxBatch}`])).toEqual(['sent', 'cancelled', undefined]);
		expect(await resumable()).toEqual([]);
	});
});
