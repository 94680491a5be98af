/** What Meta writes into an authentication template. */
interface AuthenticationTexts {
	body: string;
	advice: string;
	footer: string;
	copy: string;
	autofill: string;
}

type Texts = Omit<AuthenticationTexts, 'footer'> & { footer: (minutes: number) => string };

const english: Texts = {
	body: '*{{1}}* is your verification code.',
	advice: 'For your security, do not share this code.',
	footer: (minutes) => `This code expires in ${minutes} minute${minutes === 1 ? '' : 's'}.`,
	copy: 'Copy code',
	autofill: 'Autofill',
};

/** By the language without its country; all others read in English. */
const byLanguage: ReadonlyMap<string, Texts> = new Map([
	['en', english],
	[
		'de',
		{
			body: '*{{1}}* ist dein Verifizierungscode.',
			advice: 'Teile diesen Code zu deiner Sicherheit mit niemandem.',
			footer: (minutes) => `Dieser Code läuft in ${minutes} Minute${minutes === 1 ? '' : 'n'} ab.`,
			copy: 'Code kopieren',
			autofill: 'Automatisch ausfüllen',
		},
	],
	[
		'es',
		{
			body: 'Tu código de verificación es *{{1}}*.',
			advice: 'Por tu seguridad, no lo compartas.',
			footer: (minutes) => `Este código caduca en ${minutes} minuto${minutes === 1 ? '' : 's'}.`,
			copy: 'Copiar código',
			autofill: 'Autocompletar',
		},
	],
	[
		'fr',
		{
			body: 'Votre code de vérification est *{{1}}*.',
			advice: 'Pour votre sécurité, ne le partagez pas.',
			footer: (minutes) => `Ce code expire dans ${minutes} minute${minutes === 1 ? '' : 's'}.`,
			copy: 'Copier le code',
			autofill: 'Remplir automatiquement',
		},
	],
	[
		'pt',
		{
			body: 'Seu código de verificação é *{{1}}*.',
			advice: 'Para sua segurança, não o compartilhe.',
			footer: (minutes) => `Este código expira em ${minutes} minuto${minutes === 1 ? '' : 's'}.`,
			copy: 'Copiar código',
			autofill: 'Preencher automaticamente',
		},
	],
]);

/** The texts in a template's language. @param minutes until the code expires; null: no footer */
export function authenticationTexts(language: string, minutes: number | null): AuthenticationTexts {
	const texts = byLanguage.get(language.split('_')[0] ?? '') ?? english;
	return { ...texts, footer: minutes === null ? '' : texts.footer(minutes) };
}
