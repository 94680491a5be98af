import { tokenIn, type Account, type TokenSlot } from './account';

/** A credential's two tokens, and which of them is in use; `steps/standbyToken.ts` changes it. */
export interface TokenChoice {
	/** `active`: the one the credential selects; `standby`: the other one. */
	inUse: 'active' | 'standby';
	readonly hasStandby: boolean;
}

/** All calls of a run share this choice: if Meta refuses one call's token, all of them know. */
export const createTokenChoice = (account: Account): TokenChoice => ({
	inUse: 'active',
	hasStandby: tokenIn(account, tokenSlotOf(account, 'standby')) !== '',
});

/** The credential slot that holds a run's token. */
export function tokenSlotOf(account: Account, token: TokenChoice['inUse']): TokenSlot {
	if (token === 'active') return account.activeToken;
	return account.activeToken === 'primary' ? 'standby' : 'primary';
}
