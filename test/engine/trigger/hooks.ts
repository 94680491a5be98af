import type { Account } from '../../../nodes/WhatsAppCloud/graph/account';
import { answersAsTrigger } from '../../../nodes/WhatsAppCloud/graph/http/callbacks';
import { createGraphClient } from '../../../nodes/WhatsAppCloud/graph/client';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import {
	createRegistration,
	deleteRegistration,
	hasRegistration,
} from '../../../nodes/WhatsAppCloud/trigger/registration/lifecycle';
import type {
	HookHost,
	RegistrationContext,
} from '../../../nodes/WhatsAppCloud/trigger/registration/setup';
import { Subscriptions } from '../../../nodes/WhatsAppCloud/graph/endpoints/subscriptions';
import type { CallbackServer } from './callback';

export const connect = (account: Account) => new Subscriptions(createGraphClient(account));

/** A trigger as n8n's hooks see it: one node with its parameters and its static data. */
export class HookedTrigger {
	readonly staticData: Record<string, unknown> = {};
	/** Lines of n8n's log, each starting with its level. */
	readonly logs: string[] = [];
	private readonly n8n: CallbackServer;
	private credential: () => Record<string, unknown>;
	private readonly parameters: Record<string, unknown>;
	private readonly id: string;
	private readonly isTest: boolean;
	private readonly context: RegistrationContext;

	constructor(
		n8n: CallbackServer,
		credential: () => Record<string, unknown>,
		parameters: Record<string, unknown>,
		{
			id = 'node-1',
			isTest = false,
			store = null,
			sleep = async () => await Promise.resolve(),
		}: {
			id?: string;
			isTest?: boolean;
			store?: Store | null;
			sleep?: (ms: number) => Promise<void>;
		} = {},
	) {
		this.n8n = n8n;
		this.credential = credential;
		this.parameters = parameters;
		this.id = id;
		this.isTest = isTest;
		this.context = {
			credentialName: 'any',
			connect,
			openStore: async () => await Promise.resolve(store),
			answers: answersAsTrigger,
			clock: { now: () => Date.now(), sleep },
		};
	}

	get url(): string {
		return `${this.n8n.url}/webhook${this.isTest ? '-test' : ''}/${this.id}/webhook`;
	}

	private host(
		overrides: Record<string, string>,
		mode = this.isTest ? 'manual' : 'trigger',
	): HookHost {
		return {
			getCredentials: async () => await Promise.resolve({ ...this.credential(), ...overrides }),
			getNodeParameter: (name: string, fallback?: unknown) => this.parameters[name] ?? fallback,
			getTimezone: () => 'UTC',
			getMode: () => mode,
			getNode: () => ({ id: this.id, name: `Trigger ${this.id}`, parameters: this.parameters }),
			getNodeWebhookUrl: () => this.url,
			getWorkflow: () => ({ id: `workflow of ${this.id}`, name: `Shop ${this.id}` }),
			getWorkflowStaticData: () => this.staticData,
			logger: {
				debug: (line: string) => this.logs.push(`debug: ${line}`),
				warn: (line: string) => this.logs.push(`warn: ${line}`),
				error: (line: string) => this.logs.push(`error: ${line}`),
			},
		} as unknown as HookHost;
	}

	/** Like n8n: the address answers before it is registered. */
	async activate(overrides: Record<string, string> = {}): Promise<void> {
		this.n8n.open(new URL(this.url).pathname);
		const host = this.host(overrides);
		if (await hasRegistration(host, this.context)) return;
		await createRegistration(host, this.context);
	}

	async exists(): Promise<boolean> {
		return await hasRegistration(this.host({}), this.context);
	}

	async deactivate(overrides: Record<string, string> = {}): Promise<void> {
		// n8n uses the mode "internal" for every deactivation.
		await deleteRegistration(this.host(overrides, 'internal'), this.context);
		this.n8n.live.delete(new URL(this.url).pathname);
	}

	/** Its credential is deleted. */
	loseCredential(): void {
		this.credential = () => {
			throw new Error('The credential does not exist');
		};
	}

	/** n8n is killed: no hook runs, and nothing answers any more. */
	vanish(): void {
		this.n8n.live.delete(new URL(this.url).pathname);
	}
}
