import type { JsonObject } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Flow } from '../../state/flows.ts';
import { publishNotice } from '../../webhooks/publish.ts';
import { flowError } from './flow-node.ts';

/**
 * From draft to published.
 * @throws GraphError 139002 with the reason
 */
export function publish(simulator: Simulator, flow: Flow): JsonObject {
	const problem = whyNotPublishable(simulator, flow);
	if (problem !== null) throw flowError(139002, ...problem);
	setStatus(simulator, flow, 'PUBLISHED');
	return { success: true };
}

function whyNotPublishable(
	{ account }: Simulator,
	flow: Flow,
): [title: string, words: string] | null {
	if (flow.status !== 'DRAFT') {
		return [
			'Publishing Flow in invalid state',
			`Only Flows in Draft state can be published. This one is ${flow.status}.`,
		];
	}
	if (flow.json === null || flow.validationErrors.length > 0) {
		return [
			'Publishing Flow with validation errors',
			'Flow JSON has validation errors. Fix all of them before publishing.',
		];
	}
	if (flow.isFrozen) {
		return [
			'Unsupported Flow JSON version',
			`Version ${flow.jsonVersion ?? ''} can no longer be published. Use a newer version.`,
		];
	}
	if (flow.dataApiVersion !== null && flow.endpointUri === null) {
		return [
			'Publishing without specifying "endpoint_uri"',
			'You need to set the "endpoint_uri" of the Flow before publishing it.',
		];
	}
	const hasNumber = [...account.phoneNumbers.values()].some(
		({ businessAccountId }) => businessAccountId === flow.businessAccountId,
	);
	if (hasNumber) return null;
	return [
		'No Phone Number connected to WhatsApp Business account',
		'Add a phone number to the WhatsApp Business account before publishing.',
	];
}

/** From published to deprecated. @throws GraphError 139003 */
export function deprecate(simulator: Simulator, flow: Flow): JsonObject {
	if (flow.status === 'DEPRECATED') {
		throw flowError(139003, 'Flow is already deprecated', 'The Flow is already deprecated.');
	}
	if (flow.status === 'DRAFT') {
		throw flowError(
			139003,
			"Can't deprecate unpublished Flow",
			'Only published Flows can be deprecated. Delete the draft instead.',
		);
	}
	setStatus(simulator, flow, 'DEPRECATED');
	return { success: true };
}

/** A draft goes for good. @throws GraphError 139004 */
export function remove({ account }: Simulator, flow: Flow): JsonObject {
	if (flow.status !== 'DRAFT') {
		throw flowError(
			139004,
			"Can't delete published Flow",
			'Only Flows in Draft state can be deleted. Deprecate the Flow instead.',
		);
	}
	account.flows.delete(flow.id);
	return { success: true };
}

/** https://developers.facebook.com/docs/whatsapp/flows/reference/flowswebhooks */
function setStatus(simulator: Simulator, flow: Flow, status: string): void {
	const old = flow.status;
	flow.status = status;
	publishNotice(simulator, {
		businessAccountId: flow.businessAccountId,
		phoneNumberId: null,
		field: 'flows',
		value: {
			event: 'FLOW_STATUS_CHANGE',
			message: `Flow ${flow.name} changed status from ${old} to ${status}`,
			flow_id: flow.id,
			old_status: old,
			new_status: status,
		},
	});
}
