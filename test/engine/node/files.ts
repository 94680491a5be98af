import { createCipheriv, createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutputItem } from '../../../scripts/engine/result';

/** A folder for one test file's files, removed afterwards. */
const folder = mkdtempSync(join(tmpdir(), 'engine-node-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

/** A file for an item's binary field. */
export function binaryFile(
	content: Uint8Array,
	mimeType: string,
	fileName = 'file',
): { path: string; mimeType: string; fileName: string } {
	const path = join(folder, String(++count));
	writeFileSync(path, content);
	return { path, mimeType, fileName };
}

/** The content of an output item's binary field. */
export function contentOf(item: OutputItem | undefined, field = 'data'): Buffer {
	const path = item?.binary?.[field]?.path;
	if (path === undefined) throw new Error(`The item has no binary field ${field}`);
	return readFileSync(path);
}

export const sha256 = (content: Uint8Array): string =>
	createHash('sha256').update(content).digest('hex');

/** This many bytes of noise, the same each time. */
export function noise(byteLength: number): Buffer {
	const key = Buffer.alloc(32, 'key');
	return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(byteLength));
}
