interface MarketEntry {
	/** As Meta's rate card writes it. */
	name: string;
	/** Calling codes, with further digits where countries share one. */
	codes: readonly string[];
	/** Where the country belonged before it became a market of its own, and when it did. */
	before?: { name: string; until: string };
}

const codes = (text: string): string[] => text.split(' ');

const africa = 'Rest of Africa';
const asia = 'Rest of Asia Pacific';
const easternEurope = 'Rest of Central & Eastern Europe';
const middleEast = 'Rest of Middle East';
const july = '2026-07-01';
const october = '2026-10-01';

/** Numbers whose calling code is not listed here. */
export const otherMarket = 'Other';

/**
 * Which calling codes belong to which market since 2026-10-01; Meta moves countries on the first
 * day of a quarter. The longest code that a number begins with counts.
 * https://developers.facebook.com/docs/whatsapp/pricing#country-calling-codes
 */
export const marketTable: readonly MarketEntry[] = [
	{ name: 'Argentina', codes: ['54'] },
	{ name: 'Bangladesh', codes: ['880'], before: { name: asia, until: october } },
	{ name: 'Brazil', codes: ['55'] },
	{ name: 'Chile', codes: ['56'] },
	{ name: 'Colombia', codes: ['57'] },
	{ name: 'Egypt', codes: ['20'] },
	{ name: 'France', codes: ['33'] },
	{ name: 'Germany', codes: ['49'] },
	{ name: 'Hong Kong', codes: ['852'], before: { name: asia, until: july } },
	{ name: 'Hungary', codes: ['36'], before: { name: easternEurope, until: july } },
	{ name: 'India', codes: ['91'] },
	{ name: 'Indonesia', codes: ['62'] },
	{ name: 'Iraq', codes: ['964'], before: { name: middleEast, until: october } },
	{ name: 'Israel', codes: ['972'] },
	{ name: 'Italy', codes: ['39'] },
	{ name: 'Kazakhstan', codes: ['76', '77'], before: { name: otherMarket, until: october } },
	{ name: 'Kuwait', codes: ['965'], before: { name: middleEast, until: october } },
	{ name: 'Malaysia', codes: ['60'] },
	{ name: 'Mexico', codes: ['52'] },
	{ name: 'Morocco', codes: ['212'], before: { name: africa, until: october } },
	{ name: 'Nepal', codes: ['977'], before: { name: asia, until: october } },
	{ name: 'Netherlands', codes: ['31'] },
	{ name: 'Nigeria', codes: ['234'] },
	{ name: 'Oman', codes: ['968'], before: { name: middleEast, until: october } },
	{ name: 'Pakistan', codes: ['92'] },
	{ name: 'Peru', codes: ['51'] },
	{ name: 'Poland', codes: ['48'], before: { name: easternEurope, until: july } },
	{ name: 'Qatar', codes: ['974'], before: { name: middleEast, until: july } },
	{ name: 'Romania', codes: ['40'], before: { name: easternEurope, until: july } },
	{ name: 'Russia', codes: ['7'] },
	{ name: 'Saudi Arabia', codes: ['966'] },
	{ name: 'Singapore', codes: ['65'], before: { name: asia, until: july } },
	{ name: 'South Africa', codes: ['27'] },
	{ name: 'Spain', codes: ['34'] },
	{ name: 'Sri Lanka', codes: ['94'], before: { name: asia, until: october } },
	{ name: 'Turkey', codes: ['90'] },
	{ name: 'Ukraine', codes: ['380'], before: { name: easternEurope, until: october } },
	{ name: 'United Arab Emirates', codes: ['971'] },
	{ name: 'United Kingdom', codes: ['44'] },
	{ name: 'North America', codes: ['1'] },
	{
		name: africa,
		codes: codes(
			'213 244 229 267 226 257 237 235 242 291 251 241 220 233 245 225 254 266 231 218 261 265 223 222 258 264 227 250 221 232 252 211 249 268 255 228 216 256 260 263',
		),
	},
	{ name: asia, codes: codes('93 61 855 86 81 856 976 64 675 63 886 992 66 993 998 84') },
	{
		name: easternEurope,
		codes: codes('355 374 994 375 359 385 420 995 30 371 370 373 389 381 421 386'),
	},
	{
		name: 'Rest of Latin America',
		codes: codes(
			'591 506 1809 1829 1849 593 503 502 509 504 1658 1876 505 507 595 1787 1939 598 58',
		),
	},
	{ name: middleEast, codes: codes('973 962 961 967') },
	{ name: 'Rest of Western Europe', codes: codes('43 32 45 358 353 47 351 46 41') },
	{
		// They share +1 with the United States and Canada, which alone are North America.
		name: otherMarket,
		codes: codes(
			'1242 1246 1264 1268 1284 1340 1345 1441 1473 1649 1664 1670 1671 1684 1721 1758 1767 1784 1868 1869',
		),
	},
];
