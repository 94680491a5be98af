import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import { asText, asTextList } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Flow } from '../../state/flows.ts';
import { newFlow, setFlowJson } from '../../state/flows.ts';
import { newNumericId } from '../../state/ids.ts';
import { idOf, originOf, parameter, queryOf, reachBusinessAccount } from '../call.ts';
import { invalidParameter, unknownObject } from '../../errors/graph-error.ts';
import { fieldsOf } from '../fields.ts';
import { readForm } from '../forms.ts';
import type { NodeType } from '../node-type.ts';
import { page } from '../paging.ts';
import { defaultFlowFields, flowError, flowNode, ownAppId, reachFlow } from './flow-node.ts';
import { deprecate, publish, remove } from './flow-state.ts';

const scope = 'whatsapp_business_management';

const knownCategories = [
	'SIGN_UP',
	'SIGN_IN',
	'APPOINTMENT_BOOKING',
	'LEAD_GENERATION',
	'CONTACT_US',
	'CUSTOMER_SUPPORT',
	'SURVEY',
	'OTHER',
];

const maxNameCharacters = 200;
const maxJsonBytes = 10 * 1024 * 1024;
const maxMigrated = 100;

/** https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi */
export function registerFlows(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/flows', (request) => {
		const { id } = reachBusinessAccount(simulator, request, idOf(request), scope);
		const fields = fieldsOf(queryOf(request)['fields'], defaultFlowFields);
		return page(
			simulator,
			request,
			flowsOf(simulator, id),
			(flow) => flow.id,
			(flow) => flowNode(simulator, request, flow, fields),
		);
	});
	app.post('/:id/flows', async (request) => {
		const { id } = reachBusinessAccount(simulator, request, idOf(request), scope);
		return create(simulator, request, id, (await readForm(simulator, request)).fields);
	});
	app.get('/:id/assets', (request) => listAssets(simulator, request));
	app.post('/:id/assets', async (request) => await upload(simulator, request));
	app.get('/flow_assets/:id', async (request, reply) => {
		const { json } = reachFlow(simulator, request, idOf(request));
		return await reply.type('application/json').send(json ?? '{}');
	});
	app.post('/:id/publish', (request) =>
		publish(simulator, reachFlow(simulator, request, idOf(request))),
	);
	app.post('/:id/deprecate', (request) =>
		deprecate(simulator, reachFlow(simulator, request, idOf(request))),
	);
	app.post('/:id/migrate_flows', (request) => migrate(simulator, request));
}

const flowsOf = ({ account }: Simulator, businessAccountId: string): Flow[] =>
	[...account.flows.values()].filter((flow) => flow.businessAccountId === businessAccountId);

function create(
	simulator: Simulator,
	request: FastifyRequest,
	businessAccountId: string,
	fields: JsonObject,
): JsonObject {
	const cloneId = asText(fields['clone_flow_id']);
	const source = cloneId === undefined ? null : simulator.account.flows.get(cloneId);
	if (source === undefined || (source && source.businessAccountId !== businessAccountId)) {
		throw unknownObject('GET', cloneId ?? '');
	}
	const flow = newFlow({
		id: newNumericId(),
		businessAccountId,
		name: readName(simulator, businessAccountId, fields['name']),
		categories: readCategories(fields['categories']),
		endpointUri: readEndpoint(fields['endpoint_uri']) ?? source?.endpointUri ?? null,
		applicationId: ownAppId(request),
	});
	const json = asText(fields['flow_json']) ?? source?.json;
	if (json !== undefined && json !== null) setFlowJson(flow, json);
	simulator.account.flows.set(flow.id, flow);
	const wanted = fields['publish'] === true || fields['publish'] === 'true';
	const isPublished = wanted && json !== undefined && flow.validationErrors.length === 0;
	if (isPublished) publish(simulator, flow);
	return {
		id: flow.id,
		success: !wanted || isPublished,
		...(json === undefined ? {} : { validation_errors: flow.validationErrors }),
	};
}

function readName(simulator: Simulator, businessAccountId: string, value: unknown): string {
	const name = asText(value);
	if (name === undefined) throw invalidParameter('The parameter name is required.');
	if (name.length > maxNameCharacters) {
		throw invalidParameter(`Param name must be at most ${maxNameCharacters} characters long.`);
	}
	if (flowsOf(simulator, businessAccountId).some((flow) => flow.name === name)) {
		throw flowError(
			100,
			'Flow name is not unique',
			'You may be trying to create a Flow with a name already used by another Flow on the same WhatsApp Business account.',
		);
	}
	return name;
}

function readCategories(value: unknown): string[] {
	const categories = asTextList(value);
	const isKnown = categories.every((category) => knownCategories.includes(category));
	if (categories.length > 0 && isKnown) return categories;
	throw invalidParameter(`Param categories must be some of {${knownCategories.join(', ')}}`);
}

