/** Reads the amounts of one file, which all have the same decimal separator. */
export type ReadAmount = (text: string) => number | null;

/**
 * Finds out how a file writes amounts: `0.0618`, `0,0618`, `$1,234.50` or `1.234,50`. A separator
 * that is not followed by exactly three digits, or that follows the other one, is the decimal one; a
 * file that leaves it open has points. With semicolons between the cells, `1.984` is a thousand, since
 * prices below one begin with a zero.
 *
 * @param texts the cells that may hold amounts
 * @param hasDecimalCommas whether that is known to be so
 */
export function amountReader(texts: readonly string[], hasDecimalCommas: boolean): ReadAmount {
	const amounts = texts.map(digitsOf).filter((text) => text !== null);
	const hasComma = amounts.some((text) => /^\d+,(?!\d{3}$)\d+$|\.\d{3},\d+$|^0,\d+$/.test(text));
	const isThousand = (text: string): boolean =>
		hasDecimalCommas && /^[1-9]\d{0,2}(?:\.\d{3})+$/.test(text);
	const hasPoint = amounts.some((text) => text.includes('.') && !isThousand(text));
	const decimal = hasComma || (hasDecimalCommas && !hasPoint) ? ',' : '.';
	const isMixed = hasComma && hasPoint && amounts.some((text) => /^\d+\.(?!\d{3}$)\d+$/.test(text));
	return (text) => {
		const digits = digitsOf(text);
		if (digits === null) return null;
		// A file assembled from two countries: each amount is read on its own.
		const own = isMixed ? (/[.,](?=\d+$)/.exec(digits)?.[0] ?? '.') : decimal;
		const plain = digits.replaceAll(own === ',' ? '.' : ',', '').replace(own, '.');
		const amount = Number(plain);
		return Number.isFinite(amount) ? amount : null;
	};
}

/** The amount in a cell without its currency; null if the cell holds something else. */
function digitsOf(text: string): string | null {
	// Excel marks text that looks like a number like this: ="0.1131"
	const plain = text
		.normalize('NFKC')
		.replace(/^="(.*)"$/, '$1')
		.replace(/[\s']/g, '');
	if (/%|¢|ct|cent/i.test(plain)) return null;
	// XLSX stores very small numbers this way.
	if (/^\d+(?:\.\d+)?e-\d+$/i.test(plain)) return Number(plain).toFixed(12);
	const match = /^[^\d.,-]{0,4}(\d[\d.,]*)[^\d.,]{0,4}$/.exec(plain);
	return match?.[1] ?? null;
}
