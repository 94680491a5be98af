import { appendFileSync } from 'node:fs';

import type { StoreConfig } from '../../../nodes/WhatsAppCloud/store/config';
import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import { StateProblem } from '../../../nodes/WhatsAppCloud/store/stateProblem';
import { intent, lease, sent } from './samples';

/** What another process should do with a store. It starts on the message `go`. */
export type Task =
	| { do: 'open'; config: StoreConfig; userId: number | null }
	| { do: 'claim'; config: StoreConfig; owner: string; keys: string[]; now: number }
	/** Starts each key, all at once, for one person who may get so many. */
	| {
			do: 'startWithin';
			config: StoreConfig;
			owner: string;
			keys: string[];
			most: number;
			now: number;
	  }
	| { do: 'fill'; config: StoreConfig; now: number }
	/** Records, then exits without closing anything. */
	| { do: 'leave'; config: StoreConfig; keys: string[]; now: number }
	/** Sends one key after the other, each once, until it is killed. */
	| { do: 'keepSending'; config: StoreConfig; owner: string; outbox: string; now: number }
	| {
			/** Sends each key once. A send is a line in a file, so no kill can undo it. */
			do: 'send';
			config: StoreConfig;
			owner: string;
			keys: string[];
			outbox: string;
			now: number;
	  };

/** What it reports: `ready` when it can go, `sent` for each send, and the result at the end. */
export type Report =
	| { event: 'ready' }
	| { event: 'sent' }
	| { event: 'done'; claimed: string[]; problem: string | null; message: string };

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const report = (message: Report): void => {
	process.send?.(message);
};

process.once('message', () => {
	run(task).then(
		(claimed) => finish({ event: 'done', claimed, problem: null, message: '' }),
		(error: unknown) =>
			finish({
				event: 'done',
				claimed: [],
				problem: error instanceof StateProblem ? error.kind : 'no StateProblem',
				message: String(error),
			}),
	);
});
report({ event: 'ready' });

function finish(message: Report): void {
	process.send?.(message, undefined, {}, () => process.disconnect());
}

async function run(each: Task): Promise<string[]> {
	if (each.do === 'open' && each.userId !== null) process.setuid?.(each.userId);
	const store = await openStore(each.config);
	const claimed: string[] = [];
	switch (each.do) {
		case 'open':
			await store.check(Date.now());
			break;
		case 'claim': {
			const answers = await Promise.all(
				each.keys.map((key) =>
					store.outbox.enqueue([intent(key)], lease(each.owner), each.now, { start: true }),
				),
			);
			answers.forEach(([answer], index) => {
				if (answer?.outcome === 'claimed') claimed.push(each.keys[index] ?? '');
			});
			break;
		}
		case 'startWithin': {
			const own = lease(each.owner);
			await store.outbox.enqueue(
				each.keys.map((key) => intent(key)),
				own,
				each.now,
			);
			const { recipientKey, accountKey } = intent('any');
			const capped = {
				accountKey,
				contactKeys: [recipientKey],
				since: 0,
				category: null,
				ownCategory: null,
			};
			await Promise.all(
				each.keys.map(async (operationId) => {
					const start = { ...capped, operationId, from: 'recorded' as const, most: each.most };
					const [answer] = await store.outbox.startWithin([start], own, each.now);
					if (answer === 'started') claimed.push(operationId);
				}),
			);
			break;
		}
		case 'fill':
			for (let batch = 0; ; batch++) {
				const intents = Array.from({ length: 500 }, (_, index) => intent(`${batch}:${index}`));
				await store.outbox.enqueue(intents, lease(), each.now);
			}
		case 'leave':
			await store.outbox.enqueue(
				each.keys.map((key) => intent(key)),
				lease(),
				each.now,
			);
			return [];
		case 'keepSending':
		case 'send': {
			const keys = each.do === 'send' ? each.keys.values() : endlessKeys(each.owner);
			const sendNext = async (): Promise<void> => {
				for (const key of keys) {
					const [answer] = await store.outbox.enqueue([intent(key)], lease(each.owner), each.now, {
						start: true,
					});
					if (answer?.outcome !== 'claimed') continue;
					appendFileSync(each.outbox, `${key}\n`);
					report({ event: 'sent' });
					await store.outbox.complete([sent(key, `wamid.${key}`, each.owner)], each.now);
					claimed.push(key);
				}
			};
			await Promise.all(Array.from({ length: 8 }, sendNext));
		}
	}
	await store.close();
	return claimed;
}

function* endlessKeys(owner: string): Generator<string, void> {
	for (let index = 0; ; index++) yield `${owner} ${index}`;
}