function readEndpoint(value: unknown): string | undefined {
	const uri = asText(value);
	if (uri === undefined || (URL.canParse(uri) && new URL(uri).protocol === 'https:')) return uri;
	throw flowError(100, 'Invalid Endpoint URI', 'Provide a valid URL for endpoint_uri.');
}

/** @throws GraphError 139001 unless the Flow is a draft */
function requireDraft({ status }: Flow): void {
	if (status === 'DRAFT') return;
	throw flowError(
		139001,
		"Flow can't be updated",
		'You attempted to update Flow JSON or metadata for Flow that has already been published. Clone it and publish the clone.',
	);
}

async function upload(simulator: Simulator, request: FastifyRequest): Promise<JsonObject> {
	const flow = reachFlow(simulator, request, idOf(request));
	const { file, fields } = await readForm(simulator, request);
	try {
		requireDraft(flow);
		if (fields['asset_type'] !== 'FLOW_JSON' || fields['name'] !== 'flow.json') {
			throw invalidParameter('Param asset_type must be FLOW_JSON, and name must be flow.json');
		}
		if (!file) throw invalidParameter('The parameter file is required.');
		if (file.byteLength > maxJsonBytes) {
			throw invalidParameter('The file must be at most 10 MB');
		}
		setFlowJson(flow, await readFile(file.path, 'utf8'));
	} finally {
		if (file) await simulator.media.discard(file);
	}
	return { success: true, validation_errors: flow.validationErrors };
}

function listAssets(simulator: Simulator, request: FastifyRequest): JsonObject {
	const flow = reachFlow(simulator, request, idOf(request));
	const assets = flow.json === null ? [] : [flow];
	return page(
		simulator,
		request,
		assets,
		({ id }) => id,
		({ id }) => ({
			name: 'flow.json',
			asset_type: 'FLOW_JSON',
			download_url: `${originOf(simulator, request)}/flow_assets/${id}`,
		}),
	);
}

function migrate(simulator: Simulator, request: FastifyRequest): JsonObject {
	const target = reachBusinessAccount(simulator, request, idOf(request), scope);
	const sourceId = asText(parameter(request, 'source_waba_id')) ?? '';
	const source = reachBusinessAccount(simulator, request, sourceId, scope);
	const flows = flowsOf(simulator, source.id);
	const given = asTextList(parameter(request, 'source_flow_names'));
	if (given.length > maxMigrated) {
		throw invalidParameter(`Param source_flow_names can have at most ${maxMigrated} names`);
	}
	const names = given.length > 0 ? given : flows.map(({ name }) => name);
	const migrated: JsonObject[] = [];
	const failed: JsonObject[] = [];
	for (const name of names) {
		const flow = flows.find((each) => each.name === name);
		const isTaken = flowsOf(simulator, target.id).some((each) => each.name === name);
		if (!flow || isTaken) {
			const reason = flow
				? 'Flow with the same name exists in destination WABA.'
				: 'Flow name not found in source WABA.';
			failed.push({
				source_name: name,
				error_code: '4233041',
				error_message: `Flows Migration Error: ${reason}`,
			});
			continue;
		}
		const copy = { ...flow, id: newNumericId(), businessAccountId: target.id, preview: null };
		simulator.account.flows.set(copy.id, copy);
		migrated.push({ source_name: name, source_id: flow.id, migrated_id: copy.id });
	}
	return { migrated_flows: migrated, failed_flows: failed };
}

export const flowNodes: NodeType = {
	owns: (simulator, id) => simulator.account.flows.has(id),
	get(simulator, request) {
		const flow = reachFlow(simulator, request, idOf(request));
		const fields = fieldsOf(queryOf(request)['fields'], defaultFlowFields);
		return flowNode(simulator, request, flow, fields);
	},
	async post(simulator, request) {
		const flow = reachFlow(simulator, request, idOf(request));
		const { fields } = await readForm(simulator, request);
		requireDraft(flow);
		const { name, categories, application_id: appId } = fields;
		const endpoint = readEndpoint(fields['endpoint_uri']);
		const changes: Partial<Flow> = {
			...(name === undefined || name === flow.name
				? {}
				: { name: readName(simulator, flow.businessAccountId, name) }),
			...(categories === undefined ? {} : { categories: readCategories(categories) }),
			...(endpoint === undefined ? {} : { endpointUri: endpoint }),
			...(appId === undefined ? {} : { applicationId: asText(appId) ?? null }),
		};
		Object.assign(flow, changes);
		return { success: true };
	},
	delete(simulator, request) {
		return remove(simulator, reachFlow(simulator, request, idOf(request)));
	},
};
