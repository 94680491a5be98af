import { loadTemplates, templateFixture } from '../../../fixtures/templateFixtures';
import { accepted, credentials, ids, itemsOf, onlyJson, problemOf } from '../account';
import { dayMs, hourMs, marketing, news, onBothEngines, templateNamed } from './rulesSetup';

const phoneNumberId = ids.phoneNumber;
const wrote = { fact: 'inbound', phoneNumberId, messageId: 'wamid.in' } as const;
const rules = (contactRules: Record<string, unknown>) => ({ contactRules });

onBothEngines((setup) => {
	const bodies = async () => (await accepted(setup.simulator)).map(({ body }) => body);
	const person = () => setup.stranger();

	test('a person with two numbers and a user ID has one consent and one cap', async () => {
		const [first, second] = [person(), person()];
		const userKey = `DE.${first.slice(1)}`;
		const link = { accountKey: ids.businessAccount, userKey, at: Date.now() - dayMs };
		await setup.store.contacts.link(
			[first, second].map((waKey) => ({ ...link, waKey })),
			Date.now(),
		);
		await setup.got(first, { category: 'marketing', agoMs: hourMs });
		const capped = { ...marketing, ...rules({ cap: { cap: { messages: 1, period: 1 } } }) };
		for (const address of [first, second, userKey]) {
			expect(onlyJson(await setup.send(address, capped))).toMatchObject({
				blocked: { rule: 'cap' },
			});
		}
		await setup.know(first, {
			...{ fact: 'consent', category: 'marketing', granted: false, source: null, note: null },
		});
		for (const address of [first, second, userKey]) {
			expect(onlyJson(await setup.send(address, marketing))).toMatchObject({
				blocked: { rule: 'consent' },
			});
		}
	});

	test('a cap holds for many items of two executions at once', async () => {
		const someone = person();
		const send = async (executionId: string) =>
			itemsOf(
				await setup.engine.runNode({
					node: 'whatsAppCloud',
					parameters: {
						...marketing,
						recipient: someone,
						...rules({ cap: { cap: { messages: 3, period: 1, unit: 'days' } } }),
						delivery: { messagesPerSecond: -1 },
					},
					items: Array.from({ length: 5 }, () => ({ json: {} })),
					credentials: credentials(setup.simulator.url, setup.state),
					executionId,
				}),
			).map(({ json }) => json['outcome']);
		const outcomes = await Promise.all([send('one'), send('two')]);
		expect(outcomes.flat().filter((outcome) => outcome === 'sent')).toHaveLength(3);
		expect(outcomes.flat().filter((outcome) => outcome === 'blocked')).toHaveLength(7);
		expect(await bodies()).toHaveLength(3);
	});

	test('what is blocked is in the report, and a repeated run asks again', async () => {
		const someone = person();
		await setup.know(someone, { fact: 'handoff', ...takeover, active: true });
		const sendOnce = { options: { sendOnlyOnce: { settings: { key: `key of ${someone}` } } } };
		const text = { ...sendOnce, ...rules({ ifClosed: 'try' }) };
		expect(onlyJson(await setup.send(someone, text))).toMatchObject({ outcome: 'blocked' });
		const report = await setup.send(someone, {
			resource: 'report',
			operation: 'delivery',
			mode: 'messages',
			returnAll: true,
		});
		expect(itemsOf(report).map(({ json }) => json)).toContainEqual(
			expect.objectContaining({ recipient: someone, status: 'blocked' }),
		);
		await setup.know(someone, { fact: 'handoff', ...takeover, active: false });
		expect(onlyJson(await setup.send(someone, text))).toMatchObject({ outcome: 'sent' });
		expect(onlyJson(await setup.send(someone, text))).toMatchObject({ outcome: 'duplicate' });
	});

	describe('Resume', () => {
		afterEach(async () => await setup.engine.later(0));

		const resume = async () =>
			itemsOf(await setup.send('', { operation: 'resume' })).map(({ json }) => json);

		test('sends what time alone held back, once it is over', async () => {
			const [kept, dropped] = [person(), person()];
			const until = Date.now() + hourMs;
			for (const someone of [kept, dropped]) {
				await setup.know(someone, wrote, { fact: 'handoff', ...takeover, active: true, until });
			}
			expect(onlyJson(await setup.send(kept, rules({ keepForResume: true })))).toMatchObject({
				outcome: 'blocked',
				blocked: { rule: 'handoff', isKeptForResume: true, until: new Date(until).toISOString() },
			});
			expect(onlyJson(await setup.send(dropped))).toMatchObject({
				blocked: { isKeptForResume: false },
			});
			expect(await resume()).toEqual([]);
			await setup.engine.later(hourMs);
			expect(await resume()).toEqual([
				expect.objectContaining({ outcome: 'sent', recipient: expect.any(Object) }),
			]);
			expect((await accepted(setup.simulator)).map(({ recipient }) => recipient)).toEqual([
				kept.slice(1),
			]);
			expect(await resume()).toEqual([]);
		});

		test('asks the rules again, by those of the sender', async () => {
			const someone = person();
			const until = Date.now() + hourMs;
			await setup.know(someone, wrote, { fact: 'handoff', ...takeover, active: true, until });
			const text = rules({ keepForResume: true, notForOptedOut: ['service'] });
			await setup.send(someone, text);
			await setup.know(someone, {
				fact: 'consent',
				category: 'marketing',
				granted: false,
				source: 'word',
				note: null,
			});
			await setup.engine.later(hourMs);
			expect(await resume()).toEqual([
				expect.objectContaining({
					outcome: 'blocked',
					blocked: expect.objectContaining({ rule: 'consent' }),
				}),
			]);
			expect(await resume()).toEqual([]);
		});
	});

	test('a preview says what the rules make of the message', async () => {
		const someone = person();
		const preview = { ...marketing, options: { previewOnly: true } };
		expect(onlyJson(await setup.send(someone, preview))).toMatchObject({
			outcome: 'preview',
			blocked: null,
		});
		await setup.know(someone, {
			fact: 'preference',
			category: 'marketing_messages',
			optedOut: true,
			agoMs: hourMs,
		});
		expect(onlyJson(await setup.send(someone, preview))).toMatchObject({
			outcome: 'preview',
			blocked: { rule: 'consent', reason: expect.stringContaining('opted out of marketing') },
		});
		expect(await bodies()).toEqual([]);
	});

	test('the category that a picked template brings is not looked up', async () => {
		const someone = person();
		await setup.know(someone, {
			fact: 'consent',
			category: 'marketing',
			granted: false,
			source: null,
			note: null,
			agoMs: dayMs,
		});
		const picked = (category: string) => ({
			operation: 'sendTemplate',
			template: { __rl: true, mode: 'list', value: `${news.name}:en_US` },
			templateValues: {
				mappingMode: 'defineBelow',
				value: {},
				schema: [
					{
						id: 'text',
						displayName: 'Text',
						type: 'object',
						options: [
							{ value: 'name', name: news.name },
							{ value: 'language', name: 'en_US' },
							{ value: 'category', name: category },
							{ value: 'body', name: 'We are open.' },
						],
					},
				],
			},
		});
		expect(onlyJson(await setup.send(someone, picked('MARKETING')))).toMatchObject({
			outcome: 'blocked',
		});
		const { data } = await setup.simulator.admin<{ data: { path: string }[] }>(
			'GET',
			'/requests?limit=100',
		);
		expect(data.filter(({ path }) => path.includes('message_templates'))).toEqual([]);
	});

	test('a template of unknown category counts as marketing for who opted out', async () => {
		const someone = person();
		await setup.know(someone, {
			fact: 'preference',
			category: 'marketing_messages',
			optedOut: true,
		});
		// One that nobody has looked up within the last minute.
		const unseen = { ...templateFixture('opening_hours'), id: '410000000009002', name: 'unseen' };
		await loadTemplates(setup.simulator.url, [unseen]);
		await setup.simulator.addFault({
			kind: 'error',
			code: 200,
			match: { path: '/message_templates' },
		});
		expect(onlyJson(await setup.send(someone, templateNamed('unseen')))).toMatchObject({
			outcome: 'blocked',
			blocked: { reason: expect.stringContaining('category of the template is not known') },
		});
	});

	test.each([
		['a cap of 0', { cap: { cap: { messages: 0 } } }, 'Cap › Messages'],
		['hours of no length', { quietHours: { hours: { from: '8:00', to: '08:00' } } }, 'To'],
		['a time zone that is none', { quietHours: { hours: { timeZone: 'Mars' } } }, 'Time Zone'],
		['a category that is none', { notForOptedOut: ['marketing'] }, 'Opting Out Also Blocks'],
	])('%s is refused by name', async (_, contactRules, field) => {
		const problem = problemOf(itemsOf(await setup.send(person(), rules(contactRules)))[0]);
		expect(problem).toContain('"Contact Rules › ');
		expect(problem).toContain(field);
	});

	test('what only the state knows is not asked for without one', async () => {
		const result = await setup.send(person(), rules({ unread: 3 }), { stateStore: 'off' });
		expect(problemOf(itemsOf(result)[0])).toContain('Keep State In is set to Nowhere');
	});
});

const takeover = { phoneNumberId: null, until: null, by: 'Grace', reason: null };
