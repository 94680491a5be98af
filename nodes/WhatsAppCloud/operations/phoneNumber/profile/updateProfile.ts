import { uploadForHandle } from '../../../graph/endpoints/resumableUpload';
import { openItemFile } from '../../../media/file';
import { defineGraphOperation } from '../../../node/management/graphOperation';
import { phoneNumber } from '../../../node/management/target';
import type { Run } from '../../../node/run';
import { changesOf, clearableText } from '../../../values/json/changes';
import { choiceOf } from '../../../values/choice';
import { requiredId } from '../../../values/id';
import { requiredText } from '../../../values/schema/reading';
import { textList } from '../../../values/list';
import { report } from '../../../values/row';
import { quoted } from '../../../values/words';
import { verticals, type Vertical } from './profile';

const maxWebsites = 2;
const maxWebsiteCharacters = 256;

/** Meta wants the scheme, and no more than two. */
const websites = textList(/[,\s]/).check(({ value, issues }) => {
	if (value.length > maxWebsites) {
		report({ issues }, [], `can have at most ${maxWebsites} links, but has ${value.length}`);
	}
	for (const website of value) {
		if (!/^https?:\/\/\S+\.\S+/.test(website) || website.length > maxWebsiteCharacters) {
			report(
				{ issues },
				[],
				`has ${quoted(website)}, which is no web address of up to 256 characters that begins with https:// or http://`,
			);
		}
	}
});

/** Changes what people see of the business in WhatsApp, its picture among it. */
export const updateProfile = defineGraphOperation({
	name: 'Update Profile',
	action: 'Update business profile of a phone number',
	description: 'Change about, address, picture and other parts of the profile; the rest stays',
	permission: 'whatsapp_business_messaging',
	target: phoneNumber,
	fields: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'Only these parts change. An empty one is cleared.',
			options: [
				{
					displayName: 'About',
					name: 'about',
					type: 'string',
					default: '',
					hint: 'Up to 139 characters',
					description: 'The line below the name. Cannot be empty.',
				},
				{
					displayName: 'Address',
					name: 'address',
					type: 'string',
					default: '',
					hint: 'Up to 256 characters',
				},
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					hint: 'Up to 512 characters; some accounts may have 256 only',
				},
				{
					displayName: 'Email',
					name: 'email',
					type: 'string',
					placeholder: 'e.g. hello@example.com',
					default: '',
					hint: 'Up to 128 characters',
				},
				{
					displayName: 'Industry',
					name: 'vertical',
					type: 'options',
					options: Object.entries(verticals).map(([value, name]) => ({ name, value })),
					default: 'OTHER',
				},
				{
					displayName: 'Picture Binary Field',
					name: 'picture',
					type: 'string',
					default: 'data',
					hint: 'The name of the input field containing the picture',
					description: 'A square JPEG or PNG of 192 to 640 pixels on each side, up to 5 MB',
				},
				{
					displayName: 'Websites',
					name: 'websites',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com',
					hint: 'One or two, separated by a comma',
				},
			],
		},
	],
	shape: {
		updateFields: changesOf({
			about: requiredText(139),
			address: clearableText(256),
			description: clearableText(512),
			email: clearableText(128),
			vertical: choiceOf(Object.keys(verticals) as Vertical[]),
			picture: requiredId(256),
			websites,
		}),
	},
	async request({ updateFields: { picture, ...members } }, { run, itemIndex }) {
		return {
			method: 'POST',
			edge: 'whatsapp_business_profile',
			isIdempotent: true,
			json: {
				messaging_product: 'whatsapp',
				...members,
				...(picture === undefined
					? {}
					: { profile_picture_handle: await handleOf(run, itemIndex, picture) }),
			},
		};
	},
	item: (_, { updateFields }, { id }) => ({
		success: true,
		phoneNumberId: id,
		updated: Object.keys(updateFields),
	}),
	outputSchema: { success: 'boolean', phoneNumberId: 'string', updated: ['string'] },
});

/** @throws FieldProblem if the item has no such picture, or Meta would refuse it */
async function handleOf(run: Run, itemIndex: number, binaryField: string): Promise<string> {
	const label = 'Update Fields › Picture Binary Field';
	const file = await openItemFile(run.host, itemIndex, binaryField, label, 'image');
	return await uploadForHandle(run.graph, run.account, file, {
		signal: run.signal,
		permission: 'whatsapp_business_messaging',
	});
}
