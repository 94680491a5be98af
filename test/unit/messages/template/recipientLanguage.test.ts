import { readLanguage } from '../../../../nodes/WhatsAppCloud/messages/template/options/recipientLanguage';
import type { Problems } from '../../../../nodes/WhatsAppCloud/values/row';

function read(recipientLanguage: unknown): { language: string | undefined; problems: unknown[] } {
	const problems: Problems = { issues: [] };
	return { language: readLanguage({ recipientLanguage }, problems), problems: problems.issues };
}

test.each([
	['de', 'de'],
	['pt_BR', 'pt_BR'],
	['en-GB', 'en_GB'],
	['zh-Hant-TW', 'zh_TW'],
	['sr-Latn', 'sr'],
	['es-419', 'es'],
	['en-001', 'en'],
	['pt_BR.UTF-8', 'pt_BR'],
	['fil', 'fil'],
	['', undefined],
])('"%s" is read as %s', (given, language) => {
	expect(read(given)).toEqual({ language, problems: [] });
});

test.each(['deutsch', 'd', 'de_', '12', 'de-AT-x'])('"%s" is refused', (given) => {
	expect(read(given).problems).toHaveLength(1);
});
