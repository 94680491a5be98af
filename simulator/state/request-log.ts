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
	/** Status of the answer; null if the connection was cut. */
	httpStatus: number | null;
	/** Kind of the fault that was injected. */
	fault: string | null;
	durationMs: number | null;
}

const secretParameters =
	/([?&](?:access_token|appsecret_proof|input_token|client_secret|fb_exchange_token|hash)=)[^&]*/g;

const masks = new Map<string, string>();
/** How many masks are cached: hashing each request's token would be slow under load. */
const maxMasks = 1000;

/** A label that distinguishes a token without revealing it. */
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
