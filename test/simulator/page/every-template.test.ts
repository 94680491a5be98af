import {
	loadTemplates,
	templateFixture,
	templateFixtures,
	type TemplateFixture,
} from '../../fixtures/templateFixtures';
import { fill } from '../support/fill';
import { at, textAt } from '../support/json';
import { closeBrowser, openPhone } from './phone';
import type { Phone } from './phone';
import { startSimulator } from './running-simulator';
import type { RunningSimulator } from './running-simulator';

jest.setTimeout(60_000);

const ana = '15550200001';
/** Sent by `/messages`, which takes no maximum price. */
const sendable = templateFixtures.filter(
	({ status, source, optimization_spec: maximum }) =>
		status === 'APPROVED' && source === undefined && maximum === undefined,
);

describe('templates of every kind in the chat page', () => {
	let simulator: RunningSimulator;
	let phone: Phone;

	const send = async (template: TemplateFixture): Promise<string> =>
		await simulator.send({
			to: `+${ana}`,
			type: 'template',
			template: {
				name: template.name,
				language: { code: template.language },
				components: fill(template),
			},
		});

	beforeAll(async () => {
		simulator = await startSimulator();
		await loadTemplates(simulator.url);
		phone = await openPhone(simulator, ana);
		// Files and links of the samples are nowhere; nothing of the page may look for them.
		await phone.page.route(/^https?:\/\/(?!127\.0\.0\.1)/, async (route) => await route.abort());
	});
	afterAll(async () => {
		await closeBrowser();
		await simulator.stop();
	});

	it('are drawn with their values, and without placeholders', async () => {
		for (const template of sendable) {
			const bubble = phone.bubble(await send(template));
			await bubble.waitFor();
			const text = await bubble.innerText();
			const { components } = template;
			const body = textAt(
				components.find(({ type }) => type === 'BODY'),
				'text',
			);
			const [words = ''] = body.split(/\{\{\w+\}\}|[*_~\n]/).filter((part) => part.trim() !== '');
			expect([template.name, text]).toEqual([
				template.name,
				expect.stringContaining(words.trim()) as string,
			]);
			expect(text).not.toContain('{{');
		}
		expect(phone.errors.filter((error) => !error.includes('ERR_FAILED'))).toEqual([]);
	});

	it('a request to call asks for a choice, which the business gets', async () => {
		const id = await send(templateFixture('may_we_call'));
		await phone.bubble(id).getByRole('button', { name: 'Choose preference' }).click();
		const next = simulator.nextReceived();
		await phone.page.getByRole('button', { name: /always allow/i }).click();
		expect(at(await next, 'interactive', 'type')).toBe('call_permission_reply');
	});
});
