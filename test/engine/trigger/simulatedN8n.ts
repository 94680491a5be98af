import type { IRun } from 'n8n-workflow';

import { parseAccountWithoutToken, type Account } from '../../../nodes/WhatsAppCloud/graph/account';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import type { JsonValue } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import type { ConfirmationMessage } from '../../../nodes/WhatsAppCloud/sending/confirmations';
import { loopOwner } from '../../../nodes/WhatsAppCloud/store/inbox/inboxStore';
import { StateProblem } from '../../../nodes/WhatsAppCloud/store/stateProblem';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { unwrap } from '../../../nodes/WhatsAppCloud/trigger/deliveries/parcel';
import { Signals } from '../../../nodes/WhatsAppCloud/trigger/deliveries/signals';
import { DeliveryLoop } from '../../../nodes/WhatsAppCloud/trigger/dispatch/deliveryLoop';
import { DueWatch } from '../../../nodes/WhatsAppCloud/trigger/dispatch/dueWatch';
import { startExecution } from '../../../nodes/WhatsAppCloud/trigger/execution/startExecution';
import { readOptions } from '../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import type { Clock } from '../../../nodes/WhatsAppCloud/time/clock';
import { messagesWebhook } from '../../unit/events/fixture';
import { receiveWebhook, type Received } from './receiveWebhook';

const GROUP = 'app:simulated';
export const account = parseAccountWithoutToken({ appSecret: 'secret', businessAccountId: '1' });

/** An execution that has begun. */
export interface Begun {
	trigger: string;
	executionId: string;
	items: Record<string, unknown>[];
}

/** How n8n behaves. */
export interface Behaviour {
	/** Time from `emit` until the execution begins; null: n8n forgets it. In milliseconds. */
	beginMs: () => number | null;
	/** Whether it provides expressions only where one is evaluated. */
	hasLazyExpressions: boolean;
	/** How long executions run, in milliseconds. */
	runMs: number;
	/** How they end. */
	status: IRun['status'];
	/** How many executions end before they claim their events. */
	failsEarly: number;
	/** The trigger's options. */
	settings: Record<string, unknown>;
	/** The triggers' credential. */
	account: Account;
	/** What becomes of answers to people who have opted out or in. */
	keepConfirmations: (confirmations: readonly ConfirmationMessage[]) => Promise<void>;
}

let executions = 0;
let processes = 0;

/** A process of n8n with published triggers, which can be killed. */
export class SimulatedN8n {
	readonly logs: string[] = [];
	/** Keys under which executions were emitted. */
	emissions = 0;
	private readonly store: Store;
	private readonly clock: Clock;
	private readonly begun: Begun[];
	private readonly behaviour: Behaviour;
	private readonly signals = new Signals();
	private readonly loops = new Map<string, { loop: DeliveryLoop; endWatch: () => void }>();
	private readonly watch: DueWatch;
	private isDead = false;

	/** @param begun collects what begins, across processes */
	constructor(store: Store, clock: Clock, begun: Begun[], behaviour: Partial<Behaviour> = {}) {
		this.begun = begun;
		this.behaviour = {
			beginMs: () => 30,
			hasLazyExpressions: false,
			runMs: 10,
			status: 'success',
			failsEarly: 0,
			settings: {},
			account,
			keepConfirmations: async () => await Promise.resolve(),
			...behaviour,
		};
		this.clock = {
			now: () => clock.now(),
			sleep: async (...args) => await this.alive(clock.sleep(...args)),
		};
		this.store = this.mortal(store);
		this.watch = new DueWatch(this.store.inbox, this.clock);
	}

	/** Whatever a dead process waits for never comes. */
	private async alive<Result>(promise: Promise<Result>): Promise<Result> {
		const result = await promise;
		return this.isDead ? await new Promise<Result>(() => undefined) : result;
	}

	private mortal<Target extends object>(target: Target): Target {
		return new Proxy(target, {
			get: (_, name): unknown => {
				const member: unknown = Reflect.get(target, name);
				if (typeof member === 'object' && member !== null) return this.mortal(member);
				if (typeof member !== 'function') return member;
				return (...args: unknown[]): unknown => {
					if (this.isDead) return new Promise(() => undefined);
					const result: unknown = Reflect.apply(member, target, args);
					return result instanceof Promise ? this.alive(result) : result;
				};
			},
		});
	}

