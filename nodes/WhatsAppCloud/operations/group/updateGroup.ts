import type { MultipartForm } from '../../graph/http/multipart';
import { openItemFile } from '../../media/file';
import { defineGraphOperation, type GraphContext } from '../../node/management/graphOperation';
import { requiredId } from '../../values/id';
import { changesOf, clearableText } from '../../values/json/changes';
import { requiredText } from '../../values/schema/reading';
import { FieldProblem } from '../../values/problem';
import { descriptionField, maxDescription, maxSubject, subjectField } from './groupFields';
import { group, groupPermission, product } from './groupTarget';

/**
 * Changes subject, description or picture; a webhook tells what became of each.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference
 */
export const updateGroup = defineGraphOperation({
	name: 'Update',
	action: 'Update group',
	description: 'Change the subject, description or picture of a group',
	permission: groupPermission,
	target: group,
	fields: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				descriptionField,
				{
					displayName: 'Picture From Field',
					name: 'pictureField',
					type: 'string',
					default: 'data',
					hint: 'The name of the input binary field containing the picture',
					description: 'A square JPEG of at least 192 × 192 pixels and up to 5 MB',
				},
				subjectField,
			],
		},
	],
	shape: {
		updateFields: changesOf({
			description: clearableText(maxDescription),
			pictureField: requiredId(256),
			subject: requiredText(maxSubject),
		}),
	},
	async request({ updateFields }, context) {
		const { description, pictureField, subject } = updateFields;
		const texts = {
			...product,
			...(subject === undefined ? {} : { subject }),
			...(description === undefined ? {} : { description }),
		};
		const content =
			pictureField === undefined
				? { json: texts }
				: { multipart: { fields: texts, file: await pictureOf(context, pictureField) } };
		return { method: 'POST', ...content, isIdempotent: true };
	},
	item: ({ request_id: requestId }, _values, { id }) => ({
		success: true,
		groupId: id,
		requestId: requestId ?? null,
	}),
	outputSchema: { success: 'boolean', groupId: 'string', requestId: 'string' },
});

/** Meta takes only JPEG here. */
async function pictureOf(
	{ run, itemIndex }: GraphContext,
	binaryField: string,
): Promise<MultipartForm['file']> {
	const label = 'Update Fields › Picture From Field';
	const file = await openItemFile(run.host, itemIndex, binaryField, label, 'image');
	if (file.mimeType === 'image/jpeg') return file;
	throw new FieldProblem(
		label,
		`is "${binaryField}", and that file is ${file.mimeType}`,
		'Meta takes only JPEG for groups; convert the picture with the node Edit Image.',
	);
}
