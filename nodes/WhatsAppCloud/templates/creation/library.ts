import type { INodeProperties } from 'n8n-workflow';
import { nestedListField } from '../../fields/nestedList';
import { choiceOf } from '../../values/choice';
import { requiredId } from '../../values/id';
import { optionalText, readParameter } from '../../values/schema/reading';
import { collectionOf } from '../../values/json/json';
import { listOf } from '../../values/list';
import { optionalNumber } from '../../values/numbers';
import { report, rowOf, type Problems, type Values } from '../../values/row';
import { truth } from '../../values/truth';
import { withDoubleBraces } from './textVariables';

const buttonTypes = ['url', 'phone_number'] as const;

/** The fields of a template from Meta's library, whose text is fixed and approved. */
export const libraryFields: INodeProperties[] = [
	{
		displayName: 'Library Template',
		name: 'libraryTemplate',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: "One of Meta's own templates, which needs no review",
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a template',
				typeOptions: { searchListMethod: 'searchTemplateLibrary', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. delivery_update_1',
			},
		],
	},
	nestedListField({
		name: 'libraryButtons',
		displayName: 'Buttons',
		rowName: 'button',
		rowDisplayName: 'Button',
		description: 'What the buttons of the library template open, in their order',
		row: [
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'Call Phone Number', value: 'phone_number' },
					{ name: 'Visit Website', value: 'url' },
				],
				default: 'url',
			},
			{
				displayName: 'URL',
				name: 'url',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/orders/{1}',
				hint: 'One variable is possible, in single braces at the very end: {1}',
				displayOptions: { show: { type: ['url'] } },
			},
			{
				displayName: 'URL Sample',
				name: 'urlSample',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/orders/LS-2041',
				description: 'A whole address with a realistic value for the variable',
				displayOptions: { show: { type: ['url'] } },
			},
			{
				displayName: 'Phone Number',
				name: 'phoneNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. +15550100001',
				displayOptions: { show: { type: ['phone_number'] } },
			},
		],
	}),
	{
		displayName: 'Additions to Text',
		name: 'libraryAdditions',
		type: 'collection',
		placeholder: 'Add Addition',
		default: {},
		description: 'Sentences that some library templates can add to their text',
		options: [
			{
				displayName: 'Code Expires After',
				name: 'codeExpirationMinutes',
				type: 'number',
				default: 10,
				hint: 'In minutes, 1 to 90',
			},
			{
				displayName: 'Contact Number',
				name: 'addContactNumber',
				type: 'boolean',
				default: true,
				description: 'Whether to tell how to reach you by phone',
			},
			{
				displayName: 'Learn More Link',
				name: 'addLearnMoreLink',
				type: 'boolean',
				default: true,
				description: 'Whether to link to further information',
			},
			{
				displayName: 'Security Recommendation',
				name: 'addSecurityRecommendation',
				type: 'boolean',
				default: true,
				description: 'Whether to advise people not to share a code',
			},
			{
				displayName: 'Track Package Link',
				name: 'addTrackPackageLink',
				type: 'boolean',
				default: true,
				description: 'Whether to link to where a parcel is',
			},
		],
	},
];

function readButton(row: Values, problems: Problems): Record<string, unknown> {
	const whole = optionalText(2_000);
	const type = readParameter(choiceOf(buttonTypes).default('url'), row, 'type', problems);
	if (type === 'phone_number') {
		const number = readParameter(requiredId(20), row, 'phoneNumber', problems);
		return { type: 'PHONE_NUMBER', phone_number: number };
	}
	const url = withDoubleBraces(readParameter(whole, row, 'url', problems) ?? '').replace(
		/\{\{\s*\w+\s*\}\}$/,
		'{{1}}',
	);
	const sample = readParameter(whole, row, 'urlSample', problems);
	if (!/^https?:\/\//.test(url)) report(problems, ['url'], 'must be a web address');
	const isVariable = url.endsWith('{{1}}');
	if (isVariable && sample === undefined) report(problems, ['urlSample'], 'is empty', 'missing');
	return {
		type: 'URL',
		url: {
			base_url: url,
			...(isVariable ? { url_suffix_example: wholeAddress(url, sample ?? '') } : {}),
		},
	};
}

/** Meta wants the whole address here, whatever its member is called. */
const wholeAddress = (url: string, sample: string): string =>
	/^https?:\/\//.test(sample) ? sample : url.replace('{{1}}', () => sample);

const buttonList = listOf(rowOf(readButton), { min: 0, max: 10 }, 'button');

const additions = collectionOf({
	addContactNumber: truth,
	addLearnMoreLink: truth,
	addSecurityRecommendation: truth,
	addTrackPackageLink: truth,
	codeExpirationMinutes: optionalNumber({ min: 1, max: 90, unit: 'minutes' }),
});

/**
 * Reads the fields into the members of Meta's request.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-library
 */
export function readLibrary(values: Values, problems: Problems): Record<string, unknown> {
	const name = readParameter(requiredId(512), values, 'libraryTemplate', problems);
	const buttons = readParameter(buttonList, values, 'libraryButtons', problems) ?? [];
	const { addContactNumber, addLearnMoreLink, addSecurityRecommendation, ...others } =
		readParameter(additions, values, 'libraryAdditions', problems) ?? {};
	const inputs = given({
		add_contact_number: addContactNumber,
		add_learn_more_link: addLearnMoreLink,
		add_security_recommendation: addSecurityRecommendation,
		add_track_package_link: others.addTrackPackageLink,
		code_expiration_minutes: others.codeExpirationMinutes,
	});
	return {
		library_template_name: name,
		...(buttons.length === 0 ? {} : { library_template_button_inputs: buttons }),
		...(Object.keys(inputs).length === 0 ? {} : { library_template_body_inputs: inputs }),
	};
}

const given = (members: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
