/**
 * Currencies in which Meta bills.
 * https://developers.facebook.com/docs/whatsapp/pricing#rate-cards
 */
const codes = 'USD EUR GBP INR IDR AUD MXN AED ARS CLP COP MYR PEN SAR SGD BRL'.split(' ');

/** Signs that belong to one of them alone. */
const signs: Readonly<Record<string, string>> = {
	$US: 'USD',
	US$: 'USD',
	'€': 'EUR',
	'£': 'GBP',
	'₹': 'INR',
	RP: 'IDR',
	A$: 'AUD',
	$A: 'AUD',
	MX$: 'MXN',
	$MX: 'MXN',
	RM: 'MYR',
	'S/': 'PEN',
	S$: 'SGD',
	R$: 'BRL',
};

/** `$US` → `USD`. What is not known, such as `$` alone, stays as it is. */
export function currencyOf(text: string): string {
	const plain = text
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[\s.()]/g, '');
	return signs[plain] ?? plain;
}

/** The currency that a line of text names: `Rate card (USD)`; null if it names none, or several. */
export function currencyIn(text: string): string | null {
	const found = new Set(
		text
			.toUpperCase()
			.match(/\b[A-Z]{3}\b/g)
			?.filter((word) => codes.includes(word)),
	);
	return found.size === 1 ? ([...found][0] ?? null) : null;
}
