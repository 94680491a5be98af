import type { GraphClient } from '../../../nodes/WhatsAppCloud/graph/client';
import { kindOf, type GraphRequest } from '../../../nodes/WhatsAppCloud/graph/graphRequest';
import { readList } from '../../../nodes/WhatsAppCloud/graph/paging';

const multipart = { fields: {} } as NonNullable<GraphRequest['multipart']>;

test.each<[string, Partial<GraphRequest>, string]>([
	['a read', { method: 'GET' }, 'read'],
	['a file that goes up', { method: 'POST', multipart }, 'upload'],
	['a form that may have an effect', { method: 'POST', multipart, isIdempotent: false }, 'change'],
	['a value that is set', { method: 'POST', isIdempotent: true }, 'setting'],
	['anything else', { method: 'POST' }, 'change'],
])('%s', (_, request, kind) => {
	expect(kindOf({ node: '1', ...request } as GraphRequest)).toBe(kind);
});

test('a list begins where the query says, and goes on from Meta’s cursors', async () => {
	const asked: unknown[] = [];
	const graph = {
		attempt: async ({ query }: GraphRequest) => {
			asked.push(query?.['after']);
			const isLast = asked.length === 3;
			const paging = isLast ? {} : { next: 'https://…', cursors: { after: `c${asked.length}` } };
			const body = { data: [asked.length], paging };
			return await Promise.resolve({ ok: true, response: { status: 200, body } });
		},
	} as unknown as GraphClient;
	const request: GraphRequest = { method: 'GET', node: '1', query: { after: 'start' } };
	const entries = await readList(graph, request, { limit: Infinity, pageSize: 100 });
	expect(entries).toEqual([1, 2, 3]);
	expect(asked).toEqual(['start', 'c1', 'c2']);
});
