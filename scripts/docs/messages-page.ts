/**
 * Rewrites the tables of docs/messages.md and adds sections for new types: `npm run docs`.
 * test/unit/messages/page.test.ts fails if the page and the fields differ.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePackage, loadPackage } from '../engine/package-bundle.ts';
import { fillPage, withSections } from './fill-page.ts';
import { headings, messageBlocks } from './message-blocks.ts';

const docs = join(import.meta.dirname, '../../docs');
const path = join(docs, 'messages.md');

const node = loadPackage(await bundlePackage()).nodes.get('whatsAppCloud');
if (node === undefined || !('properties' in node.description)) {
	throw new Error('The package has no node whatsAppCloud');
}
const pictures = readdirSync(join(docs, 'images/messages'));
const { properties } = node.description;
const blocks = messageBlocks(properties);
const page = withSections(readFileSync(path, 'utf8'), headings(properties, blocks.keys()));
writeFileSync(path, fillPage(page, blocks, pictures));
