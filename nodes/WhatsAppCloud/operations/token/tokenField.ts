import type { INodeProperties } from 'n8n-workflow';
import { tokenIn, type Account } from '../../graph/account';
import { inactiveToken } from '../../graph/endpoints/debugToken';
import { choiceOf } from '../../values/choice';
import { optionalId } from '../../values/id';
import { report, type Problems } from '../../values/schema/singleStep';
import { FieldProblem } from '../../values/problem';

const which = ['active', 'standby', 'pasted'] as const;

type Which = (typeof which)[number];

/**
 * A token of the credential, or one that is pasted.
 *
 * @param purpose what is done with it: `check`
 */
export const tokenFields = (purpose: string, pastedHint: string): INodeProperties[] => [
	{
		displayName: 'Token',
		name: 'token',
		type: 'options',
		options: [
			{
				name: 'Active Token',
				value: 'active',
				description: 'The token of the credential that the nodes use now',
			},
			{
				name: 'Standby Token',
				value: 'standby',
				description: 'The other token of the credential',
			},
			{ name: 'Pasted Token', value: 'pasted', description: 'A token that you enter below' },
		],
		default: 'active',
		description: `Which token to ${purpose}`,
	},
	{
		displayName: `Token to ${purpose.charAt(0).toUpperCase()}${purpose.slice(1)}`,
		name: 'pastedToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		// Not `required`, or n8n would also demand it if an expression sets Token.
		displayOptions: { show: { token: ['pasted'] } },
		description: pastedHint,
	},
];

export const tokenShape = {
	token: choiceOf(which).default('active'),
	pastedToken: optionalId(4096),
};

/** The values of the fields. */
interface TokenValues {
	token: Which;
	pastedToken?: string | undefined;
}

/** Reports a pasted token that is not there. */
export function checkPasted({ token, pastedToken }: TokenValues, problems: Problems): void {
	if (token !== 'pasted' || pastedToken !== undefined) return;
	report(problems, ['pastedToken'], 'is empty; paste the token');
}

/** @throws FieldProblem if the credential has no standby token */
export function chosenToken(account: Account, { token, pastedToken = '' }: TokenValues): string {
	if (token === 'pasted') return pastedToken;
	const value = token === 'active' ? tokenIn(account, account.activeToken) : inactiveToken(account);
	if (value !== '') return value;
	throw new FieldProblem(
		'Token',
		'is set to the standby token, but the credential has none',
		'Fill Standby Access Token in the credential, or choose another token.',
	);
}
