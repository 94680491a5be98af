import { createHash } from 'node:crypto';

/** A request as `/_simulator/requests` shows it; secrets are masked. */
export interface RequestEntry {
	/** Milliseconds since 1970, real time. */
	at: number;
	method: string;
	path: string;
	graphVersion: string | null;
	/** Masked. */
	token: string | null;
	appSecretProof: boolean;
	userAgent: string | null;
	contentType: string | null;
	/** As parsed; null for files. */
	body: unknown;
	/** Status of the answer; null where the connection was cut. */
	httpStatus: number | null;
	/** Kinds of the faults that were put in. */
	fault: string | null;
	durationMs: number | null;
}

const secretParameters =
	/([?&](?:access_token|appsecret_proof|input_token|client_secret|fb_exchange_token|hash)=)[^&]*/g;

const masks = new Map<string, string>();
/** Tokens whose masks are remembered; hashing each request's token would show under load. */
const maxMasks = 1000;

/** A name for a token that tells it from others and does not give it away. */
export function maskToken(token: string): string {
	let mask = masks.get(token);
	if (mask === undefined) {
		mask = `…${createHash('sha256').update(token).digest('hex').slice(0, 8)}`;
		if (masks.size >= maxMasks) masks.clear();
		masks.set(token, mask);
	}
	return mask;
}

export function maskUrl(url: string): string {
	return url.replace(secretParameters, '$1…');
}
