/**
 * Writes the tables of docs/messages.md anew: `npm run docs`. test/unit/messages/page.test.ts fails
 * where the page and the fields differ.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePackage, loadPackage } from '../engine/package-bundle.ts';
import { fillPage } from './fill-page.ts';
import { messageBlocks } from './message-blocks.ts';

const docs = join(import.meta.dirname, '../../docs');
const path = join(docs, 'messages.md');

const node = loadPackage(await bundlePackage()).nodes.get('whatsAppCloud');
if (node === undefined || !('properties' in node.description)) {
	throw new Error('The package has no node whatsAppCloud');
}
const pictures = readdirSync(join(docs, 'images/messages'));
const blocks = messageBlocks(node.description.properties);
writeFileSync(path, fillPage(readFileSync(path, 'utf8'), blocks, pictures));
