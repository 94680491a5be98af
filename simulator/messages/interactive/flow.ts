import { GraphError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import type { Flow } from '../../state/flows.ts';
import {
	badValue,
	forbid,
	isAbsent,
	missing,
	optionalObject,
	optionalText,
	requirePart,
	requireText,
} from '../rules.ts';
import type { InteractiveRules, MessageUnderTest } from '../type.ts';
import {
	optionalFooter,
	optionalHeader,
	requireBody,
	requireNamedAction,
	requireParameters,
} from './parts.ts';

const path = 'interactive.action.parameters';

/** https://developers.facebook.com/docs/whatsapp/flows/guides/sendingaflow */
export const checkFlow: InteractiveRules = (message, interactive) => {
	optionalHeader(message, interactive, ['text', 'image', 'video', 'document']);
	requireBody(interactive);
	optionalFooter(interactive);
	const parameters = requireParameters(requireNamedAction(interactive, 'flow'));
	const version = asText(
		requirePart(parameters, 'flow_message_version', `${path}.flow_message_version`),
	);
	if (version !== '3') throw badValue(`${path}.flow_message_version must be 3`);
	requireText(parameters, 'flow_cta', `${path}.flow_cta`, { max: 30 });
	optionalText(parameters, 'flow_token', `${path}.flow_token`, { min: 0, max: 1024 });
	const mode = parameters['mode'] ?? 'published';
	if (mode !== 'draft' && mode !== 'published') {
		throw badValue(`${path}.mode must be one of {draft, published}`);
	}
	checkFlowAction(parameters);
	checkFlowReference(message, parameters, mode);
};

/** The first screen and its data are only allowed with `navigate`. */
function checkFlowAction(parameters: JsonObject): void {
	const action = parameters['flow_action'] ?? 'navigate';
	if (action !== 'navigate' && action !== 'data_exchange') {
		throw badValue(`${path}.flow_action must be one of {navigate, data_exchange}`);
	}
	if (action === 'data_exchange') {
		forbid(parameters, 'flow_action_payload', `${path}.flow_action_payload`);
		return;
	}
	const payloadPath = `${path}.flow_action_payload`;
	const payload = optionalObject(parameters, 'flow_action_payload', payloadPath);
	if (!payload) return;
	requireText(payload, 'screen', `${payloadPath}.screen`, { max: 1000 });
	const data = optionalObject(payload, 'data', `${payloadPath}.data`);
	if (data && Object.keys(data).length === 0)
		throw badValue(`${payloadPath}.data must not be empty`);
}

/** @throws GraphError 131008, 131009, or 132068 or 132069 for a flow that Meta has stopped */
function checkFlowReference(message: MessageUnderTest, parameters: JsonObject, mode: string): void {
	const hasId = !isAbsent(parameters['flow_id']);
	const hasName = !isAbsent(parameters['flow_name']);
	if (hasId && hasName) throw badValue(`${path} takes either flow_id or flow_name, not both`);
	if (!hasId && !hasName) throw missing(`${path}.flow_id or ${path}.flow_name`);
	const wanted = asText(hasId ? parameters['flow_id'] : parameters['flow_name']);
	if (wanted === undefined) throw badValue(`${path}.${hasId ? 'flow_id' : 'flow_name'} is empty`);
	const { simulator, number } = message;
	if (!simulator.settings.strictReferences) return;
	const isIt = (flow: Flow): boolean =>
		flow.businessAccountId === number.businessAccountId &&
		(hasId ? flow.id === wanted : flow.name === wanted);
	const flow = [...simulator.account.flows.values()].find(isIt);
	if (!flow) throw badValue(`There is no flow ${wanted}`);
	if (flow.status === 'BLOCKED') throw new GraphError(132068);
	if (flow.status === 'THROTTLED') throw new GraphError(132069);
	const needed = mode === 'draft' ? 'DRAFT' : 'PUBLISHED';
	if (flow.status !== needed) throw badValue(`The flow ${wanted} is ${flow.status}, not ${needed}`);
}
