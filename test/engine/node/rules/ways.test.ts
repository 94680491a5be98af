import { loadTemplates, templateFixture } from '../../../fixtures/templateFixtures';
import { accepted, credentials, ids, itemsOf, onlyJson, problemOf } from '../account';
import { onBothEngines } from './rulesSetup';

const phoneNumberId = ids.phoneNumber;
const wrote = { fact: 'inbound', phoneNumberId, messageId: 'wamid.in' } as const;
const rules = (contactRules: Record<string, unknown>) => ({ contactRules });

const shipped = templateFixture('order_shipped');
const template = { __rl: true, mode: 'list', value: 'order_shipped:en_US' };
const asTemplate = rules({ ifClosed: 'template', template });
const order = { 'body.1': 'Ada', 'body.2': 'L-1', 'body.3': 'Monday', 'button.0.url': 'L-1' };

onBothEngines((setup) => {
	beforeEach(async () => await loadTemplates(setup.simulator.url, [shipped]));

	const sendItem = async (person: string, json: Record<string, unknown>, parameters: object) =>
		onlyJson(
			await setup.engine.runNode({
				node: 'whatsAppCloud',
				parameters: { recipient: person, text: 'Hello', ...parameters },
				items: [{ json }],
				credentials: credentials(setup.simulator.url, setup.state),
				onError: 'continueRegularOutput',
			}),
		);
	const bodies = async () => (await accepted(setup.simulator)).map(({ body }) => body);
	const person = () => setup.stranger();

	describe('a closed window', () => {
		test('sends the template with the values of the item', async () => {
			const item = await sendItem(person(), order, asTemplate);
			expect(item).toMatchObject({
				outcome: 'sent',
				sentAs: 'template',
				template: { name: 'order_shipped', language: 'en_US', category: 'UTILITY' },
			});
			expect(await bodies()).toEqual([
				expect.objectContaining({ type: 'template', template: expect.any(Object) }),
			]);
		});

		test('an open one sends the text', async () => {
			const open = person();
			await setup.know(open, wrote);
			expect(await sendItem(open, order, asTemplate)).not.toHaveProperty('sentAs');
			expect(await bodies()).toEqual([expect.objectContaining({ type: 'text' })]);
		});

		test('says what the item lacks for the template', async () => {
			const item = await sendItem(person(), { 'body.1': 'Ada' }, asTemplate);
			expect(item).toMatchObject({
				outcome: 'blocked',
				blocked: { rule: 'window', reason: expect.stringMatching(/cannot go another way.*Values/) },
			});
			expect(await bodies()).toEqual([]);
		});

		test('says that a template is not there', async () => {
			const gone = { ...template, value: 'gone:en_US' };
			const item = await sendItem(person(), {}, rules({ ifClosed: 'template', template: gone }));
			expect(item).toMatchObject({ blocked: { reason: expect.stringContaining('is not there') } });
		});

		test('goes as Direct Send', async () => {
			expect(await sendItem(person(), {}, rules({ ifClosed: 'directSend' }))).toMatchObject({
				outcome: 'sent',
				sentAs: 'directSend',
			});
			expect(await bodies()).toEqual([
				expect.objectContaining({ type: 'text', category: 'utility' }),
			]);
		});

		test('says what Direct Send does not take', async () => {
			const item = await sendItem(
				person(),
				{},
				{
					operation: 'sendLocation',
					latitude: 1,
					longitude: 2,
					...rules({ ifClosed: 'directSend' }),
				},
			);
			expect(item).toMatchObject({
				blocked: { rule: 'window', reason: expect.stringContaining('only with texts') },
			});
		});

		test('a template must be chosen', async () => {
			const result = await setup.send(person(), rules({ ifClosed: 'template' }));
			expect(problemOf(itemsOf(result)[0])).toContain('"Contact Rules › Template" is empty');
		});
	});

	describe('an unknown window', () => {
		const unknown = { appSecret: '' };

		test('tries, says so, and learns from Meta', async () => {
			const someone = person();
			const sent = onlyJson(await setup.send(someone, {}, unknown));
			expect(sent).toMatchObject({ outcome: 'sent', window: 'unknown' });
			await setup.simulator.addFault({ kind: 'error', code: 131047, count: 1 });
			expect(onlyJson(await setup.send(someone, {}, unknown))).toMatchObject({
				outcome: 'failed',
				error: { code: 131047 },
			});
			expect(onlyJson(await setup.send(someone, {}, unknown))).toMatchObject({
				outcome: 'blocked',
				blocked: { rule: 'window' },
			});
			await setup.know(someone, { ...wrote });
			expect(onlyJson(await setup.send(someone, {}, unknown))).toMatchObject({ outcome: 'sent' });
		});

		test('sends the template if Meta refuses the text', async () => {
			await setup.simulator.addFault({ kind: 'error', code: 131047, count: 1 });
			const result = await setup.engine.runNode({
				node: 'whatsAppCloud',
				parameters: { recipient: person(), text: 'Hello', ...asTemplate },
				items: [{ json: order }],
				credentials: credentials(setup.simulator.url, {
					...setup.state,
					appSecret: '',
				}),
			});
			expect(onlyJson(result)).toMatchObject({ outcome: 'sent', sentAs: 'template' });
			expect(await bodies()).toEqual([expect.objectContaining({ type: 'template' })]);
		});
	});
});
