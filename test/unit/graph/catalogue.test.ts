import { lookUpErrorCode } from '../../../nodes/WhatsAppCloud/graph/catalogue';
import { errorCodes } from '../../../nodes/WhatsAppCloud/graph/errorCodes';
import { GraphApiError, readErrorEnvelope } from '../../../nodes/WhatsAppCloud/graph/errors';

const answer = { httpStatus: 400, fbtraceId: null, retryAfterMs: null };

describe('catalogue of errors', () => {
	test('no code stands twice, and each has advice', () => {
		const codes = errorCodes.map(([code]) => code);
		expect(new Set(codes).size).toBe(codes.length);
		for (const code of codes) expect(lookUpErrorCode(code).advice.length).toBeGreaterThan(10);
	});

	test.each([
		[190, 'auth', 'never'],
		[131047, 'window_closed', 'never'],
		[131050, 'opted_out', 'never'],
		[130429, 'throttled', 'safe'],
		[131056, 'throttled_pair', 'safe'],
		[131000, 'transient', 'afterUnknown'],
		[132001, 'template_missing', 'never'],
		[250, 'permission', 'never'],
		[999999, 'other', 'never'],
	])('%i is %s, repeated: %s', (code, errorClass, retry) => {
		expect(lookUpErrorCode(code)).toMatchObject({ code, class: errorClass, retry });
	});

	test("Meta's is_transient makes an unknown code repeatable, with doubt", () => {
		const envelope = readErrorEnvelope({
			error: { code: 987654, message: 'Odd', is_transient: true, fbtrace_id: 'A1' },
		});
		expect(envelope).not.toBeNull();
		const error = new GraphApiError(envelope!, answer);
		expect(error).toMatchObject({ retry: 'afterUnknown', fbtraceId: 'A1', details: '' });
	});

	test.each([null, 'text', [], {}, { error: 'text' }, { messages: [] }])(
		'%j is no error envelope',
		(body) => expect(readErrorEnvelope(body)).toBeNull(),
	);

	test('an envelope with odd parts is still read', () => {
		expect(readErrorEnvelope({ error: { code: '100', error_data: 'x', message: 5 } })).toEqual({
			code: 100,
			message: '',
			details: '',
			isTransient: false,
			fbtraceId: null,
		});
	});
});
