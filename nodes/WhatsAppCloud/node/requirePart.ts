import type { Account } from '../graph/account';
import { whereToFind } from '../graph/credential/whereToFind';
import { FieldProblem } from '../values/problem';

const labels = {
	appId: 'App ID',
	appSecret: 'App Secret',
	businessAccountId: 'WhatsApp Business Account ID',
} as const;

/** @throws FieldProblem if the credential lacks this part */
export function requirePart(account: Account, part: keyof typeof labels): string {
	if (account[part] !== '') return account[part];
	const label = labels[part];
	throw new FieldProblem(
		label,
		'is empty in the credential',
		`Copy it from ${whereToFind[label]}.`,
	);
}
