import type { INodeProperties } from 'n8n-workflow';
import { shownFor } from '../../../fields/shownFor';
import { definitionFields } from '../../../templates/creation/definitionForm';
import { libraryFields } from '../../../templates/creation/library';

/** Shown in the empty JSON field. */
const exampleComponents = [
	{
		type: 'BODY',
		text: 'Hello {{first_name}}, your order {{order}} is on its way.',
		example: {
			body_text_named_params: [
				{ param_name: 'first_name', example: 'Ada' },
				{ param_name: 'order', example: 'LS-2041' },
			],
		},
	},
	{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Thank you' }] },
];

export const previewOnlyOption: INodeProperties = {
	displayName: 'Preview Only',
	name: 'previewOnly',
	type: 'boolean',
	default: true,
	description:
		'Whether to check everything and return what would go to Meta, without uploading or sending it',
};

export const ttlOption: INodeProperties = {
	displayName: 'Time to Live',
	name: 'ttlSeconds',
	type: 'number',
	default: 600,
	hint: 'In seconds; -1 for 30 days',
	description:
		'How long Meta tries to deliver a message: 30 to 900 for authentication, 30 to 43,200 for utility, 43,200 to 2,592,000 for marketing with the Marketing Messages API',
};

export const linkTrackingOption: INodeProperties = {
	displayName: 'No Link Tracking',
	name: 'noLinkTracking',
	type: 'boolean',
	default: true,
	description: 'Whether Meta leaves links as they are and counts no taps on them',
};

/** The category of a template. */
export const categoryField: INodeProperties = {
	displayName: 'Category',
	name: 'category',
	type: 'options',
	options: [
		{ name: 'Authentication', value: 'AUTHENTICATION', description: 'One-time passwords' },
		{ name: 'Marketing', value: 'MARKETING', description: 'Offers, news, everything else' },
		{
			name: 'Utility',
			value: 'UTILITY',
			description: 'About an order, account or request of the recipient',
		},
	],
	default: 'UTILITY',
	description: 'It decides the price. Meta changes it if the content is of another category.',
};

/** The fields of a new template, without its account. */
export const creationFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'templateName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. order_shipped',
		hint: 'Lower-case letters, digits and underscores',
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'string',
		default: 'en_US',
		required: true,
		placeholder: 'e.g. en_US',
		hint: 'A code such as en_US, pt_BR or de. Create a template once for each language.',
	},
	categoryField,
	{
		displayName: 'Create From',
		name: 'createFrom',
		type: 'options',
		options: [
			{ name: 'Fields', value: 'fields' },
			{
				name: 'JSON',
				value: 'json',
				description: "As in Meta's documentation, or an item of Get or Get Many",
			},
			{
				name: 'Template Library',
				value: 'library',
				description: "One of Meta's own templates, approved at once",
			},
		],
		default: 'fields',
	},
	...shownFor(definitionFields, 'createFrom', 'fields'),
	{
		displayName: 'Template (JSON)',
		name: 'templateJson',
		type: 'json',
		typeOptions: { rows: 10 },
		default: JSON.stringify(exampleComponents, null, 2),
		hint: 'A list of components, or an object that has them',
		description:
			'A header with a file takes <code>binary_field</code>, the name of the input field containing its example, or <code>example.header_handle</code>',
		displayOptions: { show: { createFrom: ['json'] } },
	},
	...shownFor(libraryFields, 'createFrom', 'library'),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Display Format',
				name: 'displayFormat',
				type: 'options',
				options: [{ name: 'Order Details', value: 'order_details' }],
				default: 'order_details',
				description: 'For a marketing template with the button Review and Pay',
			},
			{
				displayName: 'Further Members (JSON)',
				name: 'furtherJson',
				type: 'json',
				default: '{}',
				description:
					"More of Meta's members of a template, such as <code>optimization_spec</code> with a maximum price",
			},
			linkTrackingOption,
			previewOnlyOption,
			{
				displayName: 'Primary Device Only',
				name: 'primaryDeviceOnly',
				type: 'boolean',
				default: true,
				description: 'Whether messages reach the phone alone and no linked device',
			},
			{
				displayName: 'Subcategory',
				name: 'subCategory',
				type: 'options',
				options: [
					{ name: 'Order Details', value: 'ORDER_DETAILS' },
					{ name: 'Order Status', value: 'ORDER_STATUS' },
					{ name: 'Rich Order Status', value: 'RICH_ORDER_STATUS' },
				],
				default: 'ORDER_STATUS',
				description: 'For templates that tell of an order or ask for its payment',
			},
			ttlOption,
		],
	},
];
