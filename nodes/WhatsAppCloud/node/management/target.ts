import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { businessAccountField } from '../../fields/locators/businessAccountField';
import { senderField } from '../../fields/senderField';
import { whereToFind } from '../../graph/credential/whereToFind';
import { optionalId } from '../../values/id';
import { FieldProblem } from '../../values/problem';
import type { Run } from '../run';
import { senderOf } from '../sender';

/** What an operation works on at Meta: the field that names it, and its ID. */
export interface Target<Shape extends z.ZodRawShape = z.ZodRawShape> {
	/** Label of the field, for errors about the ID. */
	label: string;
	fields: INodeProperties[];
	/** Schemas of these fields, by parameter name. */
	shape: Shape;
	/**
	 * The ID to call.
	 *
	 * @throws FieldProblem if there is none
	 */
	idOf(run: Run, values: z.output<z.ZodObject<Shape>>): string;
}

/** A business phone number; by default, the credential's. */
export const phoneNumber = targetOf({
	label: 'Phone Number',
	fields: [
		{
			...senderField,
			displayName: 'Phone Number',
			description:
				"The business phone number. Leave empty for the credential's default phone number.",
		},
	],
	shape: { phoneNumberId: optionalId(64) },
	idOf: (run, { phoneNumberId }) => senderOf(run, phoneNumberId, 'Phone Number'),
});

/** A WhatsApp Business account; by default, the credential's. */
export const businessAccount = targetOf({
	label: 'Business Account',
	fields: [businessAccountField],
	shape: { businessAccountId: optionalId(64) },
	idOf(run, { businessAccountId = run.account.businessAccountId }) {
		if (/^\d+$/.test(businessAccountId)) return businessAccountId;
		const isEmpty = businessAccountId === '';
		throw new FieldProblem(
			'Business Account',
			isEmpty ? 'is empty' : 'must be the ID of an account, which consists of digits only',
			`Pick one from the list, or set WhatsApp Business Account ID in the credential: ${whereToFind['WhatsApp Business Account ID']}.`,
		);
	},
});

/** Infers the exact types of a target. */
export function targetOf<Shape extends z.ZodRawShape>(target: Target<Shape>): Target<Shape> {
	return target;
}
