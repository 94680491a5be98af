import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePackage, loadPackage } from '../engine/package-bundle.ts';
import { fillPage, withSections } from './fill-page.ts';
import { headings, messageBlocks } from './message-blocks.ts';

/**
 * docs/messages.md with the tables of the node's fields, and sections for new types.
 * test/unit/messages/page.test.ts fails if the page and the fields differ.
 */
export async function messagesPage(page: string): Promise<string> {
	const node = loadPackage(await bundlePackage()).nodes.get('whatsAppCloud');
	if (node === undefined || !('properties' in node.description)) {
		throw new Error('The package has no node whatsAppCloud');
	}
	const pictures = readdirSync(join(import.meta.dirname, '../../docs/images/messages'));
	const { properties } = node.description;
	const blocks = messageBlocks(properties);
	return fillPage(withSections(page, headings(properties, blocks.keys())), blocks, pictures);
}
