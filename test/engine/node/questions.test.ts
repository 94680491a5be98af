import type { QuestionContent } from '../../../nodes/WhatsAppCloud/questions/wait';
import type {
	NewQuestion,
	QuestionState,
} from '../../../nodes/WhatsAppCloud/store/questions/questionStore';
import { seal } from '../../../nodes/WhatsAppCloud/store/sealedText';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { approval, number } from '../../unit/questions/asked';
import { useEngine, useSimulator } from '../harness';
import { UserFolder } from '../trigger/store';
import { appSecret, credentials, ids, itemsOf } from './account';

const folder = new UserFolder();
const simulator = useSimulator();
const engine = useEngine({ N8N_USER_FOLDER: folder.path });
let store: Store;
const startedAt = Date.now() - 60_000;

const ada = '+15550201001';
const grace = '+15550201002';

const contentOf = (recipient: string): QuestionContent => ({
	question: { steps: [approval, number('Age')], mostAttempts: null },
	recipient,
	startsWorkflows: false,
	opening: null,
});

async function ask(
	questionId: string,
	changes: Partial<NewQuestion> & { executionId?: string; accountKey?: string } = {},
): Promise<void> {
	const { executionId = `execution of ${questionId}`, accountKey = ids.businessAccount } = changes;
	const personKey = changes.personKey ?? ada;
	await store.questions.start(
		{
			waitId: `wait of ${questionId}`,
			accountKey,
			appKey: 'app',
			workflowId: 'shop',
			executionId,
			nodeId: 'node',
			nodeName: 'Ask',
			resumeUrl: '',
			content: '{}',
		},
		[
			{
				questionId,
				phoneNumberId: ids.phoneNumber,
				personKey,
				itemIndex: 0,
				place: 0,
				content: JSON.stringify(contentOf(personKey)),
				whenAsked: 'wait',
				...changes,
			},
		],
		startedAt,
	);
}

async function close(questionId: string, state: QuestionState): Promise<void> {
	const held = await store.questions.hold(`wait of ${questionId}`, 'test', 30_000, startedAt);
	if (held === null || held === 'held') throw new Error(questionId);
	const questions = held.questions.map((each) => ({ ...each, state, closedAt: startedAt + 1_000 }));
	const changes = { questions, read: [], isDecided: false, dueAt: null };
	await store.questions.update(`wait of ${questionId}`, 'test', changes, startedAt);
}

const run = async (
	operation: string,
	parameters: Record<string, unknown>,
	account: Record<string, unknown> = {},
) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters: { resource: 'message', operation, ...parameters },
		credentials: credentials(simulator.url, account),
	});

const listed = async (parameters: Record<string, unknown> = {}) =>
	itemsOf(await run('getQuestions', parameters)).map(({ json }) => json['questionId']);

beforeAll(async () => {
	store = await folder.openStore();
	await ask('a');
	await ask('b');
	await ask('c', { personKey: grace, executionId: '7' });
	await ask('d', { personKey: grace });
	await close('c', 'answered');
	await ask('foreign', { accountKey: 'other' });
});
afterAll(async () => await folder.remove());

test('open questions are listed by default, with where they stand', async () => {
	const items = itemsOf(await run('getQuestions', {}));
	expect(items.map(({ json }) => [json['questionId'], json['state']])).toEqual([
		['a', 'asking'],
		['b', 'queued'],
		['d', 'queued'],
	]);
	expect(items[0]?.json).toEqual({
		questionId: 'a',
		state: 'asking',
		text: 'Pay 500 €?',
		recipient: ada,
		phoneNumberId: ids.phoneNumber,
		messageId: null,
		step: 0,
		steps: 2,
		attempts: 0,
		isReminded: false,
		createdAt: new Date(startedAt).toISOString(),
		askedAt: null,
		expiresAt: null,
		closedAt: null,
		workflowId: 'shop',
		executionId: 'execution of a',
		nodeName: 'Ask',
		itemIndex: 0,
	});
});

test.each([
	[{ states: [] }, ['a', 'b', 'c', 'd']],
	[{ states: ['answered'] }, ['c']],
	[{ states: ['timedOut', 'cancelled'] }, []],
	[{ states: [], options: { executionId: '7' } }, ['c']],
	[{ states: [], options: { recipient: '+1 555 020 1002' } }, ['c', 'd']],
	[{ states: [], options: { workflowId: 'other' } }, []],
	[{ states: [], options: { phoneNumberId: '999' } }, []],
	[{ states: [], limit: 2 }, ['a', 'b']],
	[{ states: [], returnAll: true }, ['a', 'b', 'c', 'd']],
])('%j lists %j', async (parameters, expected) => {
	expect(await listed(parameters)).toEqual(expected);
});

test('a list of several pages is whole', async () => {
	for (let index = 0; index < 501; index++) {
		await ask(`page${index}`, { personKey: `+1555777${1000 + index}`, executionId: `p${index}` });
	}
	expect(await listed({ returnAll: true, options: { workflowId: 'shop' } })).toHaveLength(504);
}, 60_000);

test('an encrypted question is readable with the app secret alone', async () => {
	const content = seal(JSON.stringify(contentOf('+15550209999')), appSecret);
	await ask('sealed', { personKey: 'hmac:1', executionId: 'sealed', content });
	const find = async (account: Record<string, unknown>) =>
		itemsOf(await run('getQuestions', { options: { executionId: 'sealed' } }, account))[0]?.json;
	expect(await find({})).toMatchObject({ text: 'Pay 500 €?', recipient: '+15550209999' });
	const hashed = { advancedSettings: true, hashIdentifiers: true };
	expect(await find({ ...hashed, appSecret: 'f'.repeat(32) })).toMatchObject({
		text: null,
		recipient: null,
	});
});

test('a cancelled question makes its execution due, once', async () => {
	const cancel = async () => itemsOf(await run('cancelQuestion', { questionId: 'b' }))[0]?.json;
	expect(await cancel()).toMatchObject({ cancelled: true, questionId: 'b', state: 'cancelled' });
	expect(await cancel()).toMatchObject({ cancelled: false, state: 'cancelled' });
	const due = await store.questions.take({ appKey: 'app', leaseMs: 1_000, limit: 10 }, Date.now());
	expect(due.map(({ waitId }) => waitId)).toContain('wait of b');
});

test.each(['unknown', 'foreign'])('%s is no question of this account', async (questionId) => {
	const { error } = await run('cancelQuestion', { questionId });
	expect(error?.message).toContain(`"${questionId}" is no question of this account`);
	const [foreign] = await store.questions.find(['foreign']);
	expect(foreign?.state).toBe('asking');
});

test('without an ID, and without state, it says what is missing', async () => {
	expect((await run('cancelQuestion', { questionId: '' })).error?.message).toMatch(/Question ID/);
	const off = { stateStore: 'off' };
	expect((await run('getQuestions', {}, off)).error?.message).toMatch(/Keep State In/);
	const { error } = await run('getQuestions', { states: ['sometimes'] });
	expect(error?.message).toMatch(/States/);
});
