import { createHash, randomBytes } from 'node:crypto';

/** Random bytes are drawn in blocks: a call per ID is slow at thousands of messages a second. */
const block = { bytes: Buffer.alloc(0), offset: 0 };

function randomHex(byteCount: number): string {
	if (block.offset + byteCount > block.bytes.length) {
		block.bytes = randomBytes(4096);
		block.offset = 0;
	}
	const hex = block.bytes.toString('hex', block.offset, block.offset + byteCount);
	block.offset += byteCount;
	return hex;
}

/** Random ID of 32 hexadecimal digits, like those of conversations. */
export function randomId(): string {
	return randomHex(16);
}

/** Message ID like Meta's: `wamid.` and base64 of the other party and random digits. */
export function newMessageId(party: string, direction: 'in' | 'out'): string {
	const mark = direction === 'out' ? '\x15\x02\x00\x11\x18\x12' : '\x15\x02\x00\x12\x18\x14';
	const serial = randomHex(direction === 'out' ? 9 : 10).toUpperCase();
	const raw = `\x1c\x18${String.fromCharCode(party.length & 0x7f)}${party}${mark}${serial}\x00`;
	return `wamid.${Buffer.from(raw, 'latin1').toString('base64')}`;
}

/** ID like `fbtrace_id` and `x-fb-trace-id`: 23 characters, the first an A. */
export function newTraceId(): string {
	return `A${Buffer.from(randomHex(17), 'hex').toString('base64url').slice(0, 22)}`;
}

/** Random ID of `length` decimal digits that does not begin with 0. */
export function newNumericId(length = 16): string {
	let digits = '';
	while (digits.length < length) digits += String(Number.parseInt(randomHex(6), 16));
	return `${(Number(digits[0]) % 9) + 1}${digits.slice(1, length)}`;
}

/** ISO countries and calling codes, for the country in user IDs. */
const countryByCallingCode: readonly (readonly [string, string])[] = [
	['1', 'US'],
	['49', 'DE'],
	['44', 'GB'],
	['33', 'FR'],
	['34', 'ES'],
	['39', 'IT'],
	['43', 'AT'],
	['41', 'CH'],
	['55', 'BR'],
	['52', 'MX'],
	['91', 'IN'],
	['62', 'ID'],
	['972', 'IL'],
];

/** ISO 3166 alpha-2 code of a number's country; `US` if the table does not have it. */
export function countryOf(digits: string): string {
	for (const [callingCode, country] of countryByCallingCode) {
		if (digits.startsWith(callingCode)) return country;
	}
	return 'US';
}

/**
 * Business-scoped user ID of a phone number, always the same for the same number.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/business-scoped-user-ids
 */
export function userIdOf(waId: string): string {
	const hash = createHash('sha256').update(waId).digest();
	const digits = `${hash.readBigUInt64BE(0)}${hash.readBigUInt64BE(8)}`
		.slice(0, 20)
		.padEnd(20, '7');
	return `${countryOf(waId)}.${digits}`;
}
