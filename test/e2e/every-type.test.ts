import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { ChatClient } from '../../scripts/host/chat-client.ts';
import { executionError, nodeRuns } from '../../scripts/host/execution-data.ts';
import type { N8nNode } from '../../scripts/host/n8n-api.ts';
import { testAccount } from '../../scripts/host/test-account.ts';
import { launchBrowser, openPage, screenshot } from './browser';
import { until } from '../until';
import { importExample, readExample } from './examples';
import { e2eHost, ownerApi, projectFolder } from './host';
import { pictureName, pictureWidth, takePicture } from './message-pictures';
import { typeInEditor, typeOnWire, typesOfFixtures, type Body } from './message-types';
import { present } from '../present';

const nodeType = 'n8n-nodes-whatsapp-cloud.whatsAppCloud';

/** Nobody that other tests write to. */
const customer = { waId: '15550200055', name: 'Emma Silva' };

interface SentItem {
	outcome: string;
	messageId: string;
}

/** A message as the simulator accepted it. */
interface Accepted {
	id: string;
	body: Body;
}

describe('the example with one message of each type', () => {
	const { simulatorUrl } = e2eHost();
	/** The sending nodes, in the order of the file. */
	let senders: N8nNode[];
	const sent = new Map<string, SentItem>();
	let accepted: Map<string, Body>;

	const bodyOf = (name: string): Body | undefined => accepted.get(sent.get(name)?.messageId ?? '');

	beforeAll(async () => {
		await new ChatClient(simulatorUrl).addCustomer(customer);
		const { nodes } = await readExample('every-message-type');
		senders = nodes.filter(({ type }) => type === nodeType);

		const api = await ownerApi();
		const recipient = { name: 'recipient', value: `+${customer.waId}`, type: 'string' };
		const workflow = await importExample(api, 'every-message-type', {
			'To Whom?': { assignments: { assignments: [{ id: 'recipient', ...recipient }] } },
		});
		const executionId = await api.run(workflow.id, "When Clicking 'Execute Workflow'");
		const { data = '' } = await api.finishedExecution(executionId, 240_000);
		expect(executionError(data)).toBeNull();
		const runs = nodeRuns(data);
		for (const { name } of senders) {
			const items = (runs[name] ?? []).flatMap(({ outputs }) => outputs.flat());
			expect([name, items.length]).toEqual([name, 1]);
			sent.set(name, items[0]?.json as unknown as SentItem);
		}

		const response = await fetch(
			`${simulatorUrl}/_simulator/messages?recipient=${customer.waId}&limit=1000`,
		);
		const { data: messages } = (await response.json()) as { data: Accepted[] };
		accepted = new Map(messages.map(({ id, body }) => [id, body]));
	});

	test('has a node for each type that goes to a person', () => {
		const types = new Set(senders.map(({ parameters }) => typeInEditor(parameters)));
		const toPersons = [...typesOfFixtures().keys()].filter((type) => type !== 'pinMessage');
		expect([...types].sort()).toEqual(toPersons.sort());
	});

	test('is sent: each item has its outcome, message ID and recipient', () => {
		for (const { name } of senders) {
			expect([name, sent.get(name)]).toEqual([
				name,
				expect.objectContaining({
					outcome: 'sent',
					messageId: expect.stringMatching(/^wamid\./),
					recipient: expect.objectContaining({ waId: customer.waId }),
				}),
			]);
		}
	});

	test('is what the simulator accepted, each as its type, and nothing besides', () => {
		const expected = typesOfFixtures();
		// A custom body's type depends on what it contains.
		expected.set('sendCustom', 'text');
		for (const { name, parameters } of senders) {
			const body = bodyOf(name);
			expect([name, body && typeOnWire(body)]).toEqual([
				name,
				expected.get(typeInEditor(parameters)),
			]);
		}
		const ids = [...sent.values()].map(({ messageId }) => messageId);
		expect([...accepted.keys()].sort()).toEqual(ids.sort());
	});

	describe('in the chat page', () => {
		let browser: Browser;
		let page: Page;

		const bubble = (name: string) =>
			page.locator(`[data-testid=message][data-message-id="${sent.get(name)?.messageId ?? ''}"]`);
		const isReaction = ({ parameters }: N8nNode) => parameters['operation'] === 'sendReaction';

		/** Waits until the browser knows the width of a picture or video. */
		async function hasContent(medium: Locator, width: 'naturalWidth' | 'videoWidth') {
			await until('the picture is drawn', async () => {
				const known = await medium.evaluate(
					(element: Record<typeof width, number>, name) => element[name],
					width,
				);
				return known > 0;
			});
		}

		async function openConversation(target: Page): Promise<void> {
			const { phoneNumberId } = testAccount;
			const address = `#customer=${customer.waId}&number=${phoneNumberId}&bare=1`;
			await target.goto(`${simulatorUrl}/${address}`);
			await target.locator('body[data-ready]').waitFor();
		}

		/** For docs/messages.md, which shows each type with a picture. */
		async function takePictures(): Promise<void> {
			const context = await browser.newContext({
				viewport: { width: pictureWidth, height: 900 },
				deviceScaleFactor: 2,
				reducedMotion: 'reduce',
			});
			const phone = await context.newPage();
			await openConversation(phone);
			for (const node of senders) {
				const { messageId } = present(sent.get(isReaction(node) ? 'Send Reply' : node.name));
				await takePicture(phone, messageId, pictureName(node));
			}
		}

		beforeAll(async () => {
			browser = await launchBrowser();
			page = await openPage(browser, { width: 480, height: 900 });
			await openConversation(page);
			if (process.env['UPDATE_DOC_IMAGES'] === '1') await takePictures();
		});

		test('each type has a picture in docs/messages.md; otherwise: UPDATE_DOC_IMAGES=1', () => {
			const pictures = readdirSync(join(projectFolder, 'docs/images/messages'));
			const wanted = senders.map((node) => `${pictureName(node)}.png`);
			expect(wanted.filter((name) => !pictures.includes(name))).toEqual([]);
		});
		afterAll(async () => await browser.close());

		test('each message is drawn as its type, and the reaction on its message', async () => {
			for (const node of senders) {
				// A reaction has no bubble of its own.
				if (isReaction(node)) continue;
				const { name } = node;
				expect([name, await bubble(name).getAttribute('data-type')]).toEqual([
					name,
					bodyOf(name)?.type,
				]);
				expect([name, await bubble(name).locator('.unknown').count()]).toEqual([name, 0]);
			}
			expect(await page.getByText('could not be drawn').count()).toBe(0);
			await bubble('Send Reply').getByText('🌱').waitFor();
		});

		test('the files of the item have come through: pictures, film, sounds, document', async () => {
			for (const name of ['Send Image', 'Send Sticker', 'Send Reply Buttons', 'Send Carousel']) {
				await bubble(name).scrollIntoViewIfNeeded();
				const picture = bubble(name).locator('img').first();
				await hasContent(picture, 'naturalWidth');
			}
			await hasContent(bubble('Send Video').locator('video'), 'videoWidth');
			await bubble('Send Audio').getByText('0:03').waitFor();
			await bubble('Send Voice Note').getByText('0:04').waitFor();
			await bubble('Send Document').getByText('Care guide.pdf').waitFor();
			expect(await page.locator('.media-missing').count()).toBe(0);
		});

		test('the whole conversation is drawn without scrolling on one picture', async () => {
			const timeline = page.locator('.timeline');
			// Pictures that scroll into view make the conversation longer.
			await until('the page fits the window', async () => {
				const { height, shown } = await timeline.evaluate(
					(element: { scrollHeight: number; clientHeight: number }) => ({
						height: element.scrollHeight,
						shown: element.clientHeight,
					}),
				);
				if (height === shown) return true;
				await page.setViewportSize({ width: 480, height: height + 140 });
				return false;
			});
			await bubble('Send Text').waitFor();
			await screenshot(page, 'every-type');
		});
	});
});