	/** Publishes a trigger; without parameters, it chooses everything. */
	async publish(trigger: string, chosen: Record<string, unknown> = {}): Promise<void> {
		const about = { scope: 'manual', businessAccountId: '', phoneNumberId: '' };
		const { settings } = this.behaviour;
		const parameters = JSON.stringify({ settings, timeZone: 'UTC', ...chosen });
		await this.store.listeners.register(
			{
				listenerId: trigger,
				accountKey: GROUP,
				workflowId: trigger,
				nodeId: trigger,
				nodeName: trigger,
				isTest: false,
				address: `https://n8n.example.com/${trigger}`,
				owner: 'test',
				leaseUntil: null,
				details: JSON.stringify({
					...about,
					parameters,
					interests: null,
					canRegister: true,
					session: 0,
				}),
			},
			this.clock.now(),
		);
		const loop = new DeliveryLoop({
			store: this.store,
			listenerId: trigger,
			owner: loopOwner(trigger, String(++processes)),
			maxAttempts: 1 + (this.options.whenKilled?.maxRestarts ?? 0),
			onePerContact: this.options.onePerContact,
			hasLazyExpressions: this.behaviour.hasLazyExpressions,
			emit: (data, onEnd) => {
				this.emissions++;
				void this.execute(trigger, data[0] ?? [], onEnd);
			},
			clock: this.clock,
			log: (level, message) => this.logs.push(`${level}: ${message}`),
		});
		this.signals.add(trigger, loop);
		const endWatch = this.watch.add(trigger, () => loop.wake());
		this.loops.set(trigger, { loop, endWatch });
		loop.start();
	}

	/** Unpublishes a trigger; n8n may publish it again. */
	async unpublish(trigger: string): Promise<void> {
		await this.close(trigger);
		await this.store.listeners.remove([trigger]);
	}

	private get options() {
		return readOptions({ settings: this.behaviour.settings, timeZone: 'UTC' });
	}

	private async execute(
		trigger: string,
		items: Parameters<typeof unwrap>[0],
		onEnd: (run: IRun | null) => void,
	): Promise<void> {
		const { runMs, status, beginMs } = this.behaviour;
		const waitMs = beginMs();
		if (waitMs === null) return;
		await this.clock.sleep(waitMs);
		if (this.behaviour.failsEarly-- > 0) {
			onEnd({ status: 'error' } as IRun);
			return;
		}
		const executionId = String(++executions);
		const handlers: (() => Promise<void>)[] = [];
		const parcel = unwrap(items);
		if (parcel === null) throw new Error('The loop has emitted something else');
		const outputs = await startExecution(parcel, {
			executionId,
			options: this.options,
			account: this.behaviour.account,
			otherSecrets: async () => await Promise.resolve([]),
			store: this.store,
			openGraph: () => {
				throw new Error('Meta is not called');
			},
			keepFile: async () => await Promise.reject(new Error('No files are kept')),
			startTimeout: () => new AbortController().signal,
			onEnd: (handler) => handlers.push(handler),
			onClaim: (batchId) => this.signals.claimed(trigger, batchId),
			clock: this.clock,
			log: () => undefined,
		}).catch((error: unknown) => {
			if (error instanceof StateProblem) return null;
			throw error;
		});
		if (outputs === null) {
			onEnd({ status: 'error' } as IRun);
			return;
		}
		const json = outputs.flat().map((item) => ({ ...item.json }));
		if (json.length > 0) this.begun.push({ trigger, executionId, items: json });
		await this.clock.sleep(runMs);
		if (status !== 'waiting') await Promise.all(handlers.map(async (handler) => await handler()));
		onEnd({ status } as IRun);
	}

	/** Receives a webhook at the trigger that Meta calls. @throws StateProblem */
	async receive(payload: JsonValue): Promise<Received> {
		return await receiveWebhook(normalise(payload), {
			store: this.store,
			account: this.behaviour.account,
			group: GROUP,
			ownId: this.loops.keys().next().value ?? 'first',
			keepConfirmations: async (confirmations) => {
				await this.behaviour.keepConfirmations(confirmations);
				return { messages: [], lease: { owner: 'nobody', leaseMs: 0 } };
			},
			loops: this.signals,
			now: this.clock.now(),
		});
	}

	/** Like a power cut: nothing more happens. */
	kill(): void {
		this.isDead = true;
	}

	/** Shuts down as n8n does. */
	async stop(): Promise<void> {
		await Promise.all(Array.from(this.loops.keys(), async (trigger) => await this.close(trigger)));
	}

	private async close(trigger: string): Promise<void> {
		const closing = this.loops.get(trigger);
		this.loops.delete(trigger);
		closing?.endWatch();
		await closing?.loop.stop();
	}
}

/** A webhook with a person's message. @param at in milliseconds since 1970 */
export const messageWebhook = (id: string, from: string, at: number): JsonValue =>
	messagesWebhook({
		messages: [
			{ id, from, timestamp: String(Math.floor(at / 1_000)), type: 'text', text: { body: 'hi' } },
		],
	});
