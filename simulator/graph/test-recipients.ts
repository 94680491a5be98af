import type { Outcome } from '../webhooks/statuses.ts';
import { GraphError } from '../errors/graph-error.ts';

/**
 * Numbers with a fixed outcome, to try failures without fault rules: `+1999` and a seven-digit code
 * fails with that code, `+1998` is refused with it, `+1997…` never gets past sent, and `+1996…` is
 * delivered but never read. No real number of the North American plan begins like this.
 */
const codePattern = /^199([98])(\d{7})$/;

/** @throws GraphError for `+1998` and a code */
export function outcomeOf(recipient: string): Outcome {
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
