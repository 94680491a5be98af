import fc from 'fast-check';

import { seal, unseal } from '../../../nodes/WhatsAppCloud/store/sealedText';

test('what was sealed comes back, and shows nothing of the text', () => {
	fc.assert(
		fc.property(fc.string({ minLength: 8, unit: 'grapheme' }), (text) => {
			const sealed = seal(text, 'secret');
			expect(sealed).not.toContain(text);
			expect(unseal(sealed, 'secret')).toBe(text);
		}),
	);
});

test('the same text is sealed alike, under another secret differently', () => {
	expect(seal('hello', 'secret')).toBe(seal('hello', 'secret'));
	expect(seal('hello', 'secret')).not.toBe(seal('hello', 'other'));
	expect(seal('hello', 'secret')).not.toBe(seal('hullo', 'secret'));
});

test('another secret or a changed text is noticed', () => {
	const sealed = seal('hello', 'secret');
	expect(unseal(sealed, 'other')).toBeNull();
	const bytes = Buffer.from(sealed.slice('sealed:'.length), 'base64');
	bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
	expect(unseal(`sealed:${bytes.toString('base64')}`, 'secret')).toBeNull();
});

test('what was never sealed comes back unchanged', () => {
	expect(unseal('{"event":"message"}', 'secret')).toBe('{"event":"message"}');
});
