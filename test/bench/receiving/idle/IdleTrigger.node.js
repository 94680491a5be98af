/** What starts executions, by workflow: the loops of the published triggers. */
const loops = new Map();

/**
 * The least that a trigger can do in n8n: it answers webhooks, checks nothing and keeps nothing.
 * No trigger can cost less: what this one costs is n8n's. n8n loads it as it is, so it is JavaScript.
 */
export class IdleTrigger {
	description = {
		displayName: 'Idle Trigger',
		name: 'idleTrigger',
		group: ['trigger'],
		version: 2,
		description: 'Starts an execution for each webhook',
		defaults: { name: 'Idle Trigger' },
		inputs: [],
		outputs: ['main'],
		// It is not read. n8n looks it up in its database for each execution, as that of any trigger.
		credentials: [{ name: 'httpHeaderAuth', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				responseData: 'noData',
			},
		],
		properties: [
			{
				displayName: 'Starts From',
				name: 'startsFrom',
				type: 'options',
				options: [
					{ name: 'Webhook', value: 'webhook' },
					{ name: 'Loop', value: 'loop' },
				],
				default: 'webhook',
			},
		],
	};

	async webhook() {
		const items = [[{ json: this.getBodyData() }]];
		if (this.getNode().parameters.startsFrom !== 'loop') return { workflowData: items };
		loops.get(this.getWorkflow().id)(items);
		this.getResponseObject().status(200).end();
		return { noWebhookResponse: true };
	}

	async trigger() {
		loops.set(this.getWorkflow().id, this.emit.bind(this));
		return {};
	}
}
