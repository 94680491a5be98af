import { lookUpErrorCode } from '../../../nodes/WhatsAppCloud/graph/errors/catalogue';
import { callAdvice } from '../../../nodes/WhatsAppCloud/graph/errors/advice/callAdvice';
import { messageAdvice } from '../../../nodes/WhatsAppCloud/graph/errors/advice/messageAdvice';
import { numberAdvice } from '../../../nodes/WhatsAppCloud/graph/errors/advice/numberAdvice';
import { templateAdvice } from '../../../nodes/WhatsAppCloud/graph/errors/advice/templateAdvice';
import { errorCodes } from '../../../nodes/WhatsAppCloud/graph/errors/errorCodes';
import { GraphApiError, readErrorEnvelope } from '../../../nodes/WhatsAppCloud/graph/errors/errors';
import type { RequestContext } from '../../../nodes/WhatsAppCloud/graph/errors/requestAdvice';
import { present } from '../../present';

const answer = { httpStatus: 400, fbtraceId: null, retryAfterMs: null };

describe('catalogue of errors', () => {
	const codes = errorCodes.map(([code]) => code);

	test('no code stands twice', () => expect(new Set(codes).size).toBe(codes.length));

	test.each(codes)('%i says what happened, and then what to do', (code) => {
		const { problem, next, advice } = lookUpErrorCode(code);
		expect(problem).toMatch(/^\p{Lu}.{15,}[^.!?]$/u);
		expect(problem).not.toContain('. ');
		expect(next).toMatch(/^\p{Lu}.{10,}\.$/u);
		expect(advice).toBe(`${problem}. ${next}`);
		// What is said of a code that nobody knows says nothing about one that is known.
		expect(problem).not.toBe(lookUpErrorCode(999_999).problem);
	});

	test('no advice is about a code that the catalogue lacks', () => {
		const advised = [messageAdvice, templateAdvice, numberAdvice, callAdvice].flat();
		expect(advised.map(([code]) => code).filter((code) => !codes.includes(code))).toEqual([]);
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
		[131061, 'template_params', 'never'],
		[132021, 'template_params', 'never'],
		[139200, 'permission', 'never'],
		[2494191, 'permission', 'never'],
		[2388023, 'template_state', 'never'],
		[2388318, 'template_state', 'never'],
		[2388330, 'template_state', 'never'],
		[2635, 'other', 'never'],
	])('%i is %s, repeated: %s', (code, errorClass, retry) => {
		expect(lookUpErrorCode(code)).toMatchObject({ code, class: errorClass, retry });
	});

	test("Meta's is_transient makes an unknown code repeatable, with doubt", () => {
		const envelope = readErrorEnvelope({
			error: { code: 987654, message: 'Odd', is_transient: true, fbtrace_id: 'A1' },
		});
		const error = new GraphApiError(present(envelope), answer);
		expect(error).toMatchObject({ retry: 'afterUnknown', fbtraceId: 'A1', details: '' });
	});

	test.each([null, 'text', [], {}, { error: 'text' }, { messages: [] }])(
		'%j is no error envelope',
		(body) => expect(readErrorEnvelope(body)).toBeNull(),
	);

	test('an envelope with odd parts is still read', () => {
		const error = { code: '100', error_subcode: true, error_data: 'x', message: 5, type: null };
		expect(readErrorEnvelope({ error })).toEqual({
			code: 100,
			subcode: null,
			type: '',
			message: '',
			details: '',
			isTransient: false,
			fbtraceId: null,
		});
	});

	test('a subcode that the catalogue knows says what the code does not', () => {
		const error = errorOf({
			code: 100,
			error_subcode: 2388024,
			message: 'Invalid parameter',
			error_user_title: 'Content in This Language Already Exists',
			error_user_msg: 'There is already German content for this template.',
		});
		expect(error).toMatchObject({
			code: 100,
			subcode: 2388024,
			errorClass: 'template_state',
			retry: 'never',
			title: 'Content in this language exists already',
			details:
				'Content in This Language Already Exists: There is already German content for this template.',
			advice: expect.stringContaining('choose another name or language'),
		});
	});

	test.each([463, 33, 2018035])('subcode %i leaves the code as it is', (subcode) => {
		const error = errorOf({ code: 190, error_subcode: subcode, message: 'Expired' });
		expect(error).toMatchObject({ code: 190, subcode: null, errorClass: 'auth' });
	});

	test('long texts of an answer are cut', () => {
		const long = 'x'.repeat(2_000_000);
		const error = errorOf({
			code: 100,
			message: long,
			error_data: { details: long },
			fbtrace_id: long,
		});
		expect(error.message).toHaveLength(1_000);
		expect(error.details).toHaveLength(1_000);
		expect(error.fbtraceId).toHaveLength(100);
	});
});

describe('refusals that share code 100', () => {
	const advice = (
		parts: Record<string, unknown>,
		request: { node: string; edge?: string },
		hasProof: boolean,
	): string =>
		errorOf({ code: 100, ...parts }, { ...request, hasProof, isRepeatable: false }).advice;
	const graphMethod = { type: 'GraphMethodException' };

	test.each(['Der Parameter ist ungültig', '', 'Invalid parameter'])(
		'are distinguished by subcode, type and request, with the words "%s"',
		(message) => {
			const missing = { message, error_subcode: 33, ...graphMethod };
			expect(advice(missing, { node: '123', edge: 'messages' }, true)).toMatch(
				/^The Sender 123 does not exist/,
			);
			expect(advice(missing, { node: '456' }, true)).toMatch(/^Nothing with the ID 456 exists/);
			expect(advice({ message, ...graphMethod }, { node: '123' }, true)).toMatch(
				/^App Secret in the/,
			);
			expect(advice({ message, ...graphMethod }, { node: '123' }, false)).toMatch(
				/asks for a proof/,
			);
		},
	);

	test('words alone say nothing', () => {
		const message = "Unsupported get request. Object with ID '5' does not exist";
		const shown = advice({ message, type: 'OAuthException' }, { node: '5' }, true);
		expect(shown).toBe(lookUpErrorCode(100).advice);
		expect(advice({ message: 'Invalid appsecret_proof' }, { node: '5' }, true)).toBe(shown);
	});
});

function errorOf(
	error: Record<string, unknown>,
	request: RequestContext = { node: '1', hasProof: false, isRepeatable: false },
): GraphApiError {
	const envelope = readErrorEnvelope({ error });
	if (envelope === null) throw new Error('no envelope');
	return new GraphApiError(envelope, { ...answer, request });
}
