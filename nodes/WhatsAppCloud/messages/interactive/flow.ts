import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { choiceOf } from '../../values/choice';
import { collectionOf, optionalJsonObject } from '../../values/json/json';
import { optionalText, report, requiredText } from '../../values/limits';
import { defineVariant } from '../messageType';
import { allHeaderKinds, headerFields, headerPart, withHeader } from './header';
import {
	bodyField,
	bodySchema,
	buttonTextField,
	footerField,
	footerPart,
	footerSchema,
	maxBodyCharacters,
	optionalId,
} from './parts';

const maxButtonCharacters = 30;

/** The only version of flow messages. */
const flowMessageVersion = '3';

const flowFields: INodeProperties[] = [
	{
		displayName: 'Find Flow By',
		name: 'flowSource',
		type: 'options',
		options: [
			{ name: 'List or ID', value: 'id' },
			{
				name: 'Name',
				value: 'name',
				description: 'Works in every account with a Flow of this name',
			},
		],
		default: 'id',
	},
	{
		displayName: 'Flow',
		name: 'flowId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a Flow',
				typeOptions: { searchListMethod: 'searchFlows', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1197715005513101',
				hint: 'The ID that WhatsApp Manager shows for the Flow',
			},
		],
		displayOptions: { show: { flowSource: ['id'] } },
	},
	{
		displayName: 'Flow Name',
		name: 'flowName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. appointment_booking',
		displayOptions: { show: { flowSource: ['name'] } },
	},
];

const startFields: INodeProperties[] = [
	{
		displayName: 'On Opening',
		name: 'flowAction',
		type: 'options',
		options: [
			{
				name: 'Show a Screen',
				value: 'navigate',
				description: 'The Flow starts with the screen and data below',
			},
			{
				name: 'Ask the Endpoint',
				value: 'data_exchange',
				description: "The Flow's endpoint decides how it starts",
			},
		],
		default: 'navigate',
	},
	{
		displayName: 'First Screen',
		name: 'flowScreen',
		type: 'string',
		default: '',
		placeholder: 'e.g. APPOINTMENT',
		description: "The ID of the screen to start with. Leave empty for the Flow's first one.",
		displayOptions: { show: { flowAction: ['navigate'] } },
	},
	{
		displayName: 'Data (JSON)',
		name: 'flowData',
		type: 'json',
		typeOptions: { rows: 4 },
		default: '{}',
		hint: 'Leave {} to send none',
		description: 'The data for the first screen',
		displayOptions: { show: { flowAction: ['navigate'] } },
	},
	{
		displayName: 'Flow Token',
		// n8n hides the value of a field with "token" in its name, and this one is not a secret.
		name: 'flowReference',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-1042',
		hint: 'Returned with the answer',
		description: 'Your own ID for this Flow, such as an order number',
	},
];

const options: INodeProperties[] = [
	{
		displayName: 'Flow Version',
		name: 'flowMode',
		type: 'options',
		options: [
			{ name: 'Draft', value: 'draft', description: 'To test a Flow that is not published yet' },
			{ name: 'Published', value: 'published' },
		],
		default: 'published',
	},
];

/**
 * A button that opens a Flow: screens with forms inside WhatsApp.
 * https://developers.facebook.com/docs/whatsapp/flows/guides/sendingaflow
 */
export const flow = defineVariant({
	name: 'Flow',
	description: 'A button that opens a form in WhatsApp',
	fields: [
		...headerFields(allHeaderKinds),
		bodyField(maxBodyCharacters),
		footerField,
		...flowFields,
		buttonTextField(maxButtonCharacters, {
			placeholder: 'e.g. Book Now',
			description: 'The label of the button. No emoji.',
		}),
		...startFields,
	],
	options,
	schema: withHeader(
		allHeaderKinds,
		z.object({
			body: bodySchema,
			footer: footerSchema,
			flowSource: choiceOf(['id', 'name']).optional(),
			flowId: optionalId,
			flowName: optionalId,
			buttonText: requiredText(maxButtonCharacters),
			flowAction: choiceOf(['navigate', 'data_exchange']).default('navigate'),
			flowScreen: optionalId,
			flowData: optionalJsonObject,
			flowReference: optionalText(Infinity),
			options: collectionOf({ flowMode: choiceOf(['draft', 'published']) }),
		}),
	).transform((values, context) => {
		const { header, body, footer, buttonText, flowAction, flowScreen } = values;
		// Meta rejects an empty object, which is what the editor's empty field holds.
		const hasData = Object.keys(values.flowData ?? {}).length > 0;
		const flowData = hasData ? values.flowData : undefined;
		return {
			header,
			body,
			footer,
			buttonText,
			flow: readFlow(values, context),
			start: readStart({ flowAction, flowScreen, flowData }, context),
			token: values.flowReference,
			isDraft: values.options.flowMode === 'draft',
		};
	}),
	build: ({ header, body, footer, buttonText, flow: reference, start, token, isDraft }) => ({
		type: 'interactive',
		interactive: {
			type: 'flow',
			...headerPart(header),
			body: { text: body },
			...footerPart(footer),
			action: {
				name: 'flow',
				parameters: {
					flow_message_version: flowMessageVersion,
					...reference,
					flow_cta: buttonText,
					...(token === undefined ? {} : { flow_token: token }),
					...(isDraft ? { mode: 'draft' } : {}),
					...start,
				},
			},
		},
	}),
});

interface FlowChoice {
	flowSource?: 'id' | 'name' | undefined;
	flowId?: string | undefined;
	flowName?: string | undefined;
}

/** ID or name, never both. */
function readFlow(
	{ flowSource, flowId, flowName }: FlowChoice,
	context: Pick<z.core.ParsePayload, 'issues'>,
): { flow_id: string } | { flow_name: string } {
	const complain = (parameter: string, message: string): never => {
		report(context, [parameter], message);
		return z.NEVER;
	};
	// Without a choice, as in a table of recipients, whichever is filled decides.
	switch (flowSource ?? (flowName === undefined ? 'id' : 'name')) {
		case 'id':
			return flowId === undefined ? complain('flowId', 'is empty') : { flow_id: flowId };
		case 'name':
			if (flowName === undefined) return complain('flowName', 'is empty');
			if (flowSource === undefined && flowId !== undefined) {
				return complain('flowName', 'and an ID are both given; give only one of them');
			}
			return { flow_name: flowName };
	}
}

interface FlowStart {
	flowAction: 'navigate' | 'data_exchange';
	flowScreen?: string | undefined;
	flowData?: Record<string, unknown> | undefined;
}

/** How the flow begins. Screen and data go only with `navigate`. */
function readStart(
	{ flowAction, flowScreen, flowData }: FlowStart,
	context: Pick<z.core.ParsePayload, 'issues'>,
): Record<string, unknown> {
	const complain = (parameter: string, message: string): void => {
		report(context, [parameter], message);
	};
	if (flowAction === 'data_exchange') {
		// Meta's rule: with `data_exchange`, the endpoint provides both.
		const problem = 'can only be given where On Opening is Show a Screen (navigate)';
		if (flowScreen !== undefined) complain('flowScreen', problem);
		if (flowData !== undefined) complain('flowData', problem);
		return { flow_action: 'data_exchange' };
	}
	// Meta's default is `navigate` to the first screen.
	if (flowScreen === undefined && flowData === undefined) return {};
	return {
		flow_action: 'navigate',
		flow_action_payload: {
			...(flowScreen === undefined ? {} : { screen: flowScreen }),
			...(flowData === undefined ? {} : { data: flowData }),
		},
	};
}
