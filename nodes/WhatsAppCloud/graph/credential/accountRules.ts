import { z } from 'zod/v4';
import { parseTimeOfDay } from '../../time/hours';

/** What an account's messages to persons keep to, unless a node says otherwise. */
export interface AccountRules {
	/** What is done with a free-form message whose person's window is closed. */
	ifClosed: 'block' | 'directSend' | 'try';
	marketingConsent: 'notOptedOut' | 'optedIn';
	/** Marketing messages per person and week; null for no cap. */
	marketingCap: number | null;
	/** Minutes since midnight; null for none. */
	quietHours: { from: number; to: number } | null;
}

const noHours = 'Quiet Hours for Marketing must be two times such as 21:00-08:00';

const quietHours = z
	.string({ error: noHours })
	.default('')
	.transform((text, context): AccountRules['quietHours'] => {
		if (text.trim() === '') return null;
		const [from = null, to = null, more] = text.split(/[-–]/).map(parseTimeOfDay);
		if (from !== null && to !== null && from !== to && more === undefined) return { from, to };
		context.issues.push({ code: 'custom', message: noHours, input: text });
		return z.NEVER;
	});

/** How the credential holds them. */
export const accountRulesFields = {
	rulesIfClosed: z
		.enum(['block', 'directSend', 'try'], {
			error: 'If the Window Is Closed must be block, directSend or try',
		})
		.default('block'),
	rulesMarketingConsent: z
		.enum(['notOptedOut', 'optedIn'], {
			error: 'Marketing Consent must be notOptedOut or optedIn',
		})
		.default('notOptedOut'),
	rulesMarketingCap: z.coerce
		.number({ error: 'Marketing Cap must be a number of messages' })
		.int({ error: 'Marketing Cap must be a whole number of messages' })
		.min(0, { error: 'Marketing Cap must be at least 0' })
		.max(1_000, { error: 'Marketing Cap can be at most 1,000 messages' })
		.default(0),
	rulesQuietHours: quietHours,
};

/** @param fields as checked */
export const toAccountRules = ({
	rulesIfClosed,
	rulesMarketingConsent,
	rulesMarketingCap,
	rulesQuietHours,
}: {
	[Name in keyof typeof accountRulesFields]: z.output<(typeof accountRulesFields)[Name]>;
}): AccountRules => ({
	ifClosed: rulesIfClosed,
	marketingConsent: rulesMarketingConsent,
	marketingCap: rulesMarketingCap === 0 ? null : rulesMarketingCap,
	quietHours: rulesQuietHours,
});
