import type { Account } from '../../graph/account';
import type { SendingTrigger } from '../../sending/confirmations';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import { Rounds } from '../dispatch/rounds';
import { log, type LoggingHost } from '../log';
import { CONFIRMATION_POLL_MS } from '../timeouts';
import { confirmationsOf } from './sendConfirmations';

/**
 * Sends the confirmations of a trigger that killed processes have left, for as long as it is published
 * in this process. Each trigger has a loop of its own, unlike deliveries and forwards: the token is
 * that of its credential.
 *
 * @param setting.readCredential reads it as it is now
 * @returns how to end it, which waits for no more than the request that is being made
 */
export function startConfirmationLoop(
	host: LoggingHost,
	store: Store,
	{
		trigger,
		account,
		readCredential,
	}: { trigger: SendingTrigger; account: Account; readCredential: () => Promise<unknown> },
): () => Promise<void> {
	const queue = confirmationsOf(store, account, readCredential);
	const ending = new AbortController();
	let lastProblem: string | null = null;
	const rounds = new Rounds({
		round: async () => {
			const [problem = null] = await queue.sendOrphaned(trigger, ending.signal);
			// The same problem is logged once, until it is over.
			if (problem !== null && problem !== lastProblem) {
				log(host, 'warn', `could not confirm a choice: ${problem}`);
			}
			lastProblem = problem;
			return CONFIRMATION_POLL_MS;
		},
		failure: 'confirmations cannot be sent',
		clock: systemClock,
		log: (level, message) => log(host, level, message),
	});
	const running = rounds.run();
	return async () => {
		ending.abort();
		rounds.end();
		await running;
	};
}
