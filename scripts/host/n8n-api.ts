import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/** If n8n's database answers late on a busy machine, n8n refuses all calls for a few seconds. */
const OVERLOAD_PAUSE_MS = 1_000;
const OVERLOAD_TIMEOUT_MS = 60_000;

export interface N8nOwner {
	email: string;
	firstName: string;
	lastName: string;
	/** At least 8 characters, including a digit and a capital letter. */
	password: string;
}

export interface N8nCredential {
	id: string;
	name: string;
	type: string;
}

export interface N8nNode {
	id: string;
	name: string;
	type: string;
	typeVersion?: number;
	/** Position on the canvas, from the left and from the top. */
	position?: [number, number];
	parameters: Record<string, unknown>;
	webhookId?: string;
	credentials?: Record<string, { id: string | null; name: string }>;
	/** "Retry On Fail". */
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds. */
	waitBetweenTries?: number;
	onError?: string;
}

export interface N8nWorkflowDefinition {
	name: string;
	nodes: N8nNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface N8nWorkflow extends N8nWorkflowDefinition {
	id: string;
	versionId: string;
	active: boolean;
}

export interface N8nExecution {
	id: string;
	status: string;
	mode: string;
	/** Run data of `GET /executions/:id`, in the form that n8n's editor reads. */
	data?: string;
}

interface N8nNodeType {
	name: string;
	displayName: string;
	webhooks?: { name: string; httpMethod: string; path: string; isFullPath?: boolean }[];
}

/** n8n answered a REST call with an error. */
export class N8nApiError extends Error {
	override readonly name = 'N8nApiError';
	readonly status: number;

	constructor(message: string, status: number) {
		super(message);
		this.status = status;
	}
}

/** The REST API that n8n's editor uses, for one signed-in owner. */
export class N8nApi {
	readonly #baseUrl: string;
	/** n8n ties a session to the browser ID that signed in. */
	readonly #browserId = randomUUID();
	#cookie = '';

	/** @param baseUrl without a trailing slash */
	constructor(baseUrl: string) {
		this.#baseUrl = baseUrl;
	}

	/** Creates the owner in a new n8n, otherwise signs in. */
	async signIn(owner: N8nOwner): Promise<void> {
		const settings = await this.request<{ userManagement?: { showSetupOnFirstLoad?: boolean } }>(
			'GET',
			'/rest/settings',
		);
		if (settings.userManagement?.showSetupOnFirstLoad === true) {
			await this.request('POST', '/rest/owner/setup', owner);
		}
		await this.request('POST', '/rest/login', {
			emailOrLdapLoginId: owner.email,
			password: owner.password,
		});
	}

	/**
	 * Makes one call and returns n8n's `data`. Waits while n8n is overloaded.
	 *
	 * @throws N8nApiError
	 */
	async request<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
		const deadline = Date.now() + OVERLOAD_TIMEOUT_MS;
		for (;;) {
			try {
				return await this.#requestOnce(method, path, body);
			} catch (error) {
				// n8n refuses before it processes the call, so repeating it is safe.
				const isOverloaded = error instanceof N8nApiError && error.status === 503;
				if (!isOverloaded || Date.now() > deadline) throw error;
				await sleep(OVERLOAD_PAUSE_MS);
			}
		}
	}

	async #requestOnce<T>(method: string, path: string, body: unknown): Promise<T> {
		const response = await fetch(`${this.#baseUrl}${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				// A busy n8n may close an idle connection just as it is reused.
				connection: 'close',
				'browser-id': this.#browserId,
				...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const session = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (session !== undefined) this.#cookie = session.split(';')[0] ?? '';
		const text = await response.text();
		if (!response.ok) {
			throw new N8nApiError(
				`n8n answered ${method} ${path} with ${response.status}: ${messageOf(text)}`,
				response.status,
			);
		}
		const answer = JSON.parse(text) as { data?: T };
		return (answer.data ?? answer) as T;
	}

	async credentials(): Promise<N8nCredential[]> {
		return await this.request('GET', '/rest/credentials');
	}

	/** Creates the credential, or updates the one with this name. */
	async saveCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<N8nCredential> {
		const known = (await this.credentials()).find(
			(credential) => credential.name === name && credential.type === type,
		);
		return known === undefined
			? await this.request('POST', '/rest/credentials', { name, type, data })
			: await this.request('PATCH', `/rest/credentials/${known.id}`, { name, type, data });
	}

	/** The result of the editor's credential test. */
	async testCredential(
		credential: N8nCredential,
		data: Record<string, unknown>,
	): Promise<{ status: string; message: string }> {
		return await this.request('POST', '/rest/credentials/test', {
			credentials: { ...credential, data },
		});
	}

	async workflows(): Promise<Pick<N8nWorkflow, 'id' | 'name' | 'active'>[]> {
		return await this.request('GET', '/rest/workflows');
	}

	async workflow(id: string): Promise<N8nWorkflow> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	async createWorkflow(definition: N8nWorkflowDefinition): Promise<N8nWorkflow> {
		return await this.request('POST', '/rest/workflows', definition);
	}

	/** Replaces nodes and connections; an active workflow keeps running until activated again. */
	async updateWorkflow(id: string, definition: N8nWorkflowDefinition): Promise<N8nWorkflow> {
		const { versionId } = await this.workflow(id);
		return await this.request('PATCH', `/rest/workflows/${id}`, { ...definition, versionId });
	}

	async activate(workflow: Pick<N8nWorkflow, 'id' | 'versionId'>): Promise<void> {
		await this.request('POST', `/rest/workflows/${workflow.id}/activate`, {
			versionId: workflow.versionId,
		});
	}

	async deactivate(workflowId: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${workflowId}/deactivate`, {});
	}

	/** Runs a workflow as "Execute workflow" does, and returns the execution's ID. */
	async run(workflowId: string, triggerName: string): Promise<string> {
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: triggerName } },
		);
		return executionId;
	}

	/** Newest first. */
	async executions(workflowId: string): Promise<N8nExecution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.request<{ results: N8nExecution[] }>(
			'GET',
			`/rest/executions?filter=${filter}&limit=50`,
		);
		return results;
	}

	async execution(id: string): Promise<N8nExecution> {
		return await this.request('GET', `/rest/executions/${id}`);
	}

	/**
	 * Waits for an execution to end.
	 *
	 * @throws Error if it is still running after `timeoutMs`
	 */
	async finishedExecution(id: string, timeoutMs: number): Promise<N8nExecution> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const execution = await this.execution(id);
			if (!['new', 'running', 'waiting'].includes(execution.status)) return execution;
			if (Date.now() > deadline) {
				throw new Error(`Execution ${id} is still ${execution.status} after ${timeoutMs} ms.`);
			}
			await sleep(POLL_MS);
		}
	}

	/** Retries a failed execution from the failed node, as "Retry" in the list of executions does. */
	async retryExecution(id: string): Promise<void> {
		await this.request('POST', `/rest/executions/${id}/retry`, { loadWorkflow: false });
	}

	/** Descriptions of all nodes, as the editor loads them. */
	async nodeTypes(): Promise<N8nNodeType[]> {
		return await this.request('GET', '/types/nodes.json');
	}
}

/** The message of a failed call, without the stack trace that n8n includes. */
function messageOf(text: string): string {
	try {
		return (JSON.parse(text) as { message?: string }).message ?? text;
	} catch {
		return text;
	}
}
