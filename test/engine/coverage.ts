import type { Rebuilt } from './corpus.ts';

/** The page on how much of the corpus the node can express; see test/coverage-report.ts. */
export function coveragePage(results: Rebuilt[]): string {
	const of = (way: Rebuilt['way']): Rebuilt[] => results.filter((result) => result.way === way);
	const [fields, json, none] = [of('fields'), of('json'), of(null)];
	return `# Coverage of request bodies

How many bodies of \`POST /messages\` from other sources the node can express: the examples of Meta's OpenAPI, and those in the tests of two public SDKs. One rule per kind of message turns each body into parameters of the node; the node runs with them in n8n's engine and must send the same body.

The comparison ignores the recipient, the operation ID in the callback data, and members with the value that Meta assumes anyway (\`preview_url: false\`, \`policy: deterministic\`, \`product_policy: CLOUD_API_FALLBACK\`; the index of a button as number or text). Placeholders such as \`<MEDIA_ID>\` are replaced if their place requires a certain form. Message › Send Custom Message, which takes any body, is not counted.

\`node scripts/bootstrap.mjs test/coverage-report.ts\` writes this page. If these bodies are present, the engine tests fail when it is out of date.

${table([
	['', 'bodies'],
	['expressed in fields', String(fields.length)],
	['expressed, with components as JSON', String(json.length)],
	['not expressed', String(none.length)],
	['all', String(results.length)],
])}
${section('Not expressed', 'For example, Meta itself refuses a template without a language.', 'why', none)}${section('Expressed, with components as JSON', 'The Cloud API shows only the `fallback_value` of a `date_time`, so its other parts have no fields. A quick reply takes a payload; an example of Meta has a text instead.', 'why not in fields', json)}
## Expressed in fields

${fields.map(({ name, hadPlaceholders }) => `- ${nameOf(name)}${hadPlaceholders ? ' (placeholders filled in)' : ''}`).join('\n')}
`;
}

function section(title: string, note: string, column: string, results: Rebuilt[]): string {
	if (results.length === 0) return '';
	const rows = results.map(({ name, reason }) => [nameOf(name), inCell(reason)]);
	return `\n## ${title}\n\n${note}\n\n${table([['body', column], ...rows])}\n`;
}

/** Aligned the way this repository's formatter wants it. The first row is the head. */
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
