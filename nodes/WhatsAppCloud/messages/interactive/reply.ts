import type { Values } from '../../values/row';
import { isObject } from '../../values/unknown';

/** Meta's `{type: "reply", reply: {id, title}}`, and `quick_reply` on cards. */
export function replyFromMeta(row: Values): Values {
	const { type, ...rest } = row;
	const name = type ?? ['reply', 'quick_reply'].find((known) => isObject(row[known]));
	if (name !== 'reply' && name !== 'quick_reply') return row;
	const { [name]: reply, ...others } = rest;
	return isObject(reply) ? { ...others, ...reply } : rest;
}
