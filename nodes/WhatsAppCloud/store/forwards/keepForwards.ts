import { onRows, type Work } from '../engine/database';
import { encodeKey, encodeText } from '../engine/encode';
import { hashedId } from '../engine/hashedId';
import type { Row, Statement } from '../engine/statement';
import type { NewForward } from './forwardStore';

const keepStatement: Statement = {
	rows: {
		forward_id: 'text',
		account_key: 'text',
		address: 'text',
		body: 'text',
		signature: 'text',
		person_keys: 'text',
		created_at: 'integer',
	},
	values: {},
	sql: ({ table, rows, notify }) => `
		INSERT INTO ${table('forwards')} (forward_id, account_key, address, body, signature,
			person_keys, created_at, due_at, attempts, lease_until)
		SELECT r.forward_id, r.account_key, r.address, r.body, r.signature, r.person_keys, r.created_at,
			0, 0, 0
		FROM ${rows} WHERE true
		ON CONFLICT (forward_id) DO NOTHING
		RETURNING ${notify('forwards')} AS notified`,
};

/** Makes the ID under which a webhook is recognised for an address, and its row. */
export function encodeForward(forward: NewForward, created_at: number): EncodedForward {
	const { group, address, body, bodyHash, signature, people } = forward;
	return {
		forward_id: hashedId(`forward\n${group}\n${address}\n${bodyHash}`),
		account_key: encodeKey(group, 'group'),
		address: encodeText(address),
		body: encodeText(body),
		signature: encodeText(signature),
		person_keys: people.map(({ accountKey, key }) => `|${accountKey} ${key}|`).join(''),
		created_at,
	};
}

export type EncodedForward = Row & { forward_id: string };

/** @param newIds those that never came before */
export function* keepForwards(
	forwards: readonly EncodedForward[],
	newIds: ReadonlySet<string>,
): Work<void> {
	const added = forwards.filter(({ forward_id }) => newIds.has(forward_id));
	const byId = new Map(added.map((row) => [row.forward_id, row]));
	const rows = [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
	yield* onRows(keepStatement, rows);
}
