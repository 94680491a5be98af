import { parseExactJson } from '../../values/json/exactJson';
import type { JsonValue } from '../../events/reading/lenientJson';

type ParsedBody = { ok: true; payload: JsonValue } | { ok: false };

/**
 * Parses the body as UTF-8 JSON; a leading byte order mark is fine. A number that JavaScript would
 * round becomes the text of its digits. The parser's own message is dropped, since it quotes the
 * body.
 */
export function parseBody(body: Uint8Array): ParsedBody {
	const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
	try {
		const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
		const payload = parseExactJson(json) as JsonValue;
		return { ok: true, payload };
	} catch {
		return { ok: false };
	}
}
