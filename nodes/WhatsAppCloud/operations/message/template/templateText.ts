import type { Run } from '../../../node/run';
import { valuesIn } from '../../../templates/messageValues';
import { filledText, planOf } from '../../../templates/plan';
import { objectOf } from '../../../values/unknown';
import { templatesNamed } from './templateNow';

/**
 * What a template says to its recipient, filled in. If the panel does not know it, it is looked up,
 * at most once a minute.
 *
 * @param body of the request
 * @param known by the panel
 * @returns null for any other message, and if Meta does not tell
 */
export async function templateTextOf(
	run: Run,
	body: Readonly<Record<string, unknown>>,
	known: string | null,
): Promise<string | null> {
	if (known !== null || body['type'] !== 'template') return known;
	const { name, language, components } = objectOf(body['template']);
	const { code } = objectOf(language);
	if (typeof name !== 'string' || run.account.businessAccountId === '') return null;
	// The message must not fail because its text cannot be looked up.
	const translations = await templatesNamed(run, name).catch(() => []);
	const template = translations.find((each) => each.language === code);
	return template === undefined ? null : filledText(planOf(template), valuesIn(components));
}
