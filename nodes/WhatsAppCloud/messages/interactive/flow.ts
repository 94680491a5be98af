import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { flowField } from '../../fields/locators/flowField';
import { choiceOf } from '../../values/choice';
import { collectionOf, optionalJsonObject } from '../../values/json/json';
import { optionalText, requiredText } from '../../values/schema/reading';
import { report } from '../../values/schema/singleStep';
import { defineVariant } from '../messageType';
import { allHeaderKinds, headerFields, headerPart, withHeader } from './header';
import {
	bodyField,
	bodySchema,
	buttonTextField,
	flowTokenField,
	footerField,
	footerSchema,
	interactive,
	maxBodyCharacters,
	optionalId,
	requiredId,
} from './parts';

const maxButtonCharacters = 30;

/** The only version of flow messages. */
const flowMessageVersion = '3';

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
	flowTokenField,
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
		flowField({ mayBeName: true }),
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
			flow: requiredId,
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
			flow: referenceTo(values.flow),
			start: readStart({ flowAction, flowScreen, flowData }, context),
			token: values.flowReference,
			isDraft: values.options.flowMode === 'draft',
		};
	}),
	build: ({ header, body, footer, buttonText, flow: reference, start, token, isDraft }) =>
		interactive(
			'flow',
			{ header: headerPart(header), body, footer },
			{
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
		),
});

/** Meta's IDs consist of digits, and whatever else is written is a name. */
const referenceTo = (flowIdOrName: string): { flow_id: string } | { flow_name: string } =>
	/^\d+$/.test(flowIdOrName) ? { flow_id: flowIdOrName } : { flow_name: flowIdOrName };

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
