/**
 * Writes the tables of the documentation that come from the code: `npm run docs`. With `--check`, it
 * writes nothing, and ends with exit code 1 if a page is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { errorPage } from './error-page.ts';
import { messagesPage } from './messages-page.ts';

const pages: Readonly<Record<string, (page: string) => Promise<string>>> = {
	'messages.md': messagesPage,
	'troubleshooting.md': errorPage,
};

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
// One after the other: each ends the bundler when it is done.
for (const [name, fill] of Object.entries(pages)) {
	const path = join(import.meta.dirname, '../../docs', name);
	const page = readFileSync(path, 'utf8');
	const filled = await fill(page);
	if (filled === page) continue;
	if (values.check) {
		console.error(`docs/${name} is out of date: npm run docs`);
		process.exitCode = 1;
	} else {
		writeFileSync(path, filled);
	}
}
