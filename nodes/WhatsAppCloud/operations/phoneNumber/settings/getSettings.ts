import { complete, itemOf, partReader, partsOf } from '../../../node/management/graphOperation';
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
	...partsOf({
		name: 'Get Settings',
		action: 'Get settings of a phone number',
		description: 'Get calling, identity check, storage region, shop and visibility in search',
		permission,
		target: phoneNumber,
		shape: {},
		outputSchema: settingsShape,
	}),
	async execute(run, values) {
		const id = phoneNumber.idOf(run, values);
		const read = partReader({ permission, target: phoneNumber }, { run, id });
		const [settings, shop, number] = await Promise.all([
			read({ edge: 'settings' }),
			read({ edge: 'whatsapp_commerce_settings' }),
			read({ query: { fields: 'search_visibility' } }),
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
