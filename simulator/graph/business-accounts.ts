import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../json.ts';
import { isTrue } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { BusinessAccount } from '../state/account.ts';
import { templateNode } from '../state/account.ts';
import { readPricingQuery, pricingAnalytics } from './analytics.ts';
import { GraphError } from '../errors/graph-error.ts';
import { businessId } from './account/businesses.ts';
import { healthOf } from './account/health.ts';
import { callAnalytics } from './account/call-analytics.ts';
import { messageAnalytics } from './account/message-analytics.ts';
import { callOf, idOf, parameter, queryOf, reachBusinessAccount } from './call.ts';
import type { Field } from './fields.ts';
import { fieldsOf, parseFields, selectFields } from './fields.ts';
import type { NodeType } from './node-type.ts';
import { numbersOf, phoneNumberNode } from './phone-numbers.ts';
import { templateAnalytics } from './templates/figures/analytics.ts';

const nodeType = 'WhatsAppBusinessAccount';

function reach(simulator: Simulator, request: FastifyRequest): BusinessAccount {
	return reachBusinessAccount(simulator, request, idOf(request), 'whatsapp_business_management');
}

/** Edges of the business account that have routes of their own. */
export function registerBusinessAccounts(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/pricing_analytics', (request) => {
		const waba = reach(simulator, request);
		const query = readPricingQuery((name) => queryOf(request)[name]);
		return pricingAnalytics(simulator, waba.id, query);
	});
}

/** https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/ */
export const businessAccountNodes: NodeType = {
	owns: (simulator, id) => simulator.account.businessAccounts.has(id),
	get(simulator, request) {
		const waba = reach(simulator, request);
		const fields = fieldsOf(queryOf(request)['fields'], [
			'id',
			'name',
			'timezone_id',
			'message_template_namespace',
		]);
		const node = businessAccountNode(simulator, request, waba);
		for (const field of fields) expandEdge(simulator, request, waba, node, field);
		return selectFields(node, fields, nodeType);
	},
	post(simulator, request) {
		const waba = reach(simulator, request);
		const insights = parameter(request, 'is_enabled_for_insights');
		if (insights !== undefined) {
			if (!isTrue(insights)) throw new GraphError(200006);
			waba.insightsEnabled = true;
		}
		return { id: waba.id };
	},
};

function businessAccountNode(
	simulator: Simulator,
	request: FastifyRequest,
	waba: BusinessAccount,
): JsonObject {
	return {
		id: waba.id,
		name: waba.name,
		currency: waba.currency,
		timezone_id: waba.timezoneId,
		country: waba.country,
		status: 'ACTIVE',
		account_review_status: 'APPROVED',
		business_verification_status: 'verified',
		ownership_type: 'SELF',
		message_template_namespace: 'c8ae5f90_307a_ca4c_b8f6_d1e2a2573574',
		marketing_messages_lite_api_status: waba.marketingMessages,
		marketing_messages_onboarding_status: waba.marketingMessages,
		is_enabled_for_insights: waba.insightsEnabled,
		owner_business_info: { id: businessId, name: waba.name },
		whatsapp_business_manager_messaging_limit: 'TIER_2K',
		health_status: healthOf(simulator, callOf(request).token?.appId ?? '', waba),
		on_behalf_of_business_info: undefined,
		primary_funding_id: undefined,
		primary_business_location: waba.primaryBusinessLocation ?? undefined,
		auth_international_rate_eligibility:
			waba.authInternationalSince === null
				? undefined
				: { start_time: Date.parse(waba.authInternationalSince) / 1000 },
	};
}

/** Lists within the node: `phone_numbers{id}`, `message_templates`, `pricing_analytics.start(…)`. */
function expandEdge(
	simulator: Simulator,
	request: FastifyRequest,
	waba: BusinessAccount,
	node: JsonObject,
	field: Field,
): void {
	if (field.name === 'phone_numbers') {
		const wanted = parseFields(
			field.subFields ?? 'verified_name,display_phone_number,quality_rating',
		);
		node[field.name] = {
			data: numbersOf(simulator, waba.id).map((number) =>
				selectFields(
					phoneNumberNode(simulator, request, number),
					wanted,
					'WhatsAppBusinessPhoneNumber',
				),
			),
		};
	}
	if (field.name === 'message_templates') {
		const wanted = parseFields(field.subFields ?? 'name,language,status,category,components');
		node[field.name] = {
			data: [...simulator.account.templates.values()]
				.filter((template) => template.businessAccountId === waba.id)
				.map((template) => selectFields(templateNode(template), wanted, 'WhatsAppMessageTemplate')),
		};
	}
	if (field.name === 'template_analytics') {
		node[field.name] = templateAnalytics(simulator, waba, (name) => field.modifiers.get(name));
	}
	if (field.name === 'analytics') {
		node[field.name] = messageAnalytics(simulator, waba.id, (name) => field.modifiers.get(name));
	}
	if (field.name === 'call_analytics') {
		node[field.name] = callAnalytics(simulator, waba.id, (name) => field.modifiers.get(name));
	}
	if (field.name === 'pricing_analytics') {
		const query = readPricingQuery((name) => field.modifiers.get(name));
		node[field.name] = pricingAnalytics(simulator, waba.id, query);
	}
}
