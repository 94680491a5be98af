import { itemsOf, onlyJson } from '../node/account';
import { AskedPeople, targetsOf } from './askedPeople';

const people = new AskedPeople();
let ada: string;

beforeEach(async () => {
	await people.open();
	ada = people.somebody();
});

const ask = async (parameters: Record<string, unknown>) =>
	await people.ask({ recipient: ada, message: 'Tell me', ...parameters });

/** Says something that answers, and returns the item. */
async function answered(): Promise<Record<string, unknown>> {
	return onlyJson(await people.callOne());
}

const choices = (...titles: string[]) => ({
	responseType: 'choice',
	choicesInput: 'json',
	choicesJson: JSON.stringify(titles),
});

test('of eleven choices, the second page is asked for and one of it tapped', async () => {
	const titles = Array.from({ length: 11 }, (_, index) => `Size ${index + 1}`);
	await ask(choices(...titles));
	await people.tap(ada, '→ 2/2');
	expect((await people.callOne()).answer).toBe('waiting');
	const [, second] = await people.chatOf(ada);
	expect(targetsOf(second?.body ?? {}).map(({ title }) => title)).toEqual([
		'Size 10',
		'Size 11',
		'→ 1/2',
	]);
	await people.tap(ada, 'Size 11');
	expect(await answered()).toMatchObject({ answer: { id: 'Size 11', value: 'Size 11' } });
});

test.each(['LARGE', 'lärge', '2', 'the second', 'Lagre'])(
	'%s written is the second choice',
	async (text) => {
		await ask(choices('Small', 'Large', 'Huge'));
		await people.say(ada, text);
		expect(await answered()).toMatchObject({ answer: { id: 'Large', title: 'Large' } });
	},
);

test('what fits no choice is asked again, taken, or left to others', async () => {
	await ask({ ...choices('Small', 'Large'), options: { retryText: 'Please tap' } });
	await people.say(ada, 'whatever');
	expect((await people.callOne()).answer).toBe('waiting');
	expect(await people.textsOf(ada)).toEqual(['Tell me', 'Please tap']);
	await people.tap(ada, 'Small');
	expect(await answered()).toMatchObject({ answer: { id: 'Small' } });

	await ask({ ...choices('Small', 'Large'), otherText: 'accept' });
	await people.say(ada, 'Medium');
	expect(await answered()).toMatchObject({ answer: { id: null, title: null, text: 'Medium' } });

	await ask({ ...choices('Small', 'Large'), otherText: 'leave' });
	await people.say(ada, 'By the way');
	expect(await people.call()).toEqual([]);
	await people.tap(ada, 'Large');
	await people.callOne();
});

test('a number is checked, with a retry text, until the attempts are used up', async () => {
	const number = { responseType: 'freeText', textFormat: 'number', min: 1, max: 10 };
	const options = { retryText: 'A number from 1 to 10, please', maxAttempts: 2 };
	await ask({ ...number, options });
	await people.say(ada, 'eleven');
	expect((await people.callOne()).answer).toBe('waiting');
	await people.say(ada, '7');
	expect(await answered()).toMatchObject({ answer: { text: '7', value: 7 } });
	expect(await people.textsOf(ada)).toEqual(['Tell me', options.retryText]);

	await ask({ ...number, options });
	for (const text of ['11', '0']) await people.say(ada, text);
	const called = await people.callOne();
	expect(itemsOf(called, 0)).toEqual([]);
	expect(itemsOf(called, 1)[0]?.json).toMatchObject({ reason: 'attempts', answer: null });
});

test.each<[string, Record<string, unknown>, string, unknown]>([
	['e-mail', { textFormat: 'email' }, 'ada@example.com', 'ada@example.com'],
	['date', { textFormat: 'date', earliest: '2026-01-01' }, '3.4.2026', '2026-04-03'],
	['phone', { textFormat: 'phone' }, '+49 151 23456789', '+4915123456789'],
	['one of', { textFormat: 'oneOf', allowed: 'red, green' }, 'GREEN', 'green'],
	['pattern', { textFormat: 'pattern', pattern: '^[a-z]{2}\\d$' }, 'AB1', 'AB1'],
])('a text that must be: %s', async (_, format, text, value) => {
	await ask({ responseType: 'freeText', ...format });
	await people.say(ada, text);
	expect(await answered()).toMatchObject({ answer: { text, value } });
});

