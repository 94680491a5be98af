/**
 * Where Meta keeps the messages of a number.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/overview/local-storage
 */
export const storageRegions = {
	AE: 'United Arab Emirates',
	AU: 'Australia',
	BH: 'Bahrain',
	BR: 'Brazil',
	CA: 'Canada',
	CH: 'Switzerland',
	DE: 'Germany (European Union)',
	GB: 'United Kingdom',
	ID: 'Indonesia',
	IN: 'India',
	JP: 'Japan',
	KR: 'South Korea',
	SG: 'Singapore',
	ZA: 'South Africa',
} as const;

/** Stored values of `storageRegions`. */
export type StorageRegion = keyof typeof storageRegions;
