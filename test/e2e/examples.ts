import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useCredential } from '../../scripts/host/autoresponder.ts';
import type {
	N8nApi,
	N8nCredential,
	N8nNode,
	N8nWorkflow,
	N8nWorkflowDefinition,
} from '../../scripts/host/n8n-api.ts';
import { e2eHost, projectFolder } from './host';
import type { StandIn } from './stand-ins';

const folder = join(projectFolder, 'examples');

/** The names of all files in examples/, without their ending. */
export const exampleNames = (): string[] =>
	readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.slice(0, -'.json'.length));

/** A workflow of examples/. */
export async function readExample(name: string): Promise<N8nWorkflowDefinition> {
	return JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as N8nWorkflowDefinition;
}

/** The parameters of a node of an example. @throws Error if it has no such node */
export async function parametersOf(name: string, node: string): Promise<N8nNode['parameters']> {
	const found = (await readExample(name)).nodes.find((each) => each.name === node);
	if (found === undefined) throw new Error(`${name} has no node "${node}".`);
	return found.parameters;
}

/** The contact rules of a node of an example, at any hour of the day. */
export async function rulesWithoutNight(
	name: string,
	node: string,
): Promise<Record<string, unknown>> {
	const { contactRules } = await parametersOf(name, node);
	return { ...(contactRules as object), quietHours: {} };
}

/** What a test picks and replaces in an example, beside parameters. */
export interface ExampleOptions {
	/** One for each type of credential that the example needs; otherwise this n8n's for WhatsApp. */
	credentials?: readonly N8nCredential[];
	/** What takes the place of nodes that need an account elsewhere, by their names. */
	standIns?: Record<string, StandIn>;
}

/**
 * Imports an example as a user does: picks credentials, changes parameters of some nodes and
 * replaces others.
 *
 * @param changes parameters by node name
 * @throws Error if there is no node of a name that is to be changed
 */
export async function importExample(
	api: N8nApi,
	name: string,
	changes: Record<string, N8nNode['parameters']> = {},
	{ credentials, standIns = {} }: ExampleOptions = {},
): Promise<N8nWorkflow> {
	const picked = credentials ?? [await credentialOfHost(api)];
	const definition = picked.reduce(useCredential, await readExample(name));
	for (const changed of [...Object.keys(changes), ...Object.keys(standIns)]) {
		if (!definition.nodes.some((node) => node.name === changed)) {
			throw new Error(`${name} has no node "${changed}".`);
		}
	}
	return await api.createWorkflow({
		...definition,
		nodes: definition.nodes.map((node) => ({
			...inItsPlace(node, standIns[node.name]),
			parameters: {
				...(standIns[node.name] ?? node).parameters,
				...changes[node.name],
			},
			// Two imports of one example share no webhook.
			...(node.webhookId === undefined ? {} : { webhookId: randomUUID() }),
		})),
	});
}

async function credentialOfHost(api: N8nApi): Promise<N8nCredential> {
	const { credentialId } = e2eHost();
	const credential = (await api.credentials()).find(({ id }) => id === credentialId);
	if (credential === undefined) throw new Error('n8n has no credential for WhatsApp.');
	return credential;
}

function inItsPlace(node: N8nNode, standIn: StandIn | undefined): N8nNode {
	if (standIn === undefined) return node;
	const { id, name, position } = node;
	return { id, name, ...(position === undefined ? {} : { position }), ...standIn };
}
