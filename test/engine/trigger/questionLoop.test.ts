import type { QuestionStore } from '../../../nodes/WhatsAppCloud/store/questions/questionStore';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import {
	QuestionLoop,
	type CallAnswer,
} from '../../../nodes/WhatsAppCloud/trigger/dispatch/questionLoop';
import { createVirtualClock, type VirtualClock } from '../../unit/sending/virtualClock';
import { UserFolder } from './store';
import { WatchedStore } from './watchedStore';

let folder: UserFolder;
let store: Store;
let clock: VirtualClock;
let startedAt: number;
/** The waits that were called, with the time since the test began. */
let called: string[];
let logs: string[];
/** What an execution says, by call. */
let answers: CallAnswer[];

beforeEach(async () => {
	folder = new UserFolder();
	const watched = new WatchedStore(await folder.openStore());
	({ store } = watched);
	clock = createVirtualClock(Date.now(), async () => await watched.idle());
	startedAt = clock.now();
	called = [];
	logs = [];
	answers = [];
});
afterEach(async () => await folder.remove());

const loopOn = (questions: QuestionStore = store.questions) =>
	new QuestionLoop({
		questions,
		appKey: 'app',
		call: async ({ waitId, resumeUrl }) => {
			expect(resumeUrl).toBe(`https://n8n.example.com/${waitId}`);
			called.push(`${waitId} after ${Math.round((clock.now() - startedAt) / 100) / 10} s`);
			const answer = answers.shift() ?? 'waiting';
			// An execution that has done its work gives its wait back by itself.
			if (answer === 'waiting') await giveBack(waitId);
			return answer;
		},
		clock,
		log: (level, message) => logs.push(`${level}: ${message}`),
	});

async function ask(waitId: string): Promise<void> {
	const wait = {
		waitId,
		accountKey: 'account',
		appKey: 'app',
		workflowId: 'workflow',
		executionId: 'execution',
		nodeId: 'node',
		nodeName: 'Ask',
		resumeUrl: `https://n8n.example.com/${waitId}`,
		content: '{}',
	};
	await store.questions.start(wait, [], clock.now());
}

async function giveBack(waitId: string, dueAt: number | null = null): Promise<void> {
	await store.questions.hold(waitId, 'me', 30_000, clock.now());
	const changes = { questions: [], read: [], isDecided: false, dueAt };
	await store.questions.update(waitId, 'me', changes, clock.now());
}

const pass = async (ms: number) => await clock.run(clock.sleep(ms));

test('an execution is called once something is due, and left alone then', async () => {
	await ask('a');
	const loop = loopOn();
	loop.start();
	await pass(1_000);
	await clock.run(store.questions.poke(['a']));
	await pass(60_000);
	expect(called).toHaveLength(1);
	await giveBack('a', clock.now() + 30_000);
	await pass(60_000);
	expect(called).toHaveLength(2);
	await clock.run(loop.stop());
});

test('while it is being saved it is called again soon, then with growing pauses', async () => {
	await ask('a');
	await store.questions.poke(['a']);
	answers = Array.from({ length: 7 }, () => 'busy' as const);
	const loop = loopOn();
	loop.start();
	await pass(60_000);
	const seconds = [0, 0.3, 0.8, 1.8, 3.8, 7.8, 12.8, 17.8];
	expect(called).toEqual(seconds.map((s) => `a after ${s} s`));
	expect(logs).toEqual([]);
	await clock.run(loop.stop());
});

test('what n8n has taken is confirmed a little later, and ends', async () => {
	await ask('a');
	await store.questions.poke(['a']);
	answers = ['taken', 'over'];
	const loop = loopOn();
	loop.start();
	await pass(60_000);
	expect(called).toEqual(['a after 0 s', 'a after 10 s']);
	expect(await store.questions.hold('a', 'me', 30_000, clock.now())).toBeNull();
	await clock.run(loop.stop());
});

test.each(['busy', 'taken'] as const)(
	'what n8n has taken, and then still says to be %s, is not called for as long as it runs',
	async (second) => {
		await ask('a');
		await store.questions.poke(['a']);
		answers = ['taken', second];
		const loop = loopOn();
		loop.start();
		await pass(60_000);
		expect(called).toHaveLength(2);
		expect(await store.questions.hold('a', 'me', 30_000, clock.now())).toBeNull();
		await clock.run(loop.stop());
	},
);

test('a problem that comes back is told again', async () => {
	await ask('a');
	await store.questions.poke(['a']);
	const problem = { problem: 'n8n does not answer' };
	answers = [problem, problem, 'waiting', problem, 'waiting'];
	const loop = loopOn();
	loop.start();
	await pass(10_000);
	await clock.run(store.questions.poke(['a']));
	await pass(10_000);
	expect(logs).toHaveLength(2);
	await clock.run(loop.stop());
});

test('a problem is told once and tried again until it is gone', async () => {
	await ask('a');
	await store.questions.poke(['a']);
	answers = Array.from({ length: 5 }, () => ({ problem: 'n8n does not answer' }));
	const loop = loopOn();
	loop.start();
	await pass(60_000);
	expect(called).toHaveLength(6);
	expect(logs).toEqual([
		'error: an execution that waits for an answer cannot be called: n8n does not answer',
	]);
	await clock.run(loop.stop());
});

test('a process that is killed in a call leaves it to the next', async () => {
	await ask('a');
	await store.questions.poke(['a']);
	await store.questions.take({ appKey: 'app', leaseMs: 60_000, limit: 1 }, clock.now());
	const loop = loopOn();
	loop.start();
	await pass(59_000);
	expect(called).toEqual([]);
	await pass(2_000);
	expect(called).toHaveLength(1);
	await clock.run(loop.stop());
});

test('a state that cannot be used for a while is used again', async () => {
	await ask('a');
	await store.questions.poke(['a']);
	let failures = 3;
	const loop = loopOn({
		...store.questions,
		take: async (...request) => {
			if (failures-- > 0) throw new Error('the disk is full');
			return await store.questions.take(...request);
		},
	});
	loop.start();
	await pass(10_000);
	expect(called).toHaveLength(1);
	expect(logs).toEqual(['error: questions cannot be carried on: the disk is full']);
	failures = 2;
	await pass(10_000);
	expect(logs).toHaveLength(2);
	await clock.run(loop.stop());
});
