import { accountKeyOf, type Account } from '../../graph/account';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import { Rounds } from '../dispatch/rounds';
import { log, type LoggingHost } from '../log';
import { CONFIRMATION_POLL_MS } from '../timeouts';
import { confirmationsOf } from './sendConfirmations';
import { SharedLoops } from './sharedLoops';

const loops = new SharedLoops();

/**
 * Sends confirmations that killed processes have left, for as long as a trigger of the account is
 * published in this process.
 *
 * @param setting.readCredential reads it as it is now
 * @returns how to leave it, which waits for no more than the request that is being made
 */
export function joinConfirmationLoop(
	host: LoggingHost,
	store: Store,
	{ account, readCredential }: { account: Account; readCredential: () => Promise<unknown> },
): () => Promise<void> {
	return loops.join(store, accountKeyOf(account), () => {
		const queue = confirmationsOf(store, account, readCredential);
		const ending = new AbortController();
		let lastProblem: string | null = null;
		const rounds = new Rounds({
			round: async () => {
				const [problem = null] = await queue.sendOrphaned(ending.signal);
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
		return {
			wake: () => rounds.wake(),
			async stop() {
				ending.abort();
				rounds.end();
				await running;
			},
		};
	});
}
