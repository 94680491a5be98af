import type { INodeProperties } from 'n8n-workflow';
import { withDoubleBraces } from '../textVariables';

/** The checked values of a button's row. */
export type ButtonRow = Readonly<Record<string, string | undefined>>;

/** A kind of button in the form. */
interface ButtonKind {
	/** Title Case. */
	name: string;
	description?: string;
	/** Names of its fields, besides the type. */
	fields: readonly string[];
	/** In Meta's form, without the type. */
	build(row: ButtonRow): Record<string, unknown>;
}

/** Fields of a row, by name. Which of them a button has depends on its type. */
const fields: Readonly<Record<string, Omit<INodeProperties, 'name' | 'default'>>> = {
	text: {
		displayName: 'Label',
		type: 'string',
		placeholder: 'e.g. Track order',
		hint: 'Up to 25 characters',
	},
	url: {
		displayName: 'URL',
		type: 'string',
		placeholder: 'e.g. https://example.com/orders/{1}',
		hint: 'One variable is possible, in single braces at the very end: {1}',
	},
	urlSample: {
		displayName: 'URL Sample',
		type: 'string',
		placeholder: 'e.g. LS-2041',
		description:
			'A realistic value for the variable, which Meta sees during its review, or the whole address',
	},
	phoneNumber: {
		displayName: 'Phone Number',
		type: 'string',
		placeholder: 'e.g. +15550100001',
		hint: 'With country code, up to 20 characters',
	},
	codeSample: {
		displayName: 'Code Sample',
		type: 'string',
		placeholder: 'e.g. AUTUMN15',
		hint: 'Up to 20 characters, 15 in a limited-time offer',
	},
	flowId: {
		displayName: 'Flow ID',
		type: 'string',
		placeholder: 'e.g. 1013859600285441',
	},
	flowAction: {
		displayName: 'Flow Action',
		type: 'options',
		options: [
			{
				name: 'Call Endpoint',
				value: 'data_exchange',
				description: 'The endpoint gives the first screen',
			},
			{ name: 'Open Screen', value: 'navigate' },
		],
	},
	flowScreen: {
		displayName: 'First Screen',
		type: 'string',
		placeholder: 'e.g. WELCOME',
		description: 'Leave empty for the first one of the Flow',
	},
	ttlMinutes: {
		displayName: 'Time to Live',
		type: 'string',
		placeholder: 'e.g. 10080',
		hint: 'In minutes, 1,440 to 43,200. Leave empty for seven days.',
	},
};

/** By their stored values, which are Meta's names in lower case. */
export const buttonKinds: Readonly<Record<string, ButtonKind>> = {
	quick_reply: {
		name: 'Quick Reply',
		fields: ['text'],
		build: ({ text }) => ({ text }),
	},
	url: {
		name: 'Visit Website',
		fields: ['text', 'url', 'urlSample'],
		build({ text, url = '', urlSample }) {
			// The only variable of an address has a number, also where others have names.
			const address = withDoubleBraces(url).replace(/\{\{\s*\w+\s*\}\}$/, '{{1}}');
			return {
				text,
				url: address,
				...(urlSample === undefined ? {} : { example: [wholeSample(address, urlSample)] }),
			};
		},
	},
	phone_number: {
		name: 'Call Phone Number',
		fields: ['text', 'phoneNumber'],
		build: ({ text, phoneNumber }) => ({ text, phone_number: phoneNumber }),
	},
	copy_code: {
		name: 'Copy Code',
		description: 'Copies a code that each message brings',
		fields: ['codeSample'],
		build: ({ codeSample }) => ({ example: codeSample }),
	},
	flow: {
		name: 'Open Flow',
		fields: ['text', 'flowId', 'flowAction', 'flowScreen'],
		build: ({ text, flowId, flowAction = 'navigate', flowScreen }) => ({
			text,
			flow_id: flowId,
			flow_action: flowAction,
			...(flowScreen === undefined ? {} : { navigate_screen: flowScreen }),
		}),
	},
	voice_call: {
		name: 'Call on WhatsApp',
		fields: ['text', 'ttlMinutes'],
		build: ({ text, ttlMinutes }) => ({
			text,
			...(ttlMinutes === undefined ? {} : { ttl_minutes: Number(ttlMinutes) }),
		}),
	},
	catalog: {
		name: 'View Catalog',
		fields: [],
		build: () => ({ text: 'View catalog' }),
	},
	mpm: {
		name: 'View Items',
		description: 'Shows up to 30 products that each message brings',
		fields: [],
		build: () => ({ text: 'View items' }),
	},
	spm: {
		name: 'View Product',
		description: 'Shows the product of the header',
		fields: [],
		build: () => ({ text: 'View' }),
	},
	order_details: {
		name: 'Review and Pay',
		fields: [],
		build: () => ({ text: 'Review and Pay' }),
	},
	request_contact_info: {
		name: 'Share Phone Number',
		description: 'Asks people for their phone number',
		fields: [],
		build: () => ({}),
	},
};

/** `LS-2041` in the address's variable; a whole address stays as it is. */
const wholeSample = (address: string, sample: string): string =>
	/^https?:\/\//.test(sample) ? sample : address.replace('{{1}}', () => sample);

/** The fields of a row with these kinds of buttons. */
export function buttonRowFields(among: readonly string[]): INodeProperties[] {
	const kinds = Object.entries(buttonKinds).filter(([kind]) => among.includes(kind));
	const used = Object.entries(fields).filter(([name]) =>
		kinds.some(([, kind]) => kind.fields.includes(name)),
	);
	return [
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: kinds
				.map(([value, { name, description }]) => ({
					name,
					value,
					...(description === undefined ? {} : { description }),
				}))
				.sort((a, b) => a.name.localeCompare(b.name)),
			default: 'quick_reply',
		},
		...used.map(([name, field]): INodeProperties => ({
			...field,
			name,
			default: name === 'flowAction' ? 'navigate' : '',
			displayOptions: {
				show: {
					type: kinds.flatMap(([value, kind]) => (kind.fields.includes(name) ? [value] : [])),
				},
			},
		})),
	];
}

/** The field of a row behind a member of Meta's button. */
export const fieldOfMember: Readonly<Record<string, string>> = {
	text: 'text',
	url: 'url',
	phone_number: 'phoneNumber',
	flow_id: 'flowId',
	flow_action: 'flowAction',
	navigate_screen: 'flowScreen',
	ttl_minutes: 'ttlMinutes',
	type: 'type',
};
