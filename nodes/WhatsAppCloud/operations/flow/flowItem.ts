import type { IDataObject } from 'n8n-workflow';
import { isoOfMeta } from '../../values/timestamp';
import { listIn, objectOf, textOrNull } from '../../values/unknown';
import { healthItem, healthShape } from '../healthItem';
import { flowErrorShape, readFlowErrors } from './json/flowErrors';

/** What a list tells about each Flow. */
export const listedFields = ['id', 'name', 'status', 'categories', 'validation_errors'] as const;

export const listedShape = {
	flowId: 'string',
	name: 'string',
	status: 'string',
	categories: ['string'],
	validationErrors: [flowErrorShape],
} as const;

export const listedFlow = (answer: Record<string, unknown>): IDataObject => ({
	flowId: textOrNull(answer['id']),
	name: textOrNull(answer['name']),
	status: textOrNull(answer['status']),
	categories: listIn(answer['categories']).map(String),
	validationErrors: readFlowErrors(answer['validation_errors']),
});

/** What is told about one Flow besides. */
export const detailFields = [
	'json_version',
	'data_api_version',
	'endpoint_uri',
	'application',
	'whatsapp_business_account',
	'health_status',
] as const;

export const detailShape = {
	jsonVersion: 'string',
	dataApiVersion: 'string',
	endpointUri: 'string',
	applicationId: 'string',
	businessAccountId: 'string',
	...healthShape,
	previewUrl: 'string',
	previewExpiresAt: 'string',
} as const;

export function flowDetails(answer: Record<string, unknown>): IDataObject {
	const preview = objectOf(answer['preview']);
	return {
		jsonVersion: textOrNull(answer['json_version']),
		dataApiVersion: textOrNull(answer['data_api_version']),
		endpointUri: textOrNull(answer['endpoint_uri']),
		applicationId: textOrNull(objectOf(answer['application'])['id']),
		businessAccountId: textOrNull(objectOf(answer['whatsapp_business_account'])['id']),
		...healthItem(answer['health_status']),
		previewUrl: textOrNull(preview['preview_url']),
		previewExpiresAt: isoOfMeta(preview['expires_at']),
	};
}
