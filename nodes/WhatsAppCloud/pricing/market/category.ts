/** What Meta prices a message as. https://developers.facebook.com/docs/whatsapp/pricing */
export const categories = ['marketing', 'utility', 'authentication', 'service'] as const;

export type Category = (typeof categories)[number];

/**
 * Meta's name of a category, in any case: `MARKETING`, `MARKETING_LITE`.
 *
 * @returns null for one that no rate card has a price for, such as `AI_BOT`
 */
export function categoryOf(name: string): Category | null {
	const plain = name.trim().toLowerCase();
	if (plain === 'marketing_lite') return 'marketing';
	return categories.find((category) => category === plain) ?? null;
}
