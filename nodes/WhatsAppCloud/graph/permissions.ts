/**
 * The permissions of an access token that this package's calls need.
 * https://developers.facebook.com/docs/permissions
 */
export type Permission =
	| 'business_management'
	| 'catalog_management'
	| 'whatsapp_business_management'
	| 'whatsapp_business_messaging';
