import { isUnclosed, type QuestionState } from '../store/questions/questionStore';
import type { Answer } from './question';
import type { Rule } from './wait';

/** The option that approves, and the one that denies. */
export const APPROVE = 'approve';
export const DENY = 'deny';

/** The option by which somebody who denies gives no reason. */
export const SKIP = 'skip';

/** What one of the people who were asked has answered. */
export interface Reply {
	state: QuestionState;
	/** The answer to the last step; null without one. */
	answer: Answer | null;
}

/** `undecided` as long as other answers can still change it. */
export type Decision = 'undecided' | 'answered' | 'unanswered';

/**
 * Whether what has been answered is enough. A request is `unanswered` once those who can still answer
 * are too few.
 */
export function decide(rule: Rule, replies: readonly Reply[]): Decision {
	const answered = replies.filter(({ state }) => state === 'answered');
	const waiting = replies.filter(isUnclosed).length;
	if (rule.firstWins && answered.length > 0) return 'answered';
	if (rule.isApproval) {
		const approvals = answered.filter(isApproval).length;
		const denials = answered.length - approvals;
		if (approvals >= rule.needed || (denials > 0 && denials > replies.length - rule.needed))
			return 'answered';
		return approvals + waiting < rule.needed ? 'unanswered' : 'undecided';
	}
	if (answered.length >= rule.needed) return 'answered';
	return answered.length + waiting < rule.needed ? 'unanswered' : 'undecided';
}

/** Whether an approval was given, after it has been decided. */
export function isApproved(rule: Rule, replies: readonly Reply[]): boolean {
	const answered = replies.filter(({ state }) => state === 'answered');
	const approvals = answered.filter(isApproval).length;
	return rule.firstWins ? approvals > 0 : approvals >= rule.needed;
}

const isApproval = ({ answer }: Reply): boolean => answer?.id === APPROVE;
