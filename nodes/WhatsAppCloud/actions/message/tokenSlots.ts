import type { TokenChoice } from '../../delivery/deliver';
import { tokenIn, type Account, type TokenSlot } from '../../graph/account';

/** The slot of the credential that a token of a run stands in. */
export function slotOf(account: Account, token: TokenChoice['inUse']): TokenSlot {
	if (token === 'active') return account.activeToken;
	return account.activeToken === 'primary' ? 'standby' : 'primary';
}

/** Whether there is a token to change over to. */
export function hasOtherToken(account: Account): boolean {
	return tokenIn(account, slotOf(account, 'standby')) !== '';
}
