import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Flow } from '../../state/flows.ts';
import { callOf, originOf, reachBusinessAccount } from '../call.ts';
import { GraphError, unknownObject } from '../../errors/graph-error.ts';
import type { Field } from '../fields.ts';
import { selectFields } from '../fields.ts';
import { flowMetric } from './flow-metrics.ts';

export const defaultFlowFields = ['id', 'name', 'status', 'categories', 'validation_errors'];

const previewLifeMs = 30 * 86_400_000;

/** The Flow, if the caller has access to its account. @throws GraphError 100, 200 */
export function reachFlow(simulator: Simulator, request: FastifyRequest, id: string): Flow {
	const flow = simulator.account.flows.get(id);
	if (!flow) throw unknownObject(request.method, id);
	const { businessAccountId } = flow;
	const scope = 'whatsapp_business_management';
	reachBusinessAccount(simulator, request, businessAccountId, scope, id);
	return flow;
}

/** The wanted fields of a Flow. */
export function flowNode(
	simulator: Simulator,
	request: FastifyRequest,
	flow: Flow,
	fields: readonly Field[],
): JsonObject {
	const wants = (name: string): Field | undefined => fields.find((field) => field.name === name);
	const metric = wants('metric');
	const preview = wants('preview');
	const waba = simulator.account.businessAccounts.get(flow.businessAccountId);
	const app = simulator.account.apps.get(flow.applicationId ?? '');
	const node: JsonObject = {
		id: flow.id,
		name: flow.name,
		status: flow.status,
		categories: flow.categories,
		validation_errors: flow.validationErrors,
		json_version: flow.jsonVersion ?? undefined,
		data_api_version: flow.dataApiVersion ?? undefined,
		endpoint_uri: flow.endpointUri ?? undefined,
		preview: preview && previewOf(simulator, request, flow, preview),
		whatsapp_business_account: waba && {
			id: waba.id,
			name: waba.name,
			currency: waba.currency,
			timezone_id: waba.timezoneId,
			message_template_namespace: 'c8ae5f90_307a_ca4c_b8f6_d1e2a2573574',
		},
		application: app && {
			id: app.id,
			name: app.name,
			link: `https://www.facebook.com/games/?app_id=${app.id}`,
		},
		health_status: healthOf(flow),
		metric: metric && flowMetric(simulator, flow, metric),
	};
	return selectFields(node, fields, 'Flow');
}

/** A link that works without a login, for thirty days or until a new one is asked for. */
function previewOf(
	simulator: Simulator,
	request: FastifyRequest,
	flow: Flow,
	field: Field,
): JsonObject {
	const { clock } = simulator;
	const isStale = flow.preview === null || flow.preview.expiresAtMs <= clock.now();
	if (isStale || field.modifiers.get('invalidate') === 'true') {
		flow.preview = {
			token: randomBytes(16).toString('hex'),
			expiresAtMs: clock.now() + previewLifeMs,
		};
	}
	const { token = '', expiresAtMs = 0 } = flow.preview ?? {};
	const origin = originOf(simulator, request);
	return {
		preview_url: `${origin}/wa/manage/flows/${flow.id}/preview/?token=${token}`,
		expires_at: `${new Date(expiresAtMs).toISOString().slice(0, 19)}+0000`,
	};
}

function healthOf({ id, status }: Flow): JsonObject {
	const isStopped = status === 'BLOCKED' || status === 'DEPRECATED';
	const verdict = isStopped ? 'BLOCKED' : status === 'THROTTLED' ? 'LIMITED' : 'AVAILABLE';
	return {
		can_send_message: verdict,
		entities: [{ entity_type: 'FLOW', id, can_send_message: verdict }],
	};
}

/** A Flow error with Meta's title and words for people. */
export const flowError = (code: number, title: string, words: string): GraphError =>
	new GraphError(code, { extra: { error_user_title: title, error_user_msg: words } });

/** The ID of the app that the caller belongs to. */
export function ownAppId(request: FastifyRequest): string | null {
	const { app, token } = callOf(request);
	return app?.id ?? token?.appId ?? null;
}
