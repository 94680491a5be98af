import { tokenIn, type Account, type TokenSlot } from './account';

/** The two tokens of a credential, and which of them is in use. */
export interface TokenChoice {
	/** `active`: the one that the credential says; `standby`: the other one. */
	inUse: 'active' | 'standby';
	readonly hasStandby: boolean;
}

/** The choice that all calls of a run share: if one of them finds a token refused, all know. */
export const createTokenChoice = (account: Account): TokenChoice => ({
	inUse: 'active',
	hasStandby: tokenIn(account, slotOf(account, 'standby')) !== '',
});

/** The slot of the credential that a token of a run stands in. */
export function slotOf(account: Account, token: TokenChoice['inUse']): TokenSlot {
	if (token === 'active') return account.activeToken;
	return account.activeToken === 'primary' ? 'standby' : 'primary';
}
