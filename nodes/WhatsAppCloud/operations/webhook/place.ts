import type { INodeProperties } from 'n8n-workflow';
import { senderField } from '../../fields/senderField';
import type { Account } from '../../graph/account';
import { whereToFind } from '../../graph/whereToFind';
import { choiceOf } from '../../values/choice';
import { FieldProblem } from '../../values/problem';

/** Where at Meta an address can be registered. */
export const places = ['app', 'businessAccount', 'phoneNumber'] as const;

export const placeSchema = choiceOf(places);

/** The phone number, for the place that needs it. */
export const placeNumberField: INodeProperties = {
	...senderField,
	displayName: 'Phone Number',
	displayOptions: { show: { place: ['phoneNumber'] } },
	description: "The business phone number. Leave empty for the credential's default phone number.",
};

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
