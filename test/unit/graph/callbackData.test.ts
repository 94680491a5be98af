import fc from 'fast-check';
import { readCallbackData, toCallbackData } from '../../../nodes/WhatsAppCloud/graph/callbackData';

test.each([
	['w:1:n:0:0', undefined, 'w:1:n:0:0'],
	['w:1:n:0:0', 'order-7', 'w:1:n:0:0|order-7'],
	['w:1:n:0:0', 'a|b', 'w:1:n:0:0|a|b'],
])('%s and %s travel as %s', (operationId, callbackValue, data) => {
	expect(toCallbackData(operationId, callbackValue)).toBe(data);
	expect(readCallbackData(data)).toEqual({ operationId, callbackValue: callbackValue ?? null });
});

test('data of other senders is one operation ID', () => {
	expect(readCallbackData('campaign 12')).toEqual({
		operationId: 'campaign 12',
		callbackValue: null,
	});
});

test('whatever the user adds comes back unchanged', () => {
	fc.assert(
		fc.property(fc.uuid(), fc.option(fc.string({ minLength: 1 })), (operationId, value) => {
			const data = toCallbackData(operationId, value ?? undefined);
			expect(readCallbackData(data)).toEqual({ operationId, callbackValue: value });
		}),
	);
});
