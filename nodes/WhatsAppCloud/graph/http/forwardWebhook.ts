import { hostOf } from '../../values/webAddress';
import { describeFailure } from '../errors/failure';
import { SIGNATURE_HEADER } from '../signature';
import { PrivateAddressError, startRequest } from './http';
import { isPublicHost } from './publicHost';

/** The same for every attempt to deliver a webhook to one address. */
const DELIVERY_HEADER = 'x-whatsapp-cloud-delivery';

/** Longest answer that is read. */
const maxAnswerBytes = 16_384;

/** A webhook, and where it goes. */
export interface Forward {
	address: string;
	/** Meta's bytes and their signature. */
	body: Uint8Array;
	signature: string;
	deliveryId: string;
	/** Whether the address may be one of a private network. */
	allowsPrivate: boolean;
	timeoutMs: number;
}

/**
 * Hands a webhook to another receiver, as Meta does: the same bytes, the same signature. Follows no
 * redirects.
 *
 * @returns null if the receiver has taken it (any 2xx), else why not
 */
export async function forwardWebhook({
	address,
	body,
	signature,
	deliveryId,
	allowsPrivate,
	timeoutMs,
}: Forward): Promise<string | null> {
	const host = hostOf(address);
	if (!URL.canParse(address)) return 'the address cannot be read';
	if (!allowsPrivate && !isPublicHost(new URL(address).hostname)) {
		return `${host} is not an address of the internet`;
	}
	const started = startRequest(address, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			[SIGNATURE_HEADER]: signature,
			[DELIVERY_HEADER]: deliveryId,
		},
		body,
		reach: allowsPrivate ? 'anywhere' : 'public',
		signal: AbortSignal.timeout(timeoutMs),
		headersTimeout: timeoutMs,
		bodyTimeout: timeoutMs,
	});
	try {
		const { statusCode, body: answer } = await started.answer;
		// What it says does not matter; read, it leaves the connection to the next webhook.
		await answer.dump({ limit: maxAnswerBytes }).catch(() => undefined);
		if (statusCode >= 200 && statusCode < 300) return null;
		const isRedirect = statusCode >= 300 && statusCode < 400;
		return `${host} answered with HTTP ${statusCode}${isRedirect ? ', and redirects are not followed' : ''}`;
	} catch (error) {
		const cause = error instanceof Error ? (error.cause ?? error) : error;
		if (cause instanceof PrivateAddressError) return cause.message;
		const hasLeft = started.hasLeft();
		return describeFailure(error, { host, timeoutMs, hasLeft, isRepeatable: true }).message;
	}
}
