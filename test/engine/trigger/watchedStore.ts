import type { Store } from '../../../nodes/WhatsAppCloud/store/store';

/** A store whose calls in flight are counted: a virtual clock stands still for them. */
export class WatchedStore {
	readonly store: Store;
	private underWay = 0;

	constructor(store: Store) {
		this.store = this.counting(store);
	}

	/** Resolves when no call is in flight. */
	async idle(): Promise<void> {
		do await new Promise(setImmediate);
		while (this.underWay > 0);
	}

	private counting<Target extends object>(target: Target): Target {
		return new Proxy(target, {
			get: (_, name): unknown => {
				const member: unknown = Reflect.get(target, name);
				if (typeof member === 'object' && member !== null) return this.counting(member);
				if (typeof member !== 'function') return member;
				return (...args: unknown[]): unknown => {
					this.underWay++;
					const result: unknown = Reflect.apply(member, target, args);
					void Promise.resolve(result)
						.catch(() => undefined)
						.finally(() => this.underWay--);
					return result;
				};
			},
		});
	}
}
