import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { senderField } from '../../fields/senderField';
import type { Account } from '../../graph/account';
import { FieldProblem } from '../../values/problem';

/** The places at Meta where an address can be registered. */
export const places = ['app', 'businessAccount', 'phoneNumber'] as const;

export const placeSchema = z.enum(places, {
	error: 'must be one of app, businessAccount, phoneNumber',
});

/** The phone number, for the place that needs one. */
export const placeNumberField: INodeProperties = {
	...senderField,
	displayName: 'Phone Number',
	displayOptions: { show: { place: ['phoneNumber'] } },
	description: "The business phone number. Leave empty for the credential's default phone number.",
};

const whereToFind = {
	appId: ['App ID', 'App Dashboard → App settings → Basic → App ID'],
	appSecret: ['App Secret', 'App Dashboard → App settings → Basic → App secret'],
	businessAccountId: ['WhatsApp Business Account ID', 'App Dashboard → WhatsApp → API Setup'],
} as const;

/** @throws FieldProblem where the credential lacks the part */
export function requirePart(account: Account, part: keyof typeof whereToFind): string {
	if (account[part] !== '') return account[part];
	const [name, where] = whereToFind[part];
	throw new FieldProblem(name, 'is empty in the credential', `Copy it from ${where}.`);
}
