import { invalidParameter } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import { asText } from '../../../json.ts';
import type { DefinitionContext } from './context.ts';
import { missingField, requireText } from './fields.ts';

const actions = ['NAVIGATE', 'DATA_EXCHANGE'];
const icons = ['DOCUMENT', 'PROMOTION', 'REVIEW'];

/**
 * A button that opens a flow: by ID, by name, or with the flow itself.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/guides/sendingaflow
 * @throws GraphError 100 or 2388043
 */
export function checkFlowButton(
	button: JsonObject,
	index: number,
	{ simulator, businessAccountId }: DefinitionContext,
): void {
	requireText(button, 'text', 'BUTTONS');
	const [id, name] = [asText(button['flow_id']), asText(button['flow_name'])];
	const given = [id, name, button['flow_json']].filter((value) => value !== undefined);
	if (given.length === 0) throw missingField('BUTTONS', 'flow_id');
	if (given.length > 1) {
		throw invalidParameter('A button has one of flow_id, flow_name and flow_json');
	}
	checkChoice(button, 'flow_action', actions, index);
	checkChoice(button, 'icon', icons, index);
	if (button['flow_json'] !== undefined || !simulator.settings.strictReferences) return;
	const isKnown = [...simulator.account.flows.values()].some(
		(flow) =>
			flow.businessAccountId === businessAccountId && (flow.id === id || flow.name === name),
	);
	if (!isKnown) throw invalidParameter(`buttons[${index}]: There is no flow ${id ?? name ?? ''}`);
}

function checkChoice(
	button: JsonObject,
	name: string,
	choices: readonly string[],
	index: number,
): void {
	const value = asText(button[name])?.toUpperCase();
	if (value === undefined || choices.includes(value)) return;
	throw invalidParameter(
		`Param buttons[${index}]['${name}'] must be one of {${choices.join(', ')}}`,
	);
}
