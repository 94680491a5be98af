import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testAccount, testCredentialData } from '../../../scripts/host/test-account';
import { useEngine, useSimulator } from '../harness';

const simulator = useSimulator();
const engine = useEngine();
let credentials: Record<string, Record<string, string | boolean>>;

beforeAll(() => {
	credentials = { whatsAppCloudApi: testCredentialData(simulator.url) };
});

describe('list of templates', () => {
	const search = async (filter?: string) =>
		await engine.searchList({
			node: 'whatsAppCloud',
			method: 'searchTemplates',
			credentials,
			...(filter === undefined ? {} : { filter }),
		});

	test('has the approved ones, with language, category, status, quality and text', async () => {
		const { results, error } = await search();
		expect(error).toBeUndefined();
		expect(results).toContainEqual({
			name: 'order_update · en_US · Utility · Approved · Green',
			value: 'order_update:en_US',
			description:
				'[Image]\n\nHi {{1}}, your order {{2}} is on its way.\n\nLucky Shrub\n\n[Thanks] [Need help] [Track order] [Call us]',
		});
		expect(results?.map(({ value }) => value)).not.toContain('paused_offer:en_US');
		const { graphVersion, businessAccountId, accessToken } = testAccount;
		const answer = await fetch(
			`${simulator.url}/${graphVersion}/${businessAccountId}/message_templates?limit=100&status=APPROVED`,
			{ headers: { authorization: `Bearer ${accessToken}` } },
		);
		const { data } = (await answer.json()) as { data: unknown[] };
		expect(results).toHaveLength(data.length);
	});

	test.each([
		['invoice', ['invoice_document:de', 'invoice_pix:pt_BR']],
		['utility RECHNUNG', ['invoice_document:de']],
		['en_US offer', ['limited_offer:en_US']],
		['nothing like it', []],
	])('is narrowed by "%s"', async (filter, values) => {
		const { results } = await search(filter);
		expect(results?.map(({ value }) => value)).toEqual(values);
	});

	test('goes on to the page where matches are', async () => {
		const meta = await startPages([['a_1', 'a_2'], ['a_3'], ['b_1'], ['b_2']]);
		const { results, paginationToken } = await engine.searchList({
			node: 'whatsAppCloud',
			method: 'searchTemplates',
			credentials: { whatsAppCloudApi: testCredentialData(meta.url) },
			filter: 'b_',
		});
		meta.close();
		expect(results?.map(({ value }) => value)).toEqual(['b_1:en', 'b_2:en']);
		expect(paginationToken).toBeUndefined();
		expect(meta.asked).toEqual([null, '1', '2', '3']);
	});

	test('stops for now after five pages without a match', async () => {
		const meta = await startPages(Array.from({ length: 9 }, (_, page) => [`a_${page}`]));
		const { results, paginationToken } = await engine.searchList({
			node: 'whatsAppCloud',
			method: 'searchTemplates',
			credentials: { whatsAppCloudApi: testCredentialData(meta.url) },
			filter: 'b_',
		});
		meta.close();
		expect(results).toEqual([]);
		expect(paginationToken).toBe('5');
	});

	test.each([
		['b_late', undefined],
		// Meta searches by one of the words alone, and not in the language: pages may have more.
		['en B_LATE', '5'],
	])('has Meta search for "%s" beyond the pages that it reads', async (filter, token) => {
		const pages = Array.from({ length: 9 }, (_, page) => [`a_${page}`]);
		const meta = await startPages([...pages, ['b_late', 'b_later']]);
		const { results, paginationToken } = await engine.searchList({
			node: 'whatsAppCloud',
			method: 'searchTemplates',
			credentials: { whatsAppCloudApi: testCredentialData(meta.url) },
			filter,
		});
		meta.close();
		expect(results?.map(({ value }) => value)).toEqual(['b_late:en', 'b_later:en']);
		expect(paginationToken).toBe(token);
	});

	test('tells what the credential lacks', async () => {
		const { error } = await engine.searchList({
			node: 'whatsAppCloud',
			method: 'searchTemplates',
			credentials: {
				whatsAppCloudApi: { ...testCredentialData(simulator.url), businessAccountId: '' },
			},
		});
		expect(error?.message).toBe('In the credential, WhatsApp Business Account ID is empty');
	});
});

/** A paged list of templates, as Meta returns it; records which cursors were requested. */
async function startPages(pages: string[][]) {
	const asked: (string | null)[] = [];
	const server = createServer((request, response) => {
		const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
		const after = searchParams.get('after');
		asked.push(after);
		const page = Number(after ?? 0);
		const word = searchParams.get('name_or_content');
		const isLast = word !== null || page + 1 === pages.length;
		const names = word === null ? pages[page] : pages.flat().filter((name) => name.includes(word));
		const next = isLast ? {} : { next: 'https://graph.example/next' };
		response.setHeader('Content-Type', 'application/json');
		response.end(
			JSON.stringify({
				data: names?.map((name) => ({ name, language: 'en', category: 'UTILITY' })),
				paging: { cursors: { after: String(page + 1) }, ...next },
			}),
		);
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}

describe('list of products', () => {
	const search = async (catalogId: string) =>
		await engine.searchList({
			node: 'whatsAppCloud',
			method: 'searchProducts',
			parameters: {
				operation: 'sendProduct',
				catalogId: { __rl: true, mode: 'id', value: catalogId },
			},
			credentials,
		});

	test('has those of the chosen catalog, by name and content ID', async () => {
		const { results, error } = await search('500000000000001');
		expect(error).toBeUndefined();
		expect(results).toContainEqual({ name: expect.any(String), value: 'SKU-ALOE' });
	});

	test('asks for the catalog first', async () => {
		const { error } = await search('');
		expect(error?.message).toBe('"Catalog" is empty');
	});
});
