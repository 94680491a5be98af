import {
	consentSignalIn,
	consentWords,
	plainWords,
} from '../../../nodes/WhatsAppCloud/contacts/consentWords';

const builtIn = consentWords({ optIn: null, optOut: null });
const said = (text: string | null, type = 'text', replyId: string | null = null) =>
	consentSignalIn({ type, text, replyId }, builtIn);

test.each([
	'STOP',
	' stop. ',
	'¡Stop!',
	'“StÖp”',
	'STOP 🛑',
	'ARRET',
	'arrêt',
	'Désabonner',
	'cancelar suscripcion',
	'CANCELAR INSCRIÇÃO',
	'Abmelden',
	'uitschrijven',
	'DISISCRIVIMI',
	'wypisz mnie',
	'ABONELİKTEN ÇIK',
	'abonelikten cik',
	'СТОП',
	'Отписаться',
	'إلغاء الاشتراك',
	'הסר',
	'बंद करो',
	'退订',
	'配信停止',
	'수신거부',
	'hủy đăng ký',
	'HUY DANG KY',
	'berhenti',
	'หยุด',
])('%s opts out', (text) => {
	expect(said(text)).toBe('optOut');
});

test.each([
	'please stop by',
	'Can you stop at the bakery?',
	'nonstop',
	"don't stop",
	'stop?? no, go on',
	'cancel',
	'Nein',
	'Red',
	'',
	'🛑',
	'x'.repeat(5_000),
])('%s says nothing about consent', (text) => {
	expect(said(text)).toBeNull();
});

test('buttons count by label and by ID, other types of messages do not', () => {
	expect(said('Stop promotions', 'button', 'Stop promotions')).toBe('optOut');
	expect(said('Not for me', 'interactive', 'OPT_OUT')).toBe('optOut');
	expect(said('Keep me in', 'interactive', 'opt-in')).toBe('optIn');
	expect(said('stop', 'image')).toBeNull();
	expect(said(null, 'audio')).toBeNull();
});

test('words to opt in, and the one that only takes an opt-out back', () => {
	expect(said('Subscribe')).toBe('optIn');
	expect(said('s’abonner')).toBe('optIn');
	expect(said('START')).toBe('resume');
});

test('words of a trigger take the place of the built-in ones', () => {
	const own = consentWords({ optIn: ['Ja, bitte'], optOut: ['Schluss', ' '] });
	const saidOwn = (text: string) => consentSignalIn({ type: 'text', text, replyId: null }, own);
	expect(['SCHLUSS!', 'ja bitte', 'stop', 'start', ' '].map(saidOwn)).toEqual([
		'optOut',
		'optIn',
		null,
		null,
		null,
	]);
	const none = consentWords({ optIn: null, optOut: [] });
	expect(consentSignalIn({ type: 'text', text: 'stop', replyId: null }, none)).toBeNull();
});

test('no built-in word is lost by making it plain, and none means both', () => {
	for (const word of [...builtIn.optOut, ...builtIn.optIn]) expect(word).toBe(plainWords(word));
	expect([...builtIn.optIn].filter((word) => builtIn.optOut.has(word))).toEqual([]);
});
