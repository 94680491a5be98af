import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { createVirtualClock, type VirtualClock } from '../../unit/sending/virtualClock';
import { SimulatedN8n, type Begun, type Behaviour } from './simulatedN8n';
import { UserFolder } from './store';
import { WatchedStore } from './watchedStore';

/** What outlives a process of n8n: the state, the clock and the executions that have begun. */
export class DispatchHost {
	readonly begun: Begun[] = [];
	readonly clock: VirtualClock;
	readonly store: Store;
	private readonly folder: UserFolder;

	private constructor(folder: UserFolder, watched: WatchedStore) {
		this.folder = folder;
		this.store = watched.store;
		this.clock = createVirtualClock(Date.now(), async () => await watched.idle());
	}

	/** A host with an empty state. */
	static async open(): Promise<DispatchHost> {
		const folder = new UserFolder();
		return new DispatchHost(folder, new WatchedStore(await folder.openStore()));
	}

	/** Removes the state. */
	async close(): Promise<void> {
		await this.folder.remove();
	}

	/** Starts a process of n8n and publishes the triggers. */
	async start(
		behaviour: Partial<Behaviour> = {},
		triggers: readonly string[] = ['first'],
	): Promise<SimulatedN8n> {
		const n8n = new SimulatedN8n(this.store, this.clock, this.begun, behaviour);
		for (const trigger of triggers) await n8n.publish(trigger);
		return n8n;
	}

	/** Lets time pass, in milliseconds. */
	async pass(ms: number): Promise<void> {
		await this.clock.run(this.clock.sleep(ms));
	}

	/** How many events wait at the first trigger, and at the second. */
	async waiting(): Promise<number[]> {
		const backlogs = await this.store.inbox.backlogs(['first', 'second'], this.clock.now());
		return backlogs.map((each) => each.waiting);
	}
}

/** The ids of the messages or statuses that the executions began with. */
export const idsOf = (executions: readonly Begun[]): string[] =>
	executions.flatMap(({ items }) => items.map((item) => String(item['id'])));
