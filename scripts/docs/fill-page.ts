/** In CSS pixels, as test/e2e/message-pictures.ts takes them. */
const pictureWidth = 360;

const pictureFolder = 'images/messages';

const places = /<!-- fields (\S+) -->[\s\S]*?<!-- end -->/g;

/**
 * Fills the placeholders of a page, `<!-- fields NAME --><!-- end -->`, each with its picture, if
 * there is one, and its table. The text around them is written by hand.
 *
 * @param blocks tables by the names of their placeholders
 * @param pictures names of the files in docs/images/messages
 * @throws Error if a table or picture has no placeholder, or a placeholder no table
 */
export function fillPage(
	page: string,
	blocks: Map<string, string>,
	pictures: readonly string[],
): string {
	const placed = new Set<string>();
	const filled = page.replaceAll(places, (_place, name: string) => {
		const table = blocks.get(name);
		if (table === undefined) throw new Error(`${name} has a placeholder, but no fields`);
		placed.add(name);
		const picture = pictures.includes(`${name}.png`) ? `${pictureOf(name)}\n\n` : '';
		// Aligned cells would make the page three times as long.
		return [
			`<!-- fields ${name} -->`,
			'<!-- prettier-ignore-start -->',
			`\n${picture}${table}\n`,
			'<!-- prettier-ignore-end -->',
			'<!-- end -->',
		].join('\n');
	});
	const missing = [...blocks.keys()].filter((name) => !placed.has(name));
	if (missing.length > 0) throw new Error(`No placeholder for the fields of ${missing.join(', ')}`);
	const unused = pictures.filter((file) => !filled.includes(`${pictureFolder}/${file}`));
	if (unused.length > 0) throw new Error(`No placeholder for the pictures ${unused.join(', ')}`);
	return filled;
}

/**
 * The page with a section added for each type that has none yet, after its siblings: the sections
 * of its operation, or of all operations.
 *
 * @param titles headings by the names of their placeholders
 */
export function withSections(page: string, titles: ReadonlyMap<string, string>): string {
	let wider = page;
	for (const [name, title] of titles) {
		if (wider.includes(`<!-- fields ${name} -->`)) continue;
		const sibling = name.replace(/\.[^.]*$/, '.');
		const isOne = sibling !== name && wider.includes(`<!-- fields ${sibling}`);
		const last = wider.lastIndexOf(`<!-- fields ${isOne ? sibling : ''}`);
		const end = wider.indexOf(placeEnd, last) + placeEnd.length;
		const section = `\n\n${isOne ? '###' : '##'} ${title}\n\n<!-- fields ${name} -->${placeEnd}`;
		wider = wider.slice(0, end) + section + wider.slice(end);
	}
	return wider;
}

const placeEnd = '<!-- end -->';

const pictureOf = (name: string): string =>
	`<img src="${pictureFolder}/${name}.png" width="${pictureWidth}" alt="${inWords(name)} in the chat">`;

/** `sendInteractive.cta_url`: `cta url` */
const inWords = (name: string): string =>
	name
		.replace(/^send(\w+\.)?/, '')
		.replaceAll('_', ' ')
		.toLowerCase();
