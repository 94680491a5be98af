/**
 * The translation for a recipient: in exactly this language, else in the same language of another
 * country, else in the default one.
 *
 * @param available the languages of the template, as Meta writes them: `en`, `en_US`
 * @param wanted the recipient's language: `de-AT`, `pt_BR`, `es`
 * @param fallback the language of the template that was picked
 * @returns null if not even the default is there
 */
export function bestLanguage(
	available: readonly string[],
	wanted: string,
	fallback: string,
): string | null {
	const [language = '', country] = partsOf(wanted);
	const same = available.filter((code) => partsOf(code)[0] === language);
	return (
		same.find((code) => partsOf(code)[1] === country) ??
		same.find((code) => partsOf(code)[1] === undefined) ??
		same.find((code) => code === fallback) ??
		same.toSorted()[0] ??
		available.find((code) => code === fallback) ??
		null
	);
}

/** Language and country, if it has one, in lower case. */
const partsOf = (code: string): string[] => code.trim().toLowerCase().split(/[-_]/);
