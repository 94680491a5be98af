import { bestLanguage } from '../../../nodes/WhatsAppCloud/templates/languages';

const available = ['en_US', 'en_GB', 'de', 'pt_BR', 'es_MX', 'es_AR'];

test.each([
	['en_GB', 'en_GB'],
	['en-gb', 'en_GB'],
	['de_AT', 'de'],
	['de', 'de'],
	['pt', 'pt_BR'],
	['pt_PT', 'pt_BR'],
	['en', 'en_US'],
	['en_AU', 'en_US'],
	['es_ES', 'es_AR'],
	['fr', 'en_US'],
	['', 'en_US'],
])('a recipient who reads "%s" gets %s', (wanted, expected) => {
	expect(bestLanguage(available, wanted, 'en_US')).toBe(expected);
});

test('without the default there is none', () => {
	expect(bestLanguage(['de'], 'fr', 'en_US')).toBeNull();
});
