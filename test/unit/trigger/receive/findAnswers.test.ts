import { normalise } from '../../../../nodes/WhatsAppCloud/events/normalise';
import type { JsonObject } from '../../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { parseAccountWithoutToken } from '../../../../nodes/WhatsAppCloud/graph/account';
import type { QuestionContent } from '../../../../nodes/WhatsAppCloud/questions/wait';
import type {
	OpenFor,
	OpenQuestion,
} from '../../../../nodes/WhatsAppCloud/store/questions/questionStore';
import { encodeText } from '../../../../nodes/WhatsAppCloud/trigger/deliveries/content';
import {
	findAnswers,
	lookUpAsked,
} from '../../../../nodes/WhatsAppCloud/trigger/receive/findAnswers';
import { namingOf } from '../../../../nodes/WhatsAppCloud/trigger/receive/naming';
import { messagesWebhook } from '../../events/fixture';
import { approval, number } from '../../questions/asked';

const accountOf = (hashIdentifiers: boolean) =>
	parseAccountWithoutToken({
		appSecret: 'secret',
		businessAccountId: '300000000000001',
		advancedSettings: true,
		hashIdentifiers,
	});

const ada = '4915123456789';

const text = (body: string, from = ada): JsonObject => ({
	id: `wamid.${from}.${body}`,
	from,
	timestamp: '1790000000',
	type: 'text',
	text: { body },
});

const tap = (id: string, from = ada): JsonObject => ({
	...text(id, from),
	type: 'interactive',
	interactive: { type: 'button_reply', button_reply: { id, title: 'Approve' } },
});

interface Open {
	questionId: string;
	of?: string;
	phoneNumberId?: string;
	content?: Partial<QuestionContent>;
}

/** What becomes of messages if these questions are open, the latest first. */
async function find(messages: JsonObject[], open: Open[], hashIdentifiers = false) {
	const account = accountOf(hashIdentifiers);
	const naming = namingOf(account);
	const events = normalise(messagesWebhook({ messages }));
	const keyOf = (waId: string) => naming.identifierKey(events[0] ?? fail(), `+${waId}`);
	const known = open.map(
		({ questionId, of = ada, phoneNumberId = '200000000000001', content }): OpenFor => {
			const whole: QuestionContent = {
				question: { steps: [approval], mostAttempts: null },
				recipient: `+${of}`,
				startsWorkflows: false,
				opening: null,
				...content,
			};
			return {
				questionId,
				waitId: `wait of ${questionId}`,
				phoneNumberId,
				personKey: keyOf(of),
				askedKey: keyOf(of),
				state: 'open',
				step: 0,
				content: encodeText(JSON.stringify(whole), account),
			};
		},
	);
	const questions = {
		openFor: async (_: string, keys: readonly string[]) =>
			await Promise.resolve(known.filter(({ askedKey }) => keys.includes(askedKey))),
		find: async (ids: readonly string[]): Promise<OpenQuestion[]> =>
			await Promise.resolve(
				[...known, closed].filter(({ questionId }) => ids.includes(questionId)),
			),
	};
	const inbox = { seen: async () => await Promise.resolve([new Set<string>(), new Set<string>()]) };
	const asked = await lookUpAsked(events, { questions, inbox }, naming);
	const consents = new Map(
		events
			.filter((event) => event.event === 'message' && event.text === 'STOP')
			.map((event) => [event, 'optedOut' as const]),
	);
	const { answers, withheld } = await findAnswers(asked, { questions, account, consents });
	return events.map((event) => ({
		answers: answers.get(event)?.questionId ?? null,
		isWithheld: withheld.has(event),
	}));
}

function fail(): never {
	throw new Error('no event');
}

const closed: OpenQuestion = {
	questionId: 'closed',
	waitId: 'wait',
	phoneNumberId: '200000000000001',
	personKey: `+${ada}`,
	state: 'answered',
	step: 0,
	content: '',
};

test.each([false, true])('a text and a tap answer (identifiers hashed: %s)', async (isHashed) => {
	const messages = [text('approve'), tap('q:abc:0:o1')];
	expect(await find(messages, [{ questionId: 'abc' }], isHashed)).toEqual([
		{ answers: 'abc', isWithheld: true },
		{ answers: 'abc', isWithheld: true },
	]);
});

test('what is asked on another number, or of somebody else, is not answered', async () => {
	const open = [
		{ questionId: 'abc', phoneNumberId: '999' },
		{ questionId: 'def', of: '491' },
	];
	expect(await find([text('approve')], open)).toEqual([{ answers: null, isWithheld: false }]);
});

test('a tap goes to the question it names, a text to the latest that it can answer', async () => {
	const steps = [number('Age')];
	const open = [
		{ questionId: 'new', content: { question: { steps, mostAttempts: null } } },
		{ questionId: 'old' },
	];
	const found = await find([tap('q:old:0:o0'), text('42')], open);
	expect(found.map(({ answers }) => answers)).toEqual(['old', 'new']);
});

test('a text that may be left to other workflows is', async () => {
	const wanted = { ...approval.wanted, otherText: 'leave' as const };
	const steps = [{ ...approval, wanted }];
	const open = [{ questionId: 'abc', content: { question: { steps, mostAttempts: null } } }];
	expect(await find([text('what is this?'), text('deny')], open)).toEqual([
		{ answers: null, isWithheld: false },
		{ answers: 'abc', isWithheld: true },
	]);
});

test('a word to opt out ends a question that leaves texts to other workflows, which get it, too', async () => {
	const wanted = { ...approval.wanted, otherText: 'leave' as const };
	const steps = [{ ...approval, wanted }];
	const open = [{ questionId: 'abc', content: { question: { steps, mostAttempts: null } } }];
	expect(await find([text('STOP')], open)).toEqual([{ answers: 'abc', isWithheld: false }]);
	expect(await find([text('STOP')], [{ questionId: 'abc' }])).toEqual([
		{ answers: 'abc', isWithheld: true },
	]);
	expect(await find([text('STOP')], [])).toEqual([{ answers: null, isWithheld: false }]);
});

test('an answer may start other workflows as well', async () => {
	const open = [{ questionId: 'abc', content: { startsWorkflows: true } }];
	expect(await find([text('deny')], open)).toEqual([{ answers: 'abc', isWithheld: false }]);
});

test('a tap on a question that is closed, or somebody else’s, does nothing at all', async () => {
	const messages = [tap('q:closed:0:o0'), tap('q:abc:0:o0', '4999'), tap('q:unknown:0:o0')];
	expect(await find(messages, [{ questionId: 'abc' }])).toEqual([
		{ answers: null, isWithheld: true },
		{ answers: null, isWithheld: true },
		{ answers: null, isWithheld: false },
	]);
});

test('a message in a group answers nothing', async () => {
	const message = { ...text('approve'), group_id: 'GROUP' };
	expect(await find([message], [{ questionId: 'abc' }])).toEqual([
		{ answers: null, isWithheld: false },
	]);
});
