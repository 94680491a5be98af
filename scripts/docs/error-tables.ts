/** A row of the catalogue, as far as the page shows it. */
export interface CatalogueRow {
	code: number;
	title: string;
	class: string;
	retry: 'never' | 'safe' | 'afterUnknown';
	problem: string;
	next: string;
}

/** Whether the node repeats a request that failed with the code. */
const repeats: Readonly<Record<CatalogueRow['retry'], string>> = {
	never: 'no',
	safe: 'yes',
	afterUnknown: 'unless it sends a message',
};

const places = /<!-- (classes|codes) -->[\s\S]*?<!-- end -->/g;

/**
 * Fills the places `<!-- classes --><!-- end -->` and `<!-- codes --><!-- end -->` of
 * docs/troubleshooting.md. The text around them is written by hand.
 *
 * @param classes what is true of every code of a class: what happened, and what to do
 * @throws Error unless the page has each place once
 */
export function fillErrorPage(
	page: string,
	rows: readonly CatalogueRow[],
	classes: Readonly<Record<string, readonly [problem: string, next: string]>>,
): string {
	const tables: Record<string, string> = { classes: classTable(classes), codes: codeTable(rows) };
	const names = [...page.matchAll(places)].map(([, name = '']) => name);
	if (names.sort().join() !== Object.keys(tables).join()) {
		throw new Error(`The page has places for ${names.join(', ') || 'nothing'}`);
	}
	return page.replaceAll(places, (_place, name: string) =>
		[
			`<!-- ${name} -->`,
			// Aligned cells would make the page three times as long.
			'<!-- prettier-ignore-start -->',
			`\n${tables[name] ?? ''}\n`,
			'<!-- prettier-ignore-end -->',
			'<!-- end -->',
		].join('\n'),
	);
}

const classTable = (classes: Readonly<Record<string, readonly [string, string]>>): string =>
	table(
		['Class', 'What happened', 'What to do'],
		Object.entries(classes).map(([name, [problem, next]]) => [
			`<a id="${name}"></a>\`${name}\``,
			sentence(problem),
			next,
		]),
	);

const codeTable = (rows: readonly CatalogueRow[]): string =>
	table(
		['Code', "Meta's title", 'What happened', 'What to do', 'Class', 'Repeated'],
		[...rows]
			.sort((one, other) => one.code - other.code)
			.map(({ code, title, class: errorClass, retry, problem, next }) => [
				`<a id="${code}"></a>${code}`,
				title,
				sentence(problem),
				next,
				`[\`${errorClass}\`](#${errorClass})`,
				repeats[retry],
			]),
	);

const sentence = (problem: string): string => `${problem}.`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(inCell))];
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** In a table, a bar ends the cell. */
const inCell = (text: string): string => text.replaceAll('|', '\\|');
