import { createHash } from 'node:crypto';
import { percentDecoded, safeFilename } from '../../values/files/filename';
import { NoAnswerError } from '../errors/errors';

/**
 * Hosts that Meta serves media from. Media addresses come from Meta's answers, but it is worth
 * double-checking where the token goes.
 */
const mediaHosts = /(^|\.)(fbsbx\.com|fbcdn\.net|facebook\.com|whatsapp\.net)$/;

/** The address of a file if the token may be sent there, or else why not. */
export function mediaUrl(address: string, graphBaseUrl: string): URL | NoAnswerError {
	if (!URL.canParse(address)) {
		return new NoAnswerError('unreadable', 'Meta gave an address for the file that is none', {
			isRepeatable: true,
		});
	}
	const url = new URL(address);
	const base = new URL(graphBaseUrl);
	const isTrusted =
		(url.host === base.host && url.protocol === base.protocol) ||
		(mediaHosts.test(url.hostname) && url.protocol === 'https:');
	if (isTrusted) return url;
	const place = `${url.protocol}//${url.hostname}`.slice(0, 100);
	const problem = `The media lies at ${place}, which is not one of Meta's hosts; the token was not sent there`;
	return new NoAnswerError('unsendable', problem, { isRepeatable: true });
}

/** A file is larger than allowed. */
export class FileTooLargeError extends Error {
	override name = 'FileTooLargeError';

	constructor(maxBytes: number) {
		super(`The file has more than ${maxBytes} bytes`);
	}
}

/** A body with the checksum and size of what has passed so far. */
interface MeasuredBody {
	content: AsyncIterable<Uint8Array>;
	received(): { sha256: string; sizeBytes: number };
}

/**
 * Passes a body through and measures it.
 *
 * @param explain turns an error on the way into one for the user
 * @param limits content beyond `maxBytes` ends in a FileTooLargeError, content beyond the size Meta
 * states in a NoAnswerError
 */
export function measured(
	body: AsyncIterable<Uint8Array>,
	explain: (error: unknown) => NoAnswerError,
	{ maxBytes, statedBytes }: { maxBytes: number; statedBytes: number },
): MeasuredBody {
	const digest = createHash('sha256');
	let sizeBytes = 0;
	async function* passing(): AsyncGenerator<Uint8Array> {
		try {
			for await (const chunk of body) {
				digest.update(chunk);
				sizeBytes += chunk.length;
				if (sizeBytes > maxBytes) throw new FileTooLargeError(maxBytes);
				if (sizeBytes > statedBytes) throw longerThan(statedBytes);
				yield chunk;
			}
		} catch (error) {
			throw error instanceof FileTooLargeError ? error : explain(error);
		}
	}
	return {
		content: passing(),
		received: () => ({ sha256: digest.copy().digest('hex'), sizeBytes }),
	};
}

const longerThan = (statedBytes: number): NoAnswerError =>
	new NoAnswerError(
		'unexpected',
		`The file has more than the ${statedBytes} bytes that Meta states`,
		{
			isRepeatable: true,
		},
	);

/**
 * The file name from a `Content-Disposition` header, made safe; prefers the encoded form (RFC 6266,
 * `filename*`) to the plain one.
 */
export function filenameIn(header: string | null): string | null {
	const encoded = /filename\*=UTF-8''([^";]+)/i.exec(header ?? '')?.[1];
	const plain = /filename="?([^";]+)"?/i.exec(header ?? '')?.[1];
	const name = (encoded === undefined ? undefined : percentDecoded(encoded)) ?? plain;
	return name === undefined ? null : safeFilename(name);
}
