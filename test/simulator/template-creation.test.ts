import { templateFixtures } from '../fixtures/templateFixtures';
import { body, buttons, create, media, sampleHandle, type Parts } from './support/definitions';
import { at, listAt, textAt } from './support/json';
import { ids, useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

const sampleTypes: Record<string, string> = {
	IMAGE: 'image/jpeg',
	VIDEO: 'video/mp4',
	GIF: 'video/mp4',
	DOCUMENT: 'application/pdf',
};

/** The definition with a new handle for each sample, as if somebody made the template anew. */
async function withSamples(value: unknown): Promise<unknown> {
	if (Array.isArray(value)) return await Promise.all(value.map(withSamples));
	if (typeof value !== 'object' || value === null) return value;
	const entries = await Promise.all(
		Object.entries(value).map(async ([name, part]) => [name, await withSamples(part)] as const),
	);
	const type = sampleTypes[String(at(value, 'format'))];
	return type === undefined
		? Object.fromEntries(entries)
		: {
				...Object.fromEntries(entries),
				example: { header_handle: [await sampleHandle(simulator, type)] },
			};
}

const made = templateFixtures.filter(
	({ category, source }) => category !== 'AUTHENTICATION' && source === undefined,
);

test.each(made)('taken: $name in $language', async (template) => {
	const { name, language, category, parameter_format } = template;
	const components = (await withSamples(template.components)) as Parts[];
	const answer = await create(simulator, components, {
		name,
		language,
		category,
		parameter_format,
		...(template['sub_category'] === undefined ? {} : { sub_category: template['sub_category'] }),
	});
	expect(answer.body).toEqual({ id: at(answer.body, 'id'), status: 'PENDING', category });
	const shown = (await simulator.graph(`/${textAt(answer.body, 'id')}`)).body;
	expect(withoutHandles(at(shown, 'components'))).toEqual(withoutHandles(template.components));
});

/** Samples and fixed labels aside, Graph shows what was given. */
function withoutHandles(value: unknown): unknown {
	return JSON.parse(
		JSON.stringify(value)
			.replace(/"header_handle":\["[^"]*"\]/g, '"header_handle":[]')
			.replaceAll('"text":"Share contact info",', ''),
		(name, part: unknown) => (name === 'text' && part === 'Share contact info' ? undefined : part),
	);
}

const otp = (parts: Parts = {}): Parts => buttons({ type: 'OTP', otp_type: 'COPY_CODE', ...parts });
const plain: Parts = { type: 'BODY' };
const app = { package_name: 'com.luckyshrub.app', signature_hash: 'K8a/AINcGX7' };

test.each<[string, Parts[], string, string[]]>([
	['a code', [plain, otp()], 'en_US', ['*{{1}}* is your verification code.', 'Copy code']],
	[
		'a code with advice that expires, in German',
		[
			{ type: 'BODY', add_security_recommendation: true },
			{ type: 'FOOTER', code_expiration_minutes: 5 },
			otp({ text: 'Kopieren' }),
		],
		'de',
		['ist dein Verifizierungscode. Teile', 'läuft in 5 Minuten ab', '"Kopieren"'],
	],
	[
		'one tap',
		[plain, otp({ otp_type: 'ONE_TAP', supported_apps: [app] })],
		'es',
		['Tu código de verificación', 'otp_type=ONE_TAP', 'package_name=com.luckyshrub.app'],
	],
	[
		'zero tap',
		[plain, otp({ otp_type: 'ZERO_TAP', supported_apps: [app], zero_tap_terms_accepted: true })],
		'fr',
		['Votre code', 'otp_type=ZERO_TAP', 'code=otp{{1}}'],
	],
])('Meta writes the text of %s', async (_name, components, language, words) => {
	const answer = await create(simulator, components, { category: 'AUTHENTICATION', language });
	const shown = (await simulator.graph(`/${textAt(answer.body, 'id')}`)).text;
	for (const word of words) expect(shown).toContain(word);
	expect(shown).not.toContain('"OTP"');
});

const marketing = { category: 'MARKETING' };

test.each([
	['IMAGE', 'application/pdf', 16, 'type'],
	['IMAGE', 'image/png', 5 * 1024 * 1024 + 1, 'bytes'],
	['GIF', 'video/mp4', 3.5 * 1024 * 1024 + 1, 'bytes'],
] as const)('a header of %s takes no %s of %d bytes', async (format, type, bytes, word) => {
	const handle = await sampleHandle(simulator, type, bytes);
	const answer = await create(simulator, [media(format, handle), body('Hi')], marketing);
	expect(at(answer.body, 'error')).toMatchObject({ code: 131009, error_subcode: 2494102 });
	expect(textAt(answer.body, 'error', 'error_user_msg')).toContain(word);
});

test('the sample of a header is there for anybody, until the template is forgotten', async () => {
	const bytes = Buffer.from('\x89PNG a picture of a fern');
	const session = await simulator.graph(
		`/${ids.app}/uploads?file_name=a.png&file_length=${bytes.length}&file_type=image/png`,
		{ method: 'POST' },
	);
	const id = textAt(session.body, 'id');
	const put = async (offset: number, part: Buffer): Promise<unknown> =>
		(
			await simulator.graph(`/${id}`, {
				method: 'POST',
				headers: { file_offset: String(offset) },
				body: new Uint8Array(part),
			})
		).body;
	await put(0, bytes.subarray(0, 9));
	const handle = textAt(await put(9, bytes.subarray(9)), 'h');
	const answer = await create(simulator, [media('IMAGE', handle), body('Hi')]);
	const shown = (await simulator.graph(`/${textAt(answer.body, 'id')}`)).body;
	const address = textAt(shown, 'components', 0, 'example', 'header_handle', 0);
	expect(address).toMatch(new RegExp(`^${simulator.url}/v/.*\\.png$`));
	const fetched = await fetch(address);
	expect(fetched.headers.get('content-type')).toBe('image/png');
	expect(Buffer.from(await fetched.arrayBuffer())).toEqual(bytes);
	await simulator.admin('/reset', {});
	expect((await fetch(address)).status).toBe(404);
});

test('the words of Meta say what is missing and what is blamed', async () => {
	const missing = await create(simulator, [body('Say hello to {{1}} for me.')]);
	expect(at(missing.body, 'error')).toMatchObject({
		message: 'Invalid parameter',
		error_user_title: 'Message template "components" param is missing expected field(s)',
		error_user_msg: 'component of type BODY is missing expected field(s) (example)',
	});
	const name = await create(simulator, [body('Hi')], { name: 'Ä' });
	expect(at(name.body, 'error', 'error_data', 'blame_field_specs')).toEqual([['name']]);
	const twice = await create(simulator, [body('Hi')], { name: 'hello_world', language: 'en_US' });
	expect(textAt(twice.body, 'error', 'error_user_msg')).toContain('already English (US) content');
	const other = await create(simulator, [body('Hi')], { name: 'hello_world', ...marketing });
	expect(textAt(other.body, 'error', 'error_user_msg')).toContain('this template, UTILITY');
});

test('an account has up to 250 templates, or as many as the settings say', async () => {
	await simulator.admin('/settings', { templates: { maxTemplates: 24 } }, 'PATCH');
	const path = `/${ids.businessAccount}/message_templates?limit=1&summary=total_count,message_template_limit`;
	expect(at((await simulator.graph(path)).body, 'summary')).toEqual({
		total_count: 23,
		message_template_limit: 24,
	});
	expect((await create(simulator, [body('Hi')])).status).toBe(200);
	const answer = await create(simulator, [body('Hi')], { name: 'one_more' });
	expect(at(answer.body, 'error', 'error_subcode')).toBe(2388019);
});

test('an account creates up to 100 templates an hour', async () => {
	await simulator.admin('/settings', { templates: { creationsPerHour: 2 } }, 'PATCH');
	const outcomes = [];
	for (const name of ['one', 'two', 'three']) {
		outcomes.push((await create(simulator, [body('Hi')], { name })).body);
	}
	expect(outcomes.map((answer) => at(answer, 'error', 'code'))).toEqual([
		undefined,
		undefined,
		80008,
	]);
	await simulator.admin('/clock', { ms: 3_600_000 });
	expect((await create(simulator, [body('Hi')], { name: 'three' })).status).toBe(200);
	expect(
		listAt(
			(await simulator.graph(`/${ids.businessAccount}/message_templates?name=three`)).body,
			'data',
		),
	).toHaveLength(1);
});
