import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from './clock.ts';
import { newNumericId } from './ids.ts';

/** Lifetime in days of files that were uploaded, and of those that came with a webhook. */
const mediaLifeDays = { uploaded: 30, received: 7 } as const;
/** Lifetime of a download URL. */
const urlLifeMs = 5 * 60_000;

const dayMs = 86_400_000;
/** First bytes of a file, kept to recognise its type. */
const headBytes = 4100;

/** A file that has been received, but has no ID yet. */
export interface StoredFile {
	path: string;
	byteLength: number;
	/** Hexadecimal, as in Graph's answers. */
	sha256Hex: string;
	/** Base64, as in webhooks. */
	sha256Base64: string;
	/** The file's first bytes. */
	head: Buffer;
}

export interface Media extends StoredFile {
	id: string;
	mimeType: string;
	filename: string;
	/** Empty if the file belongs to no number. */
	phoneNumberId: string;
	source: 'uploaded' | 'received';
	/** Milliseconds since 1970. */
	expiresAtMs: number;
}

/** Keeps files in a temporary folder of its own, never in memory. */
export class MediaStore {
	readonly #clock: Clock;
	readonly #media = new Map<string, Media>();
	readonly #urlKey = randomBytes(32);
	#folder: string | null = null;
	#files = 0;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Writes a stream to disk, measuring and hashing it on the way. */
	async write(stream: Readable): Promise<StoredFile> {
		const path = this.#newPath();
		const hash = createHash('sha256');
		let byteLength = 0;
		let head = Buffer.alloc(0);
		const measure = new Transform({
			transform(chunk: Buffer, _encoding, done) {
				hash.update(chunk);
				byteLength += chunk.length;
				if (head.length < headBytes) {
					head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
				}
				done(null, chunk);
			},
		});
		try {
			await pipeline(stream, measure, createWriteStream(path));
		} catch (error) {
			await this.discard({ path });
			throw error;
		}
		const digest = hash.digest();
		return {
			path,
			byteLength,
			head,
			sha256Hex: digest.toString('hex'),
			sha256Base64: digest.toString('base64'),
		};
	}

	/**
	 * Writes a stream to the end of a file, or to a new one. What has arrived stays, even if the
	 * stream breaks.
	 *
	 * @param onBytes how many more bytes are there
	 */
	async append(
		path: string | null,
		stream: Readable,
		onBytes: (count: number) => void,
	): Promise<string> {
		const target = path ?? this.#newPath();
		const handle = await open(target, 'a');
		try {
			for await (const chunk of stream) {
				const bytes = Buffer.from(chunk as Uint8Array);
				await handle.write(bytes);
				onBytes(bytes.length);
			}
		} finally {
			await handle.close();
		}
		return target;
	}

	add(
		file: StoredFile,
		parts: Pick<Media, 'mimeType' | 'filename' | 'phoneNumberId' | 'source'>,
	): Media {
		const media: Media = {
			...file,
			...parts,
			id: newNumericId(),
			expiresAtMs: this.#clock.now() + mediaLifeDays[parts.source] * dayMs,
		};
		this.#media.set(media.id, media);
		return media;
	}

	/** The file, unless it is unknown or expired. */
	get(id: string): Media | undefined {
		const media = this.#media.get(id);
		return media && media.expiresAtMs > this.#clock.now() ? media : undefined;
	}

	async delete(id: string): Promise<void> {
		const media = this.#media.get(id);
		if (!media) return;
		this.#media.delete(id);
		await this.discard(media);
	}

	async discard(file: { path: string }): Promise<void> {
		await unlink(file.path).catch(() => undefined);
	}

	/** Path and query of a download URL that is valid for five minutes. */
	newUrlPath(media: Media): string {
		const expiresSeconds = Math.floor((this.#clock.now() + urlLifeMs) / 1000);
		const hash = this.#urlHash(media.id, expiresSeconds);
		const query = new URLSearchParams({
			mid: media.id,
			source: 'getMedia',
			ext: String(expiresSeconds),
			hash,
		});
		return `/whatsapp_business/attachments/?${query.toString()}`;
	}

	/** The file of a download URL, or undefined if the URL is wrong or expired. */
	byUrl(query: { mid: string; ext: string; hash: string }): Media | undefined {
		const expiresSeconds = Number(query.ext);
		if (!(expiresSeconds > this.#clock.now() / 1000)) return undefined;
		if (query.hash !== this.#urlHash(query.mid, expiresSeconds)) return undefined;
		return this.get(query.mid);
	}

	/** First bytes of a file, for checks of its content. */
	async readAll(file: StoredFile, maxBytes: number): Promise<Buffer> {
		const handle = await open(file.path, 'r');
		try {
			const buffer = Buffer.alloc(Math.min(maxBytes, file.byteLength));
			await handle.read(buffer, 0, buffer.length, 0);
			return buffer;
		} finally {
			await handle.close();
		}
	}

	clear(): void {
		this.#media.clear();
		this.removeFolder();
	}

	/** Synchronous, because it is the last thing the process does. */
	removeFolder(): void {
		if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
		this.#folder = null;
	}

	#newPath(): string {
		this.#folder ??= mkdtempSync(join(tmpdir(), 'whatsapp-simulator-'));
		return join(this.#folder, String(++this.#files));
	}

	#urlHash(id: string, expiresSeconds: number): string {
		return createHmac('sha256', this.#urlKey).update(`${id}.${expiresSeconds}`).digest('base64url');
	}
}
