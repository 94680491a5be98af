/** What a request's address at Meta names. */
export interface Place {
	/** Digits, an expression in double braces, or whatever else was written there. */
	id: string;
	/** What follows: `messages`, or empty. */
	edge: string;
}

const part = String.raw`(?:\{\{[^{}]*\}\}|[^/?{}\s]+)`;
const version = String.raw`(?:v\d+(?:\.\d+)?|\{\{[^{}]*\}\})`;
const address = new RegExp(
	String.raw`^https://graph\.facebook\.com/(?:${version}/)?(?<id>${part})(?:/(?<edge>\w+))?/?$`,
);

/** Reads an address of the Graph API; `null` if it is another one, or built in a way of its own. */
export function placeOf(url: string): Place | null {
	const { id, edge = '' } = address.exec(asText(url))?.groups ?? {};
	return id === undefined || id === 'me' ? null : { id, edge };
}

/** An expression that joins texts and values, as a text with expressions in it. */
function asText(url: string): string {
	const code = /^=\s*\{\{([^{}]*(?:\$\{[^{}]*\}[^{}]*)*)\}\}$/.exec(url)?.[1]?.trim();
	if (code === undefined) return url.replace(/^=\s*/, '');
	const template = /^`([^`]*)`$/.exec(code)?.[1];
	if (template !== undefined) return template.replace(/\$\{([^{}]*)\}/g, '{{ $1 }}');
	return code
		.split(/\s*\+\s*(?=(?:[^'"]*['"][^'"]*['"])*[^'"]*$)/)
		.map((piece) => /^(['"])(.*)\1$/.exec(piece)?.[2] ?? `{{ ${piece} }}`)
		.join('');
}
