import type { z } from 'zod/v4';
import type { GraphRequest } from '../../../graph/graphRequest';
import { GraphApiError, type GraphFailure } from '../../../graph/errors/errors';
import { partsOf } from '../../../node/management/graphOperation';
import { PartlyDone, type NotDone } from '../../../node/management/partlyDone';
import { phoneNumber } from '../../../node/management/target';
import { defineOperation } from '../../../node/operation';
import { changesOf } from '../../../values/json/changes';
import { choiceOf } from '../../../values/choice';
import { truth } from '../../../values/truth';
import { storageRegions, type StorageRegion } from './storageRegions';

const permission = 'whatsapp_business_management';

type Region = StorageRegion | 'DEFAULT';

const regions: readonly Region[] = ['DEFAULT', ...(Object.keys(storageRegions) as StorageRegion[])];

const shape = {
	settings: changesOf({
		calling: choiceOf(['ENABLED', 'DISABLED']),
		cart: truth,
		catalog: truth,
		identityCheck: truth,
		searchVisibility: choiceOf(['VISIBLE', 'HIDDEN']),
		storageRegion: choiceOf(regions),
	}),
};

type Changes = z.output<typeof shape.settings>;
type Change = Pick<GraphRequest, 'edge' | 'query' | 'json'> & { label: string };

/** Meta takes one setting per request. */
function requestsFor(changes: Changes): Change[] {
	const { calling, cart, catalog, identityCheck, searchVisibility, storageRegion } = changes;
	const shop = { is_cart_enabled: cart, is_catalog_visible: catalog };
	return [
		...(calling === undefined ? [] : [setting('Calling', { calling: { status: calling } })]),
		...(identityCheck === undefined
			? []
			: [
					setting('Identity Check', {
						user_identity_change: { enable_identity_key_check: identityCheck },
					}),
				]),
		...(storageRegion === undefined
			? []
			: [setting('Storage Region', { storage_configuration: storageOf(storageRegion) })]),
		...(cart === undefined && catalog === undefined
			? []
			: [{ label: 'Cart and Catalog', edge: 'whatsapp_commerce_settings', query: shop }]),
		...(searchVisibility === undefined
			? []
			: [{ label: 'Visible in Search', json: { search_visibility: searchVisibility } }]),
	];
}

const setting = (label: string, json: object): Change => ({ label, edge: 'settings', json });

const storageOf = (region: Region) =>
	region === 'DEFAULT'
		? { status: 'DEFAULT' }
		: { status: 'IN_COUNTRY_STORAGE_ENABLED', data_localization_region: region };

/** Changes settings one after the other; an error says which were changed before it. */
export const updateSettings = defineOperation({
	...partsOf({
		name: 'Update Settings',
		action: 'Update settings of a phone number',
		description: 'Change calling, identity check, storage region, shop or visibility in search',
		permission,
		target: phoneNumber,
		fields: [
			{
				displayName: 'Settings',
				name: 'settings',
				type: 'collection',
				placeholder: 'Add Setting',
				default: {},
				options: [
					{
						displayName: 'Calling',
						name: 'calling',
						type: 'options',
						options: [
							{ name: 'Off', value: 'DISABLED' },
							{ name: 'On', value: 'ENABLED' },
						],
						default: 'ENABLED',
						description: 'Hours, icons and SIP are in the operation Update Settings of Call',
					},
					{
						displayName: 'Cart',
						name: 'cart',
						type: 'boolean',
						default: true,
						description: 'Whether people can put products into a cart',
					},
					{
						displayName: 'Catalog',
						name: 'catalog',
						type: 'boolean',
						default: true,
						description: 'Whether people see the shop icon and the catalog in the profile',
					},
					{
						displayName: 'Identity Check',
						name: 'identityCheck',
						type: 'boolean',
						default: true,
						description:
							'Whether Meta refuses messages to a person whose identity has changed since you last confirmed it',
					},
					{
						displayName: 'Storage Region',
						name: 'storageRegion',
						type: 'options',
						options: [
							{ name: 'Default (No Region of Its Own)', value: 'DEFAULT' },
							...Object.entries(storageRegions).map(([value, name]) => ({ name, value })),
						],
						default: 'DEFAULT',
						description:
							'Country where Meta keeps messages. Deregister the number before, and register it again after.',
					},
					{
						displayName: 'Visible in Search',
						name: 'searchVisibility',
						type: 'options',
						options: [
							{ name: 'Hidden', value: 'HIDDEN' },
							{ name: 'Visible', value: 'VISIBLE' },
						],
						default: 'VISIBLE',
						description: 'Whether people find the number by the search of WhatsApp',
					},
				],
			},
		],
		shape,
		outputSchema: {
			success: 'boolean',
			phoneNumberId: 'string',
			updated: ['string'],
			failed: [{ setting: 'string', code: 'integer', reason: 'string' }],
		},
	}),
	async execute(run, values) {
		const id = phoneNumber.idOf(run, values);
		const updated: string[] = [];
		for (const { label, ...request } of requestsFor(values.settings)) {
			const made = await run.graph.attempt({
				method: 'POST',
				node: id,
				idField: phoneNumber.label,
				...request,
				isIdempotent: true,
				permission,
				signal: run.signal,
			});
			if (!made.ok) throw stoppedAt(label, made.error, { phoneNumberId: id, updated });
			updated.push(label);
		}
		return { success: true, phoneNumberId: id, updated, failed: [] };
	},
});

/** For the setting that Meta refused: those before it are changed, those after it were not tried. */
function stoppedAt(
	label: string,
	error: GraphFailure,
	{ phoneNumberId, updated }: { phoneNumberId: string; updated: string[] },
): PartlyDone {
	const isMetas = error instanceof GraphApiError;
	const why: NotDone = {
		code: isMetas ? error.code : null,
		reason: isMetas ? error.problem : error.message,
	};
	const code = isMetas ? ` (${error.code})` : '';
	const next = isMetas ? error.next : 'Run the node again; a setting may be set twice.';
	return new PartlyDone(
		`"Settings › ${label}" was not changed: ${why.reason}${code}`,
		`${next} ${
			updated.length === 0
				? 'Nothing was changed.'
				: `Changed before it, and still changed: ${updated.join(', ')}.`
		}`,
		{ success: false, phoneNumberId, updated, failed: [{ setting: label, ...why }] },
	);
}
