/** Circle with initials, or a head if the name has none; its colour depends only on the name. */

import { el } from './element.ts';
import { icon } from './icons.ts';

const hueCount = 8;

/** Avatar for a name. Decorative: the name is beside it. */
export function avatar(name: string, className = ''): HTMLElement {
	const words = name
		.replace(/[^\p{L}\p{N}\s]/gu, '')
		.trim()
		.split(/\s+/);
	const initials = [words[0], words.length > 1 ? words.at(-1) : '']
		.map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 32).trim())
		.join('')
		.toUpperCase();
	let sum = 0;
	for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
	return el(
		'span',
		{ class: `avatar avatar-${String(sum % hueCount)} ${className}`, 'aria-hidden': 'true' },
		[/\p{L}/u.test(initials) ? initials : icon('person')],
	);
}
