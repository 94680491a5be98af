import { z } from 'zod/v4';
import { complete, itemOf } from '../../../node/management/graphOperation';
import { phoneNumber } from '../../../node/management/target';
import { defineOperation } from '../../../node/operation';
import { listIn, objectOf, without } from '../../../values/unknown';

const permission = 'whatsapp_business_management';

const settingsShape = {
	phoneNumberId: 'string',
	calling: { status: 'string', callIconVisibility: 'string', callbackPermissionStatus: 'string' },
	userIdentityChange: { enableIdentityKeyCheck: 'boolean' },
	storageConfiguration: { status: 'string', dataLocalizationRegion: 'string' },
	payloadEncryption: { status: 'string' },
	isCartEnabled: 'boolean',
	isCatalogVisible: 'boolean',
	searchVisibility: 'string',
} as const;

/** Settings that Meta keeps in three places: the number, its settings and its shop. */
export const getSettings = defineOperation({
	name: 'Get Settings',
	action: 'Get settings of a phone number',
	description: 'Get calling, identity check, storage region, shop and visibility in search',
	permission,
	fields: phoneNumber.fields,
	schema: z.object(phoneNumber.shape),
	outputSchema: settingsShape,
	concurrency: 5,
	async execute(run, values) {
		const id = phoneNumber.idOf(run, values);
		const read = async (edge: string | undefined, fields?: string) => {
			const { body } = await run.graph.call<Record<string, unknown>>({
				method: 'GET',
				node: id,
				...(edge === undefined ? {} : { edge }),
				query: { fields },
				idField: phoneNumber.label,
				permission,
				signal: run.signal,
			});
			return body;
		};
		const [settings, shop, number] = await Promise.all([
			read('settings'),
			read('whatsapp_commerce_settings'),
			read(undefined, 'search_visibility'),
		]);
		const [commerce] = listIn(shop['data']);
		return complete(
			{
				phoneNumberId: id,
				...itemOf(without(settings, 'id')),
				...itemOf(without(objectOf(commerce), 'id')),
				...itemOf(without(number, 'id')),
			},
			settingsShape,
		);
	},
});
