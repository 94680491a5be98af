import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** In CSS pixels. */
const sheet = { columns: 4, columnWidth: 430, height: 1250 };

/** A picture of one panel. */
export interface Shot {
	file: string;
	width: number;
	height: number;
}

/**
 * Puts pictures side by side, so that many are looked at at once.
 *
 * @param path without number and ending
 */
export async function contactSheets(
	page: Page,
	shots: readonly Shot[],
	path: string,
): Promise<void> {
	const { columns, columnWidth } = sheet;
	await page.setViewportSize({ width: columns * columnWidth, height: sheet.height });
	for (const [index, lines] of sheetsOf(shots).entries()) {
		const drawn = await Promise.all(
			lines.map(async (column) => (await Promise.all(column.map(imageOf))).join('')),
		);
		await page.setContent(
			`<body style="margin:0;display:flex;gap:6px;background:#888;align-items:start">${drawn
				.map((each) => `<div style="width:${String(columnWidth - 6)}px">${each}</div>`)
				.join('')}`,
		);
		await page.screenshot({ path: `${path}-${String(index + 1)}.png`, fullPage: true });
	}
}

async function imageOf({ file }: Shot): Promise<string> {
	const content = (await readFile(file)).toString('base64');
	return `<img style="width:100%;margin-bottom:6px" src="data:image/png;base64,${content}">`;
}

/** Fills columns from above, then the next sheet. */
function sheetsOf(shots: readonly Shot[]): Shot[][][] {
	const columns: Shot[][] = [];
	let left = 0;
	for (const shot of shots) {
		const height = (shot.height / shot.width) * sheet.columnWidth;
		if (columns.length === 0 || height > left) {
			columns.push([]);
			left = sheet.height;
		}
		columns.at(-1)?.push(shot);
		left -= height;
	}
	const sheets: Shot[][][] = [];
	for (let i = 0; i < columns.length; i += sheet.columns) {
		sheets.push(columns.slice(i, i + sheet.columns));
	}
	return sheets;
}

/** The path of a picture in a folder, by a name that may hold anything. */
export const pictureOf = (folder: string, name: string): string =>
	join(folder, `${name.replaceAll(/\W+/g, '-')}.png`);
