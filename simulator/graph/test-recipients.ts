import type { Fate } from '../webhooks/statuses.ts';
import { GraphError } from '../errors/graph-error.ts';

/**
 * Numbers with a fate, so that failures can be tried without faults: `+1999` and a code of seven
 * digits fails with that code, `+1998` is refused with it, `+1997…` never gets farther than sent,
 * `+1996…` is delivered and never read. No number of the North American plan begins so.
 */
const codePattern = /^199([98])(\d{7})$/;

/** @throws GraphError for `+1998` and a code */
export function fateOf(recipient: string): Fate {
	if (!recipient.startsWith('199')) return { ends: 'read' };
	const [, kind, digits] = codePattern.exec(recipient) ?? [];
	if (digits !== undefined) {
		const code = Number(digits);
		if (kind === '8')
			throw new GraphError(code, { details: 'This recipient refuses all messages' });
		return { ends: 'failed', code };
	}
	if (recipient.startsWith('1997')) return { ends: 'sent' };
	if (recipient.startsWith('1996')) return { ends: 'delivered' };
	return { ends: 'read' };
}