test('a place and a contact answer; a picture where text was asked does not', async () => {
	await ask({ responseType: 'location' });
	await people.say(ada, { type: 'location', location: { latitude: 52.5, longitude: 13.4 } });
	expect(await answered()).toMatchObject({
		answer: { value: { latitude: 52.5, longitude: 13.4 } },
	});

	await ask({ responseType: 'contact' });
	const contacts = [{ name: { formatted_name: 'Grace' }, phones: [{ phone: '+49 30 1' }] }];
	await people.say(ada, { type: 'contacts', contacts });
	expect(await answered()).toMatchObject({
		answer: { value: [{ name: { formattedName: 'Grace' } }] },
	});

	await ask({ responseType: 'freeText' });
	await people.say(ada, { type: 'image', image: { id: '1', mime_type: 'image/png' } });
	expect((await people.callOne()).answer).toBe('waiting');
	await people.say(ada, 'words');
	expect(await answered()).toMatchObject({ answer: { text: 'words' } });
});

test('a photo comes as a file; what cannot be fetched is told', async () => {
	const { id } = await people.incomingFile(Buffer.from('a picture'), 'image/png');
	await ask({ responseType: 'media', fileTypes: ['image'], mimeTypes: 'image/*' });
	await people.say(ada, { type: 'document', document: { id, mime_type: 'application/pdf' } });
	expect((await people.callOne()).answer).toBe('waiting');
	await people.say(ada, { type: 'image', image: { id, mime_type: 'image/png', caption: 'Mine' } });
	const [item] = itemsOf(await people.callOne());
	expect(item?.json).toMatchObject({ answer: { text: 'Mine', value: null, file: 'data' } });
	expect(item?.binary?.['data']).toMatchObject({ mimeType: 'image/png', fileSize: 9 });

	await ask({ responseType: 'media' });
	await people.say(ada, { type: 'image', image: { id: '404', mime_type: 'image/png' } });
	expect(await answered()).toMatchObject({
		answer: { file: null, fileProblem: expect.stringMatching(/\w/) },
	});
});

test('a form asks one question after the other', async () => {
	await ask({
		responseType: 'form',
		message: 'Your address, please.',
		questionsInput: 'json',
		questionsJson: JSON.stringify([
			{ name: 'street', text: 'Street?' },
			{
				name: 'zip',
				text: 'Postal code?',
				kind: 'pattern',
				pattern: '^\\d{5}$',
				retryText: 'Five digits',
			},
			{ name: 'size', text: 'Size?', kind: 'choice', choices: 'S, L' },
		]),
	});
	await people.say(ada, 'Main Street 1');
	await people.callOne();
	await people.say(ada, 'none');
	await people.callOne();
	await people.say(ada, '12345');
	await people.callOne();
	await people.tap(ada, 'L');
	expect(await answered()).toMatchObject({
		answers: { street: { value: 'Main Street 1' }, zip: { value: '12345' }, size: { id: 'L' } },
	});
	expect(await people.textsOf(ada)).toEqual([
		'Your address, please.\n\nStreet?',
		'Postal code?',
		'Five digits',
		'Size?',
	]);
});

test('the answers of a Flow belong to the question that its token names', async () => {
	const asked = await ask({
		responseType: 'form',
		formType: 'flow',
		flow: { __rl: true, mode: 'id', value: '600000000000001' },
		buttonText: 'Open',
	});
	expect(asked.error).toBeUndefined();
	const [sent] = await people.chatOf(ada);
	const { interactive } = sent?.body as { interactive: { action: { parameters: object } } };
	const { flow_token: token } = interactive.action.parameters as { flow_token: string };
	await people.say(ada, {
		type: 'interactive',
		interactive: {
			type: 'nfm_reply',
			nfm_reply: {
				name: 'flow',
				body: 'Sent',
				response_json: JSON.stringify({ flow_token: token, city: 'Paris' }),
			},
		},
	});
	expect(await answered()).toMatchObject({ answer: { value: { city: 'Paris' } } });
});
