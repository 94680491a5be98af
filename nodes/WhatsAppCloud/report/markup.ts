/** Markup that is safe to put into a page as it is. Created only by `html`. */
export class Markup {
	readonly text: string;

	constructor(text: string) {
		this.text = text;
	}
}

type Part = Markup | string | number | null | false | readonly Part[];

/**
 * Creates HTML or SVG markup. Escapes whatever is put in, unless it is markup itself; null and
 * false render nothing. Attributes must be in double quotes.
 */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
	return new Markup(
		texts.map((text, index) => text + (index < parts.length ? render(parts[index]) : '')).join(''),
	);
}

function render(part: Part | undefined): string {
	if (part === undefined || part === null || part === false) return '';
	if (part instanceof Markup) return part.text;
	if (typeof part === 'object') return part.map(render).join('');
	return escape(String(part));
}

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Control characters are not allowed in HTML, nor half a surrogate pair in UTF-8. */
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\p{Surrogate}]/gu;

function escape(text: string): string {
	return text.replace(unprintable, '\uFFFD').replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
