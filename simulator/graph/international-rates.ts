import type { BusinessAccount } from '../state/account.ts';

/**
 * Countries with an international rate for authentication: calling codes, ISO country, first day.
 * https://developers.facebook.com/docs/whatsapp/pricing/authentication-international-rates
 */
const rates: readonly (readonly [callingCodes: RegExp, country: string, since: string])[] = [
	[/^20/, 'EG', '2025-02-01'],
	[/^27/, 'ZA', '2024-06-01'],
	[/^60/, 'MY', '2024-06-01'],
	[/^62/, 'ID', '2024-06-01'],
	[/^91/, 'IN', '2024-06-01'],
	[/^92/, 'PK', '2024-06-01'],
	[/^234/, 'NG', '2024-06-01'],
	[/^966/, 'SA', '2024-06-01'],
	[/^971/, 'AE', '2024-06-01'],
	[/^7[67]/, 'KZ', '2026-10-01'],
	[/^94/, 'LK', '2026-10-01'],
	[/^212/, 'MA', '2026-10-01'],
	[/^380/, 'UA', '2026-10-01'],
	[/^880/, 'BD', '2026-10-01'],
	[/^964/, 'IQ', '2026-10-01'],
	[/^965/, 'KW', '2026-10-01'],
	[/^968/, 'OM', '2026-10-01'],
	[/^977/, 'NP', '2026-10-01'],
];

/** Whether a code to this person costs the international rate. `today` is a date: 2026-10-01. */
export function hasInternationalRate(
	{ authInternationalSince: since, primaryBusinessLocation: location }: BusinessAccount,
	customer: string,
	today: string,
): boolean {
	if (since === null || today < since) return false;
	const rate = rates.find(([codes]) => codes.test(customer));
	return rate !== undefined && today >= rate[2] && location !== rate[1];
}
