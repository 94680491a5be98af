import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { N8nNode } from '../../scripts/host/n8n-api.ts';
import { projectFolder } from './host';
import { typeInEditor } from './message-types';

/** The page's width for pictures, in CSS pixels; docs/messages.md shows them this wide. */
export const pictureWidth = 360;

/** Above and below the message, in CSS pixels. */
const margin = 8;

/** A picture larger than this is taken at half the resolution. */
const maxBytes = 40_000;

/** Name of the picture of a node's message: `sendInteractive.list`, `sendTemplate.login_code`. */
export function pictureName({ parameters }: N8nNode): string {
	const { template, replyToMessageId } = parameters;
	const parts = [typeInEditor(parameters)];
	if (typeof template === 'object' && template !== null && 'value' in template) {
		// The list stores both name and language.
		parts.push(String(template.value).replace(/:.*$/, ''));
	}
	if (replyToMessageId !== undefined) parts.push('reply');
	return parts.join('.');
}

/**
 * Runs in the page: shows one message alone and returns its box, including any overhang. Pictures
 * that load above it move it, so it scrolls until the message stays in its place.
 */
const showAlone = `async (row, showsReactions) => {
	document.documentElement.style.setProperty('--doodle', 'transparent');
	for (const other of document.querySelectorAll('.timeline-list > *, .to-end, .reactions')) {
		const isWanted = other.contains(row) || (showsReactions && row.contains(other));
		other.style.visibility = isWanted ? 'visible' : 'hidden';
	}
	const top = () => row.getBoundingClientRect().top;
	for (let before = NaN; before !== top();) {
		before = top();
		row.scrollIntoView({ block: 'center' });
		await Promise.all([...row.querySelectorAll('img')].map((image) => image.decode()));
		await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
	}
	const parts = [row, ...row.querySelectorAll('*')].filter((part) => part.checkVisibility({ visibilityProperty: true }));
	return { top: top(), bottom: Math.max(...parts.map((part) => part.getBoundingClientRect().bottom)) };
}`;

/**
 * Writes a picture of one message in the open conversation to docs/images/messages/. It has a plain
 * wallpaper, which makes smaller files.
 *
 * @param page as wide as `pictureWidth`, with two device pixels per CSS pixel
 */
export async function takePicture(page: Page, messageId: string, name: string): Promise<void> {
	const row = `document.querySelector('[data-message-id="${messageId}"]')`;
	const { top, bottom } = await page.evaluate<{ top: number; bottom: number }>(
		`(${showAlone})(${row}, ${String(name === 'sendReaction')})`,
	);
	const clip = { x: 0, y: top - margin, width: pictureWidth, height: bottom - top + 2 * margin };
	const crisp = await page.screenshot({ clip, animations: 'disabled' });
	const picture =
		crisp.length <= maxBytes
			? crisp
			: await page.screenshot({ clip, animations: 'disabled', scale: 'css' });
	const folder = join(projectFolder, 'docs', 'images', 'messages');
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, `${name}.png`), picture);
}
