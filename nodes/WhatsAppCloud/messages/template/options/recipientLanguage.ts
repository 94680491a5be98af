import type { INodeProperties } from 'n8n-workflow';
import { optionalText, readAt } from '../../../values/schema/reading';
import type { Problems } from '../../../values/schema/singleStep';
import { report } from '../../../values/row';
import { objectOf } from '../../../values/unknown';

/** For people who read different languages. */
export const languageOption: INodeProperties = {
	displayName: 'Recipient Language',
	name: 'recipientLanguage',
	type: 'string',
	default: '',
	placeholder: 'e.g. de or pt_BR',
	hint: 'The translation in exactly this language is sent, else one in the same language, else the one that is chosen above',
	description:
		'The language of the person, mostly an expression. The translations are looked up once a minute.',
};

/** Language, script, country or region, and what a locale of an operating system adds. */
const form = /^([a-z]{2,3})(?:[-_][a-z]{4})?(?:[-_]([a-z]{2}|\d{3}))?(?:[.@].*)?$/i;

const written = optionalText(20);

/**
 * Reads the option in the notations of contacts and systems: `de`, `pt_BR`, `zh-Hant-TW`, `es-419`,
 * `en_GB.UTF-8`. Undefined sends the template in its own language.
 */
export function readLanguage(options: unknown, problems: Problems): string | undefined {
	const given = objectOf(options)[languageOption.name];
	if (given === undefined) return undefined;
	const path = ['options', languageOption.name];
	const language = readAt(written, given, path, problems)?.trim();
	if (language === undefined) return undefined;
	const [, code, country = ''] = form.exec(language) ?? [];
	// A region such as 419 is no country of Meta's languages.
	if (code !== undefined) return /^[a-z]+$/i.test(country) ? `${code}_${country}` : code;
	report(problems, path, 'must be a language code such as de, pt_BR or en-GB');
	return undefined;
}
