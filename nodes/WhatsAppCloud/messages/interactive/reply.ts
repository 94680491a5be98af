import type { Values } from '../../values/row';
import { isObject } from '../../values/unknown';

/** Meta's `{type: "reply", reply: {id, title}}`, and `quick_reply` on cards. */
export function replyFromMeta(row: Values): Values {
	const { type, ...rest } = row;
	const name = type ?? ['reply', 'quick_reply'].find((known) => isObject(row[known]));
	if (name !== 'reply' && name !== 'quick_reply') return row;
	const { [name]: reply, ...others } = rest;
	if (!isObject(reply)) return rest;
	// A value beside the inner object must not vanish behind one of the same name.
	const clashes = Object.keys(reply).some((key) => key in others && others[key] !== reply[key]);
	return clashes ? rest : { ...others, ...reply };
}

/** The ID that a tap returns: if none is given, the title. */
export const withIdOf = <Row extends { id?: string | undefined; title: string }>(row: Row) => ({
	...row,
	id: row.id ?? row.title.trim(),
});
