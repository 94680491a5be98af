import { createHmac } from 'node:crypto';
import type { Contestant } from './contestants.ts';

export const appSecret = 'a secret of the benchmark';

/** What a request came to. */
export interface Answer {
	status: number;
	ms: number;
}

const metadata = { display_phone_number: '15550001111', phone_number_id: '200000000000001' };

const people = 20;
let written = 0;

/** A webhook as Meta sends it. */
function webhookOf(value: object): Buffer {
	const change = {
		field: 'messages',
		value: { messaging_product: 'whatsapp', metadata, ...value },
	};
	const entry = [{ id: '300000000000001', changes: [change] }];
	return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry }));
}

const now = (): string => String(Math.floor(Date.now() / 1000));

/** A text from one of twenty people, in turn. */
export function messageOf(name: string): Buffer {
	const customer = String(491510000000 + (written++ % people));
	const text = { body: 'Is the blue one in stock?' };
	return webhookOf({
		contacts: [{ profile: { name: 'Customer' }, wa_id: customer }],
		messages: [{ id: `wamid.${name}`, from: customer, timestamp: now(), type: 'text', text }],
	});
}

export const statusOf = (name: string, status: string): Buffer =>
	webhookOf({
		statuses: [{ id: `wamid.${name}`, status, timestamp: now(), recipient_id: '491510000000' }],
	});

/** The headers of a webhook that Meta has signed, and those that the contestant asks for. */
export function genuine(
	{ headers }: Pick<Contestant, 'headers'>,
	body: Buffer,
): Record<string, string> {
	const digest = createHmac('sha256', appSecret).update(body).digest('hex');
	return { ...headers, 'x-hub-signature-256': `sha256=${digest}` };
}

/** The headers of a webhook that somebody else has signed. */
export function forged(): Record<string, string> {
	return { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
}

/** @throws Error if there is no answer within the time */
export async function post(
	{ url }: Pick<Contestant, 'url'>,
	body: Buffer,
	headers: Record<string, string>,
	timeoutMs: number,
): Promise<Answer> {
	const start = performance.now();
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: new Uint8Array(body),
		signal: AbortSignal.timeout(timeoutMs),
	});
	await answer.text();
	return { status: answer.status, ms: performance.now() - start };
}

/** Calls with each entry, so many at once, and returns the results in the order of the entries. */
export async function inParallel<Entry, Result>(
	entries: readonly Entry[],
	atOnce: number,
	call: (entry: Entry) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const queue = entries.entries();
	const worker = async () => {
		for (const [index, entry] of queue) results[index] = await call(entry);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return results;
}
