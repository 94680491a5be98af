import { readOptionId, optionId } from '../../../nodes/WhatsAppCloud/questions/optionIds';
import type { Option } from '../../../nodes/WhatsAppCloud/questions/question';
import { stepMessage } from '../../../nodes/WhatsAppCloud/questions/stepMessage';

const optionsOf = (count: number, title = 'Option'): Option[] =>
	Array.from({ length: count }, (_, index) => ({ id: `o${index}`, title: `${title} ${index}` }));

const ask = (options: Option[], page = 0) =>
	stepMessage(
		{
			text: 'Which?',
			wanted: {
				kind: 'choice',
				options,
				listButton: 'Choose',
				tapsOnly: false,
				otherText: 'askAgain',
			},
		},
		{ questionId: 'abc123', step: 0, page },
	);

/** Titles by ID, in order. */
function rowsOf(message: ReturnType<typeof ask>): { id: string; title: string }[] {
	const { action } = message?.['interactive'] as {
		action: { sections: { rows: { id: string; title: string }[] }[] };
	};
	return action.sections.flatMap(({ rows }) => rows);
}

test('up to three short options are buttons', () => {
	expect(ask(optionsOf(3))).toEqual({
		type: 'interactive',
		interactive: {
			type: 'button',
			body: { text: 'Which?' },
			action: {
				buttons: [0, 1, 2].map((index) => ({
					type: 'reply',
					reply: { id: `q:abc123:0:o${index}`, title: `Option ${index}` },
				})),
			},
		},
	});
});

test.each([
	['more than three', optionsOf(4)],
	['a long title', optionsOf(1, 'A title of 21 chars')],
	['a description', [{ id: 'a', title: 'A', description: 'The first letter' }]],
])('%s: a list', (_, options) => {
	expect(ask(options)).toMatchObject({ interactive: { type: 'list' } });
});

test('ten options are one list', () => {
	expect(rowsOf(ask(optionsOf(10)))).toHaveLength(10);
});

test.each([11, 18, 19, 100])('%i options are pages; each option is on one of them', (count) => {
	const seen: number[] = [];
	let page = 0;
	do {
		const rows = rowsOf(ask(optionsOf(count), page));
		expect(rows.length).toBeLessThanOrEqual(10);
		const next = readOptionId(rows.pop()?.id ?? '');
		for (const { id, title } of rows) {
			const tapped = readOptionId(id);
			if (tapped === null || !('option' in tapped)) throw new Error(`${id} is no option`);
			expect(title).toBe(`Option ${tapped.option}`);
			seen.push(tapped.option);
		}
		if (next === null || !('page' in next)) throw new Error('The last row leads nowhere');
		page = next.page;
	} while (page !== 0);
	expect(seen).toEqual(Array.from({ length: count }, (_, index) => index));
});

test('IDs are read as they were written, and others are not', () => {
	const tapped = { questionId: 'abc123', step: 12, option: 345 };
	expect(readOptionId(optionId(tapped))).toEqual(tapped);
	for (const id of [
		null,
		'',
		'yes',
		'q:abc',
		'q:abc:0:x1',
		'q:abc:0:o1 ',
		'q:ABC:0:o1',
		'q::0:o1',
	]) {
		expect(readOptionId(id)).toBeNull();
	}
});

test('a location is asked by its own message, a text by a text, a Flow elsewhere', () => {
	const at = { questionId: 'a', step: 0, page: 0 };
	expect(stepMessage({ text: 'Where?', wanted: { kind: 'location' } }, at)).toEqual({
		type: 'interactive',
		interactive: {
			type: 'location_request_message',
			body: { text: 'Where?' },
			action: { name: 'send_location' },
		},
	});
	const text = stepMessage({ text: 'Name?', wanted: { kind: 'text', format: 'any' } }, at);
	expect(text).toEqual({ type: 'text', text: { body: 'Name?' } });
	expect(stepMessage({ text: 'Book', wanted: { kind: 'flow' } }, at)).toBeNull();
});
