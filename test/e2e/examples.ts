import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useCredential } from '../../scripts/host/autoresponder.ts';
import type {
	N8nApi,
	N8nNode,
	N8nWorkflow,
	N8nWorkflowDefinition,
} from '../../scripts/host/n8n-api.ts';
import { e2eHost, projectFolder } from './host';

/** A workflow of examples/. */
export async function readExample(name: string): Promise<N8nWorkflowDefinition> {
	const file = join(projectFolder, 'examples', `${name}.json`);
	return JSON.parse(await readFile(file, 'utf8')) as N8nWorkflowDefinition;
}

/**
 * Imports an example as a user does: picks this n8n's credential and changes parameters of some
 * nodes.
 *
 * @param changes parameters by node name
 */
export async function importExample(
	api: N8nApi,
	name: string,
	changes: Record<string, N8nNode['parameters']> = {},
): Promise<N8nWorkflow> {
	const { credentialId } = e2eHost();
	const credential = (await api.credentials()).find(({ id }) => id === credentialId);
	if (credential === undefined) throw new Error('n8n has no credential for WhatsApp.');
	const definition = useCredential(await readExample(name), credential);
	return await api.createWorkflow({
		...definition,
		nodes: definition.nodes.map((node) => ({
			...node,
			parameters: { ...node.parameters, ...changes[node.name] },
		})),
	});
}
