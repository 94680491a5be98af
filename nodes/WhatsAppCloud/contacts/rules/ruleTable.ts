import { consent } from './consentRule';
import { capRule, engagement, isCapped } from './frequency';
import { quiet } from './quiet';
import type { ContactRules } from './rules';
import {
	isMarketing,
	type Blocked,
	type GuardedMessage,
	type Rule,
	type Situation,
} from './situation';
import { takenOver } from './takenOver';
import { windowRule } from './windowRule';

/** All rules, in the order in which they are asked: what holds for longest comes first. */
const ruleTable: readonly Rule[] = [takenOver, consent, windowRule, engagement, quiet, capRule];

/** Asks every rule whether a message may go. @returns the first that forbids it; null if none does */
export function blockedBy(situation: Situation): Blocked | null {
	for (const rule of ruleTable) {
		const blocked = rule(situation);
		if (blocked !== null) return blocked;
	}
	return null;
}

/** What must be read besides the person before the rules can be asked. */
export interface Needs {
	counted: boolean;
	marketing: boolean;
}

/** Says what the rules ask for, so that nothing else is read. */
export function needsOf(message: GuardedMessage, rules: ContactRules): Needs {
	const forMarketing = isMarketing(message);
	return {
		counted: isCapped(rules.cap, forMarketing),
		marketing: rules.unread !== null && forMarketing,
	};
}
