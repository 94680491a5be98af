import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
	N8nApi,
	N8nCredential,
	N8nNode,
	N8nWorkflow,
	N8nWorkflowDefinition,
} from './n8n-api.ts';
import { waitForRegistration } from './simulator-process.ts';
import { testCredentialData } from './test-account.ts';

export const CREDENTIAL_TYPE = 'whatsAppCloudApi';
export const CREDENTIAL_NAME = 'WhatsApp Cloud API';
export const TRIGGER_TYPE = 'n8n-nodes-whatsapp-cloud.whatsAppCloudTrigger';

export interface Autoresponder {
	workflow: N8nWorkflow;
	credential: N8nCredential;
	/** The user has changed the workflow, so it was not replaced with the newer example. */
	keptUserVersion: boolean;
}

/** What was last imported, to detect whether the user has changed the workflow since. */
interface ImportRecord {
	workflowId: string;
	versionId: string;
	exampleHash: string;
}

/**
 * Creates or updates the credential and the autoresponder, and activates it. A workflow that the
 * user has changed is left alone.
 *
 * @param recordFile remembers what was imported
 * @throws Error if n8n has not loaded the package, or its trigger cannot register
 */
export async function setUpAutoresponder(
	api: N8nApi,
	options: { projectFolder: string; simulatorUrl: string; recordFile: string },
): Promise<Autoresponder> {
	const isLoaded = (await api.nodeTypes()).some(({ name }) => name === TRIGGER_TYPE);
	if (!isLoaded) throw new Error(`n8n did not load the node ${TRIGGER_TYPE}.`);
	const credential = await api.saveCredential(
		CREDENTIAL_NAME,
		CREDENTIAL_TYPE,
		testCredentialData(options.simulatorUrl),
	);
	const text = await readFile(join(options.projectFolder, 'examples/autoresponder.json'), 'utf8');
	const definition = useCredential(JSON.parse(text) as N8nWorkflowDefinition, credential);
	const exampleHash = createHash('sha256').update(text).digest('hex');
	const { workflow, keptUserVersion } = await importOnce(
		api,
		definition,
		exampleHash,
		options.recordFile,
	);
	await api.activate(workflow);
	// The user's own may be registered by hand.
	if (!keptUserVersion) await waitForRegistration(options.simulatorUrl);
	return { workflow, credential, keptUserVersion };
}

const packageTypes = 'n8n-nodes-whatsapp-cloud.';

/**
 * Picks a credential, as a user does who has imported a workflow: one for WhatsApp in all nodes of
 * this package, any other where its type is named.
 */
export function useCredential(
	definition: N8nWorkflowDefinition,
	credential: N8nCredential,
): N8nWorkflowDefinition {
	const reference = { id: credential.id, name: credential.name };
	return {
		...definition,
		nodes: definition.nodes.map((node) =>
			takes(node, credential)
				? { ...node, credentials: { ...node.credentials, [credential.type]: reference } }
				: node,
		),
	};
}

const takes = ({ type, credentials }: N8nNode, credential: N8nCredential): boolean =>
	credential.type === CREDENTIAL_TYPE
		? type.startsWith(packageTypes)
		: credentials?.[credential.type] !== undefined;

async function importOnce(
	api: N8nApi,
	definition: N8nWorkflowDefinition,
	exampleHash: string,
	recordFile: string,
): Promise<{ workflow: N8nWorkflow; keptUserVersion: boolean }> {
	const remember = async (workflow: N8nWorkflow) => {
		const record: ImportRecord = {
			workflowId: workflow.id,
			versionId: workflow.versionId,
			exampleHash,
		};
		await writeFile(recordFile, JSON.stringify(record));
		return { workflow, keptUserVersion: false };
	};
	const record = await readRecord(recordFile);
	const known = (await api.workflows()).some(({ id }) => id === record?.workflowId);
	if (record === null || !known) return await remember(await api.createWorkflow(definition));

	const workflow = await api.workflow(record.workflowId);
	if (record.exampleHash === exampleHash) return { workflow, keptUserVersion: false };
	if (workflow.versionId !== record.versionId) return { workflow, keptUserVersion: true };
	return await remember(await api.updateWorkflow(workflow.id, definition));
}

async function readRecord(file: string): Promise<ImportRecord | null> {
	try {
		return JSON.parse(await readFile(file, 'utf8')) as ImportRecord;
	} catch {
		return null;
	}
}
