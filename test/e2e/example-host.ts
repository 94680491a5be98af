import { ChatClient } from '../../scripts/host/chat-client.ts';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import { executionError, nodeRuns } from '../../scripts/host/execution-data.ts';
import type { N8nCredential, N8nNode, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import { Customer } from './customer';
import { importExample, type ExampleOptions } from './examples';
import { OwnN8n } from './trigger-host';

const runMs = 120_000;

/** The items of a node's runs in an execution, all outputs together. */
export type Outputs = (node: string) => Record<string, unknown>[];

/**
 * Publishes an example for the tests of a block, and unpublishes it after them.
 *
 * @returns what gives it to the tests
 */
export function publishing(
	host: () => ExampleHost,
	publish: () => Promise<N8nWorkflow>,
): () => N8nWorkflow {
	let workflow: N8nWorkflow;
	beforeAll(async () => (workflow = await publish()));
	afterAll(async () => await host().unpublish(workflow));
	return () => workflow;
}

/**
 * The n8n and the simulator of a file of tests, in which nobody but its examples answers customers,
 * and whose clock at Meta it may set.
 */
export class ExampleHost {
	readonly own: OwnN8n;
	readonly credential: N8nCredential;
	private readonly chat: ChatClient;

	private constructor(own: OwnN8n, credential: N8nCredential) {
		this.own = own;
		this.credential = credential;
		this.chat = new ChatClient(own.simulator.baseUrl);
	}

	/** @param env more settings of n8n */
	static async start(env: Record<string, string> = {}): Promise<ExampleHost> {
		const own = await OwnN8n.start(env);
		const data = testCredentialData(own.simulator.baseUrl);
		const credential = await own.api.saveCredential(CREDENTIAL_NAME, CREDENTIAL_TYPE, data);
		return new ExampleHost(own, credential);
	}

	async stop(): Promise<void> {
		await this.own.stop();
	}

	/**
	 * Imports an example: see `importExample`.
	 *
	 * @param changes parameters by node name
	 */
	async import(
		name: string,
		changes: Record<string, N8nNode['parameters']> = {},
		{ credentials = [], standIns = {} }: ExampleOptions = {},
	): Promise<N8nWorkflow> {
		const all = [this.credential, ...credentials];
		return await importExample(this.own.api, name, changes, { credentials: all, standIns });
	}

	/** Imports it and publishes it. */
	async publish(...example: Parameters<ExampleHost['import']>): Promise<N8nWorkflow> {
		const workflow = await this.import(...example);
		await this.own.publish(workflow);
		return workflow;
	}

	/** Publishes an example while the customers talk with it. */
	async during(
		example: Parameters<ExampleHost['publish']>,
		talk: (workflow: N8nWorkflow) => Promise<void>,
	): Promise<void> {
		const workflow = await this.publish(...example);
		try {
			await talk(workflow);
		} finally {
			await this.unpublish(workflow);
		}
	}

	/** Stops answering, so that the next example can. */
	async unpublish({ id }: N8nWorkflow): Promise<void> {
		await this.own.api.deactivate(id);
	}

	/** Waits until Meta has delivered everything and no event waits for its execution. */
	async settled(): Promise<void> {
		await until('nothing is on its way', async () => {
			const { webhooks } = await this.own.admin<{ webhooks: { pending: number } }>(
				'GET',
				'/counters',
			);
			return webhooks.pending === 0 && this.own.waiting() === 0;
		});
	}

	/** Lets people write as if it were so much later, or earlier, than it is. */
	async atAnotherTime(laterMs: number, write: () => Promise<unknown>): Promise<void> {
		const setClock = async (ms: number): Promise<void> => {
			const now = new Date(Date.now() + ms).toISOString();
			await this.own.admin('POST', '/clock', { now });
		};
		await setClock(laterMs);
		try {
			await write();
			await this.settled();
		} finally {
			await setClock(0);
		}
	}

	/** A person of this number, whose name the business sees. */
	async customer(waId: string, name: string): Promise<Customer> {
		await this.own.admin('POST', '/chat/customers', { waId, name });
		return new Customer(this.chat, waId);
	}

	/** Calls one of n8n's own webhooks, as a shop does, and returns the answer. */
	async call(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
		const response = await fetch(`${this.own.baseUrl}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.includes('json') === true;
		return { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : text };
	}

	/** Executes a workflow as the editor does. */
	async run({ id }: N8nWorkflow, trigger: string): Promise<Outputs> {
		return await this.outputs(await this.own.api.run(id, trigger));
	}

	/** The latest execution of a workflow, once so many have begun and none is running. */
	async lastRun({ id }: N8nWorkflow, count: number): Promise<Outputs> {
		const all = await until(`${count} executions have ended`, () => {
			const begun = this.own.executions(id);
			const ended = begun.every(({ status }) => ['success', 'error', 'crashed'].includes(status));
			return begun.length >= count && ended ? begun : null;
		});
		return await this.outputs(all.at(-1)?.id ?? '');
	}

	/** What the nodes of an execution gave, once it has ended. */
	async outputs(executionId: string): Promise<Outputs> {
		const { data = '' } = await this.own.api.finishedExecution(executionId, runMs);
		expect(executionError(data)).toBeNull();
		const runs = nodeRuns(data);
		return (node) =>
			(runs[node] ?? []).flatMap(({ outputs }) => outputs.flat()).map(({ json }) => json);
	}
}
