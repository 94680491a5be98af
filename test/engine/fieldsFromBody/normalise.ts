import type { Wire } from './wire.ts';

/**
 * A body without what differs from send to send (the recipient, the operation ID in the callback
 * data) and without members that only repeat Meta's defaults.
 */
export function normalise(body: Wire): Wire {
	const { recipient_type: recipientType, biz_opaque_callback_data: callbackData, ...rest } = body;
	Reflect.deleteProperty(rest, 'to');
	Reflect.deleteProperty(rest, 'recipient');
	const isMessage = rest['status'] === undefined;
	return {
		// Meta treats a body without a type as a text.
		...(isMessage ? { type: 'text' } : {}),
		...(withoutDefaults(rest) as Wire),
		...(recipientType === 'group' ? { recipient_type: 'group' } : {}),
		...ownCallbackValue(callbackData),
	};
}

/** The node puts the operation ID and a `|` in front of the user's value. */
function ownCallbackValue(data: unknown): Wire {
	if (typeof data !== 'string') return {};
	const own = /^[^|]*:[^|]*\|(.*)$/s.exec(data)?.[1] ?? (data.includes(':') ? undefined : data);
	return own === undefined ? {} : { biz_opaque_callback_data: own };
}

/** Meta's default values. */
const defaults: Wire = {
	category: 'service',
	preview_url: false,
	policy: 'deterministic',
	product_policy: 'CLOUD_API_FALLBACK',
};

function withoutDefaults(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutDefaults);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value)
		.filter(([key, member]) => !(key in defaults && defaults[key] === member))
		.map(([key, member]): [string, unknown] => [key, withoutDefaults(member)]);
	const copy = Object.fromEntries(entries);
	// Meta's pages write the names of template parts both in lower case and in capitals.
	const isPart = 'parameters' in copy || 'cards' in copy;
	for (const name of isPart ? ['type', 'sub_type'] : []) {
		const member = copy[name];
		if (typeof member === 'string') copy[name] = member.toLowerCase();
	}
	// They also write a button's index both as a number and as text.
	if (copy['type'] === 'button' && typeof copy['index'] === 'number') {
		copy['index'] = String(copy['index']);
	}
	return copy;
}

/** `<MEDIA_ID>`, `{{Flow-ID}}`, `http(s)://image-url` */
const placeholder = /<[^<>]+>|\{\{[^{}]+\}\}|http\(s\)/;

/**
 * Replaces placeholders where Meta requires a certain form; elsewhere they are ordinary text. Some
 * are plain words that only their place gives away: `template-name` is no valid template name.
 */
export function fillPlaceholders(body: Wire): { body: Wire; hadPlaceholders: boolean } {
	let hadPlaceholders = false;
	const fill = (value: unknown, key: string, parent: Wire): unknown => {
		if (Array.isArray(value)) return value.map((entry) => fill(entry, key, {}));
		if (typeof value === 'object' && value !== null) {
			const wire = value as Wire;
			return Object.fromEntries(
				Object.entries(wire).map(([name, member]) => [name, fill(member, name, wire)]),
			);
		}
		// The envelope is not compared.
		if (typeof value !== 'string' || key === 'to') return value;
		const other = inItsForm(value, key, parent);
		if (other !== value || placeholder.test(value)) hadPlaceholders = true;
		return other;
	};
	const filledBody = fill(body, '', {}) as Wire;
	return { body: filledBody, hadPlaceholders };
}

function inItsForm(value: string, key: string, parent: Wire): string {
	const isTemplateName = key === 'name' && 'language' in parent;
	if (isTemplateName && !/^[a-z0-9_]+$/.test(value)) return 'template_name';
	if (key === 'reference_id' && value.length > 35) return 'reference-id';
	if (!placeholder.test(value)) return value;
	if (key === 'link') return 'https://example.com/file';
	if (key === 'type') return Object.keys(parent).find((name) => name !== 'type') ?? value;
	return key === 'flow_id' || isMediaId(key, parent) ? '1013859600285441' : value;
}

/** Next to a file's ID there is at most a caption and a file name. */
const isMediaId = (key: string, parent: Wire): boolean =>
	key === 'id' && Object.keys(parent).every((name) => ['id', 'caption', 'filename'].includes(name));
