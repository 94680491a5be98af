import type { Rebuilt } from './corpus.ts';

/** The page on what of the corpus the node can express. Written by test/coverage-report.ts. */
export function coveragePage(results: Rebuilt[]): string {
	const of = (way: Rebuilt['way']): Rebuilt[] => results.filter((result) => result.way === way);
	const [fields, json, none] = [of('fields'), of('json'), of(null)];
	return `# Coverage of request bodies

Bodies of \`POST /messages\` that this project did not write: the examples of Meta's OpenAPI, and those in the tests of two public SDKs. Each becomes parameters of the node, by one rule per kind of message; the node runs with them in n8n's engine, and what it sends must be the same body. Left out of the comparison are the recipient, the operation ID in the callback data, and members that say what Meta assumes anyway (\`preview_url: false\`, \`policy: deterministic\`, \`product_policy: CLOUD_API_FALLBACK\`; the place of a button as number or text). Placeholders such as \`<MEDIA_ID>\` are replaced where their place asks for a certain form.

This page is written by \`node scripts/bootstrap.mjs test/coverage-report.ts\`, and where these bodies are at hand, the engine tests fail when it is out of date. Message › Send Custom Message, which takes any body, is not counted.

${table([
	['', 'bodies'],
	['expressed in fields', String(fields.length)],
	['expressed, with components as JSON', String(json.length)],
	['not expressed', String(none.length)],
	['all', String(results.length)],
])}
${section('Not expressed', 'A template without a language, for example, is one that Meta refuses.', 'why', none)}${section('Expressed, with components as JSON', 'The parts of a `date_time` beside its `fallback_value` have no fields, since the Cloud API shows the `fallback_value` alone; a quick reply takes a payload, and no text as one example of Meta has it.', 'why not in fields', json)}
## Expressed in fields

${fields.map(({ name, hadPlaceholders }) => `- ${nameOf(name)}${hadPlaceholders ? ' (placeholders filled in)' : ''}`).join('\n')}
`;
}

function section(title: string, note: string, column: string, results: Rebuilt[]): string {
	if (results.length === 0) return '';
	const rows = results.map(({ name, reason }) => [nameOf(name), inCell(reason)]);
	return `\n## ${title}\n\n${note}\n\n${table([['body', column], ...rows])}\n`;
}

/** Aligned, as the formatter of this repository wants it. The first row is the head. */
function table([head = [], ...rows]: string[][]): string {
	const widths = head.map((_, column) =>
		Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
	);
	const line = (cells: string[], filler: string): string =>
		`| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, filler)).join(' | ')} |`;
	return [line(head, ' '), line([], '-'), ...rows.map((row) => line(row, ' '))].join('\n');
}

const nameOf = (name: string): string => `\`${name.replace(/\.json$/, '')}\``;

const inCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
