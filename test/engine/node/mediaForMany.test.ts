import { png } from '../../simulator/support/files';
import { present } from '../../present';
import { accepted, ids, itemsOf, problemOf } from './account';
import { binaryFile } from './files';
import { mediaSends, withFile } from './mediaSends';

const { simulator, send, uploads } = mediaSends();

describe('a file for many', () => {
	const people = (count: number): string[] =>
		Array.from({ length: count }, (_, index) => `+1555${String(1_000_000 + index)}`);

	test('goes up once for 1,000, by one item each', async () => {
		const data = binaryFile(png(2_000), 'image/png');
		const items = people(1_000).map((to) => ({ json: { recipient: to }, binary: { data } }));
		const parameters = { valuesFrom: 'item', mediaType: 'image', recipient: '' };
		const result = await send({ ...parameters, delivery: { messagesPerSecond: -1 } }, items);
		expect(itemsOf(result).filter(({ json }) => json['outcome'] === 'sent')).toHaveLength(1_000);
		expect(await simulator.counters()).toMatchObject({ uploads: 1, acceptedMessages: 1_000 });
	});

	test('two files go up twice, whichever item they come with', async () => {
		const [one, other] = [png(5_000), png(5_001)].map((file) => binaryFile(file, 'image/png'));
		const items = people(10).map((recipient, index) => ({
			json: { recipient },
			binary: { data: present(index % 2 === 0 ? one : other) },
		}));
		await send({ valuesFrom: 'item', mediaType: 'image', recipient: '' }, items);
		expect(await simulator.counters()).toMatchObject({ uploads: 2, acceptedMessages: 10 });
	});

	test('files of the same size with different content are two files', async () => {
		const contents = ['a', 'b'].map((letter) => Buffer.concat([png(), Buffer.alloc(500, letter)]));
		const items = contents.map((content) => present(withFile(content, 'image/png')[0]));
		await send({ mediaType: 'image' }, items);
		expect(await uploads()).toBe(2);
	});

	test('each sender has its own upload', async () => {
		const data = binaryFile(png(), 'image/png');
		const items = [ids.phoneNumber, ids.secondPhoneNumber].map((phoneNumberId) => ({
			json: { phoneNumberId },
			binary: { data },
		}));
		await send({ valuesFrom: 'item', mediaType: 'image' }, items);
		expect(await simulator.counters()).toMatchObject({ uploads: 2, acceptedMessages: 2 });
	});

	test('goes up once also where all is recorded before sending', async () => {
		const data = binaryFile(png(), 'image/png');
		const items = people(20).map((recipient) => ({ json: { recipient }, binary: { data } }));
		const parameters = { valuesFrom: 'item', mediaType: 'image', recipient: '' };
		await send({ ...parameters, delivery: { recordFirst: true } }, items);
		expect(await simulator.counters()).toMatchObject({ uploads: 1, acceptedMessages: 20 });
	});

	test('an upload that failed is tried again for the next', async () => {
		await simulator.addFault({ kind: 'error', code: 131053, match: { path: '/media$' }, count: 1 });
		const data = binaryFile(png(), 'image/png');
		const items = people(2).map((recipient) => ({ json: { recipient }, binary: { data } }));
		const parameters = { valuesFrom: 'item', mediaType: 'image', recipient: '' };
		const result = await send({ ...parameters, delivery: { concurrency: 1 } }, items);
		expect(problemOf(itemsOf(result)[0])).toContain('131053');
		expect(itemsOf(result)[1]?.json).toMatchObject({ outcome: 'sent' });
	});
});

test('messages to one person keep their order while the first file goes up slowly', async () => {
	await simulator.admin('PATCH', '/settings', { strictReferences: false });
	const slow = { kind: 'latency', latencyMs: 1_500, match: { path: '/media$' }, count: 1 };
	await simulator.addFault(slow);
	const [file] = withFile(png(), 'image/png');
	const link = (name: string) => ({ json: { mediaLink: `https://example.com/${name}.png` } });
	const items = [{ json: { mediaSource: 'binary' }, ...file }, link('second'), link('third')];
	await send({ valuesFrom: 'item', mediaType: 'image' }, items);
	const images = (await accepted(simulator)).map(({ body }) => body['image']);
	expect(images).toEqual([
		{ id: expect.any(String) as string },
		{ link: 'https://example.com/second.png' },
		{ link: 'https://example.com/third.png' },
	]);
});
