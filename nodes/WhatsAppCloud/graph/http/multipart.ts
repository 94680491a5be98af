import { randomUUID } from 'node:crypto';
import { contentOf, type OpenFile } from './fileContent';

/** A form with text fields and one file. */
export interface MultipartForm {
	fields: Record<string, string>;
	file: {
		filename: string;
		mimeType: string;
		sizeBytes: number;
		open: OpenFile;
	};
}

/**
 * The form as a stream of known length (RFC 7578). Opens the file when its part begins and streams
 * it in chunks.
 */
export function toMultipart({ fields, file }: MultipartForm): {
	headers: Record<string, string>;
	body: AsyncIterable<Uint8Array>;
	/** Why the file could not be read; undefined if it could. */
	problem: () => string | undefined;
} {
	const boundary = `----whatsapp-cloud-${randomUUID()}`;
	const parts = Object.entries(fields).map(
		([name, value]) =>
			`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
	);
	const filePart = [
		`--${boundary}`,
		`Content-Disposition: form-data; name="file"; filename="${quoted(file.filename)}"`,
		`Content-Type: ${file.mimeType.replace(/[\r\n]/g, '')}`,
		'\r\n',
	].join('\r\n');
	const head = Buffer.from(parts.join('') + filePart);
	const tail = Buffer.from(`\r\n--${boundary}--\r\n`);

	const { chunks, problem } = contentOf(file.open);
	async function* content(): AsyncGenerator<Uint8Array> {
		yield head;
		yield* chunks;
		yield tail;
	}

	return {
		headers: {
			'content-type': `multipart/form-data; boundary=${boundary}`,
			'content-length': String(head.length + file.sizeBytes + tail.length),
		},
		body: content(),
		problem,
	};
}

/** Escapes quotes and line breaks, which would end the header early. */
function quoted(filename: string): string {
	return filename.replace(/["\r\n]/g, (character) => encodeURIComponent(character));
}
