import type { IDataObject } from 'n8n-workflow';
import { itemOf } from '../../node/management/graphOperation';
import { objectOf } from '../../values/unknown';

/**
 * What Meta tells about a number.
 * https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status/
 */
export const numberFields = [
	'id',
	'display_phone_number',
	'verified_name',
	'status',
	'quality_rating',
	'throughput',
	'whatsapp_business_manager_messaging_limit',
	'name_status',
	'new_display_name',
	'new_name_status',
	'code_verification_status',
	'account_mode',
	'platform_type',
	'is_pin_enabled',
	'is_official_business_account',
	'username',
	'search_visibility',
	'last_onboarded_time',
] as const;

/** Names and types of the item of a number. */
export const numberShape = {
	phoneNumberId: 'string',
	displayPhoneNumber: 'string',
	verifiedName: 'string',
	status: 'string',
	qualityRating: 'string',
	throughput: 'string',
	messagingLimit: 'string',
	nameStatus: 'string',
	newDisplayName: 'string',
	newNameStatus: 'string',
	codeVerificationStatus: 'string',
	accountMode: 'string',
	platformType: 'string',
	isPinEnabled: 'boolean',
	isOfficialBusinessAccount: 'boolean',
	username: 'string',
	searchVisibility: 'string',
	lastOnboardedTime: 'string',
} as const;

/** Meta's answer about a number as an item. */
export function numberItem({
	id,
	throughput,
	whatsapp_business_manager_messaging_limit: messagingLimit,
	...others
}: Record<string, unknown>): IDataObject {
	return {
		phoneNumberId: id as string,
		...itemOf(others),
		throughput: objectOf(throughput)['level'] ?? null,
		messagingLimit: messagingLimit ?? null,
	};
}
