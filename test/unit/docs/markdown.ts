import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer, walkTokens, type Token } from 'marked';

export const root = join(__dirname, '../../..');

/** A page of the repository as its readers see it. */
export interface Page {
	/** From the root of the repository, with slashes. */
	path: string;
	/** Targets of links and pictures, as they are written. */
	links: string[];
	/** What `#…` may name: headings as GitHub names them, and anchors in HTML. */
	anchors: Set<string>;
	/** Blocks of code by their language; empty for none. */
	blocks: { language: string; code: string }[];
	/** Code within sentences. */
	snippets: string[];
}

/** All pages that are written for people, from the root and docs/. */
export function readPages(): Page[] {
	return globSync(['*.md', 'docs/**/*.md', '.github/**/*.md'], { cwd: root })
		.sort()
		.map((path) => readPage(path, readFileSync(join(root, path), 'utf8')));
}

export function readPage(path: string, text: string): Page {
	const page: Page = { path, links: [], anchors: new Set(), blocks: [], snippets: [] };
	const used = new Map<string, number>();
	// Nothing in the walk waits.
	void walkTokens(lexer(text), (token: Token) => {
		switch (token.type) {
			case 'link':
			case 'image':
				page.links.push(String(token.href));
				break;
			case 'heading':
				page.anchors.add(numbered(slugOf(String(token.text)), used));
				break;
			case 'code':
				page.blocks.push({ language: String(token.lang ?? ''), code: String(token.text) });
				break;
			case 'codespan':
				page.snippets.push(String(token.text));
				break;
			case 'html':
				for (const [, name, value = ''] of token.raw.matchAll(attribute)) {
					if (name === 'id' || name === 'name') page.anchors.add(value);
					else page.links.push(value);
				}
		}
	});
	return page;
}

const attribute = /<(?:a|img)\b[^>]*?\b(id|name|href|src)="([^"]*)"/g;

/** How GitHub makes an anchor of a heading: words in lower case, joined by hyphens. */
const slugOf = (heading: string): string =>
	heading
		.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
		.trim()
		.replaceAll(/\s/g, '-');

/** The second heading of a name gets `-1`, and so on. */
function numbered(slug: string, used: Map<string, number>): string {
	const before = used.get(slug) ?? 0;
	used.set(slug, before + 1);
	return before === 0 ? slug : `${slug}-${before}`;
}
