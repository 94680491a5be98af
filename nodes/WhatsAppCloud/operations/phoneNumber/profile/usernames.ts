import {
	complete,
	defineGraphOperation,
	partReader,
	partsOf,
} from '../../../node/management/graphOperation';
import { phoneNumber } from '../../../node/management/target';
import { choiceOf } from '../../../values/choice';
import { idOfForm } from '../../../values/id';
import { objectOf } from '../../../values/unknown';
import { defineOperation } from '../../../node/operation';

const permission = 'whatsapp_business_management';

/** Meta's rules besides the letters. */
const isUsername = (name: string): boolean =>
	/^[a-z0-9._]{3,35}$/i.test(name) && /[a-z]/i.test(name) && !/^\.|\.$|\.\.|^www\b/i.test(name);

/** All texts below `data`, in whatever lists Meta puts them. */
const textsIn = (value: unknown): string[] => {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap(textsIn);
	return Object.values(objectOf(value)).flatMap(textsIn);
};

const usernameShape = {
	phoneNumberId: 'string',
	username: 'string',
	status: 'string',
	suggestions: ['string'],
} as const;

/**
 * The number's username, and those that Meta has reserved for it.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
export const getUsername = defineOperation({
	...partsOf({
		name: 'Get Username',
		action: 'Get username of a phone number',
		description: "Get the number's username, its status, and the usernames that Meta suggests",
		permission,
		target: phoneNumber,
		shape: {},
		outputSchema: usernameShape,
	}),
	async execute(run, values) {
		const id = phoneNumber.idOf(run, values);
		const read = partReader({ permission, target: phoneNumber }, { run, id });
		const [{ username, status }, suggested] = await Promise.all([
			read({ edge: 'username' }),
			read({ edge: 'username_suggestions' }),
		]);
		return complete(
			{
				phoneNumberId: id,
				username: (username as string | undefined) ?? null,
				status: (status as string | undefined) ?? null,
				suggestions: textsIn(suggested['data']),
			},
			usernameShape,
		);
	},
});

/** Claims or changes the username. */
export const setUsername = defineGraphOperation({
	name: 'Set Username',
	action: 'Set username of a phone number',
	description: 'Claim a username for the number, or change it',
	permission,
	target: phoneNumber,
	fields: [
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. luckyshrub',
			hint: '3 to 35 letters, digits, periods and underscores, without @',
		},
		{
			displayName: 'If Another Number Has It',
			name: 'transfer',
			type: 'options',
			options: [
				{ name: 'Fail', value: 'none' },
				{
					name: 'Take It Over',
					value: 'force_transfer',
					description: 'From another number of the same business portfolio, which loses it',
				},
			],
			default: 'none',
		},
	],
	shape: {
		username: idOfForm(/^@?[\w.]+$/, 'can have letters, digits, periods and underscores only')
			.transform((name) => name.replace(/^@/, ''))
			.refine(isUsername, {
				error:
					'must have 3 to 35 characters with a letter among them; no period may begin, end or follow another',
			}),
		transfer: choiceOf(['none', 'force_transfer']).default('none'),
	},
	request: ({ username, transfer }) => ({
		method: 'POST',
		edge: 'username',
		isIdempotent: true,
		json: { username, ...(transfer === 'none' ? {} : { transfer_action: transfer }) },
	}),
	item: ({ status }, { username }, { id }) => ({
		phoneNumberId: id,
		username,
		status: status ?? null,
	}),
	outputSchema: { phoneNumberId: 'string', username: 'string', status: 'string' },
});

/** Gives up the username. */
export const deleteUsername = defineGraphOperation({
	name: 'Delete Username',
	action: 'Delete username of a phone number',
	description: "Give up the number's username, so that others can claim it",
	permission,
	target: phoneNumber,
	shape: {},
	request: () => ({ method: 'DELETE', edge: 'username', isIdempotent: true }),
	item: (_, __, { id }) => ({ deleted: true, phoneNumberId: id }),
	outputSchema: { deleted: 'boolean', phoneNumberId: 'string' },
});
