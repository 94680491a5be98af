import type { IDataObject } from 'n8n-workflow';
import { readStructure } from '../../templates/structure';
import { textsOf, wholeText } from '../../templates/text';
import { camelCased } from '../../values/json/memberNames';
import { isObject, without } from '../../values/unknown';

/** Fields of a simplified item. */
const mainFields = [
	'id',
	'name',
	'language',
	'status',
	'category',
	'parameter_format',
	'quality_score',
	'rejected_reason',
	'components',
];

/** Everything that Meta says about a template. */
const allFields = [
	...mainFields,
	'correct_category',
	'cta_url_link_tracking_opted_out',
	'health_status',
	'last_updated_time',
	'library_template_name',
	'message_send_ttl_seconds',
	'previous_category',
	'product_set_id',
	'source',
	'sub_category',
];

/** The fields to ask Meta for. */
export const fieldsToAsk = (isSimple: boolean): string =>
	(isSimple ? mainFields : allFields).join(',');

/** Names and types in a simplified item. */
export const templateShape = {
	id: 'string',
	name: 'string',
	language: 'string',
	status: 'string',
	category: 'string',
	parameterFormat: 'string',
	quality: 'string',
	rejectedReason: 'string',
	text: 'string',
	components: [{ type: 'string', text: 'string' }],
} as const;

/**
 * The item of a template: Meta's fields in camel case, the whole text, and the components in Meta's
 * own form, ready for Create and Update as JSON. Its names are permanent.
 */
export function templateItem(node: Record<string, unknown>): IDataObject {
	const { components, quality_score: quality, ...members } = node;
	const score = isObject(quality) ? quality['score'] : quality;
	const names = camelCased(without(members, 'quality_score')) as IDataObject;
	return {
		...names,
		quality: typeof score === 'string' ? score : null,
		text: wholeText(textsOf(readStructure(node))),
		components: components ?? null,
	};
}
