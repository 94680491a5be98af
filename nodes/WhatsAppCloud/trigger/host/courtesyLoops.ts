import { accountKeyOf, type Account } from '../../graph/account';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import { CourtesyLoop } from '../dispatch/courtesyLoop';
import { log, type LoggingHost } from '../log';
import { courtesiesOf } from './sendCourtesies';
import { SharedLoops } from './sharedLoops';

const loops = new SharedLoops();

/**
 * Sends confirmations that killed processes have left, for as long as a trigger of the account is
 * published in this process.
 *
 * @returns how to leave it
 */
export function joinCourtesyLoop(
	host: LoggingHost,
	store: Store,
	{ account, credential }: { account: Account; credential: unknown },
): () => Promise<void> {
	return loops.join(store, accountKeyOf(account), () => {
		const courtesies = courtesiesOf(store, account, credential);
		const loop = new CourtesyLoop({
			sendLeft: async () => await courtesies.sendLeft(),
			clock: systemClock,
			log: (level, message) => log(host, level, message),
		});
		loop.start();
		return loop;
	});
}
