import { mergeParts } from '../../../../nodes/WhatsAppCloud/templates/creation/mergeParts';

const part = (type: string, text = 'old') => ({ type, text });
const present = [part('HEADER'), part('BODY'), part('BUTTONS')];

test.each([
	['nothing', [], [], ['HEADER old', 'BODY old', 'BUTTONS old']],
	['a part replaced', [part('BODY', 'new')], [], ['HEADER old', 'BODY new', 'BUTTONS old']],
	[
		'a part added in its place',
		[part('FOOTER', 'new')],
		[],
		['HEADER old', 'BODY old', 'FOOTER new', 'BUTTONS old'],
	],
	['a part removed', [], ['HEADER'], ['BODY old', 'BUTTONS old']],
	['all of it', [part('BODY', 'new')], ['HEADER', 'BUTTONS'], ['BODY new']],
])('%s', (_what, changed, removed, expected) => {
	const merged = mergeParts(present, changed, removed);
	expect(merged.map(({ type, text }) => `${type} ${String(text)}`)).toEqual(expected);
});
