import { defineGraphList } from '../../node/management/graphList';
import { targetOf } from '../../node/management/target';
import { collectionOf } from '../../values/json/json';
import { optionalText } from '../../values/schema/reading';
import { textList } from '../../values/list';
import { filterQuery } from './getTemplates';
import { metaNames } from '../../fields/filters/metaNames';

/** Meta's library, which is the same for all accounts. */
const library = targetOf({
	label: 'Template Library',
	fields: [],
	shape: {},
	idOf: () => 'message_template_library',
});

/**
 * Lists the templates that Meta has written and approved.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-library
 */
export const getLibrary = defineGraphList({
	name: 'Get Library',
	action: 'Get templates of the Meta library',
	description: "List templates from Meta's library, which Create takes without a review",
	permission: 'whatsapp_business_management',
	target: library,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Industries',
					name: 'industry',
					type: 'string',
					default: '',
					placeholder: 'e.g. E_COMMERCE',
					description: "Meta's names, separated by commas",
				},
				{
					displayName: 'Languages',
					name: 'language',
					type: 'string',
					default: '',
					placeholder: 'e.g. en_US, de',
					description: 'Codes, separated by commas',
				},
				{
					displayName: 'Search',
					name: 'search',
					type: 'string',
					default: '',
					description: 'Words of the name or of the template',
				},
				{
					displayName: 'Topics',
					name: 'topic',
					type: 'string',
					default: '',
					placeholder: 'e.g. ORDER_MANAGEMENT',
					description: "Meta's names, separated by commas",
				},
				{
					displayName: 'Use Cases',
					name: 'usecase',
					type: 'string',
					default: '',
					placeholder: 'e.g. DELIVERY_UPDATE',
					description: "Meta's names, separated by commas",
				},
			],
		},
	],
	shape: {
		filters: collectionOf({
			industry: metaNames('E_COMMERCE'),
			language: textList(),
			search: optionalText(1_024),
			topic: metaNames('ORDER_MANAGEMENT'),
			usecase: metaNames('DELIVERY_UPDATE'),
		}),
	},
	request: ({ filters }) => ({ query: filterQuery(filters) }),
	outputSchema: {
		id: 'string',
		name: 'string',
		language: 'string',
		category: 'string',
		topic: 'string',
		usecase: 'string',
		industry: ['string'],
		header: 'string',
		body: 'string',
		bodyParams: ['string'],
		bodyParamTypes: ['string'],
		buttons: [{ type: 'string', text: 'string' }],
	},
});
