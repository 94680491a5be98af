import {
	lineOf,
	openMessage,
	sealMessage,
	type KeptMessage,
} from '../../../nodes/WhatsAppCloud/memory/keptMessage';

const kept = (type: string, text: string | null, more: Partial<KeptMessage> = {}): KeptMessage => ({
	id: 'wamid.1',
	type,
	text,
	...more,
});

test.each([
	[kept('text', 'Hello'), 'Hello'],
	[kept('interactive', 'Which one?\n[A] [B]'), 'Which one?\n[A] [B]'],
	[kept('image', 'The broken pot'), '[image] The broken pot'],
	[kept('image', null), '[image]'],
	[kept('voice', null), '[voice]'],
	[kept('document', 'invoice.pdf'), '[document] invoice.pdf'],
	[kept('location', 'Main Street 1'), '[location] Main Street 1'],
	[kept('template', 'Your order 1042 is on its way'), 'Your order 1042 is on its way'],
	[
		kept('template', 'Ada, 1042', { template: 'order_update' }),
		'[template order_update] Ada, 1042',
	],
	[kept('template', null, { template: 'order_update' }), '[template order_update]'],
	[kept('text', null), '[text]'],
])('%j reads as %j', (message, line) => {
	expect(lineOf(message)).toBe(line);
});

test('a message opens with its own secret alone, and equal texts differ when sealed', () => {
	const message = kept('text', 'yes');
	const sealed = sealMessage(message, 'secret');
	expect(sealed).not.toContain('yes');
	expect(openMessage(sealed, 'secret')).toEqual(message);
	expect(openMessage(sealed, 'another')).toBeNull();
	expect(openMessage(`${sealed.slice(0, -4)}AAAA`, 'secret')).toBeNull();
	expect(sealMessage({ ...message, id: 'wamid.2' }, 'secret')).not.toBe(sealed);
});
