import { createHash } from 'node:crypto';
import { percentDecoded, safeFilename } from '../../values/filename';
import { NoAnswerError } from '../errors/errors';

/**
 * Hosts that Meta serves media from. A media address comes from Meta's answer, but the token is
 * worth a second look at where it goes.
 */
const mediaHosts = /(^|\.)(fbsbx\.com|fbcdn\.net|facebook\.com|whatsapp\.net)$/;

/** The address of a file, if the token may go there; else why not. */
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

/** A file has more bytes than allowed. */
export class FileTooLargeError extends Error {
	override name = 'FileTooLargeError';

	constructor(maxBytes: number) {
		super(`The file has more than ${maxBytes} bytes`);
	}
}

/** A body with a count of what has passed so far. */
interface MeasuredBody {
	content: AsyncIterable<Uint8Array>;
	received(): { sha256: string; sizeBytes: number };
}

/**
 * Passes a body on, and keeps count of what passes.
 *
 * @param explain turns an error on the way into one for the user
 * @param limits with more than `maxBytes` the content ends in a FileTooLargeError, with more than
 * Meta states in a NoAnswerError
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
 * The file name of a `Content-Disposition` header, made safe; the encoded form (RFC 6266,
 * `filename*`) before the plain one.
 */
export function filenameIn(header: string | null): string | null {
	const encoded = /filename\*=UTF-8''([^";]+)/i.exec(header ?? '')?.[1];
	const plain = /filename="?([^";]+)"?/i.exec(header ?? '')?.[1];
	const name = (encoded === undefined ? undefined : percentDecoded(encoded)) ?? plain;
	return name === undefined ? null : safeFilename(name);
}
