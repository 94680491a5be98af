import type { Browser, Locator, Page } from 'playwright-core';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nApi, N8nNode } from '../../scripts/host/n8n-api.ts';
import { launchBrowser, openEditor } from './browser';
import { e2eHost, ownerApi } from './host';

/**
 * What a job takes by hand. It is counted from the panel that opens after a click on the action in
 * the node creator, with the credential chosen, until nothing is missing.
 */
interface Effort {
	/** Presses of the mouse: on a list, on the entry chosen in it, on a switch, on "Add …". */
	clicks: number;
	/** Inputs that get a text. The click into one is not counted. */
	fields: number;
}

/** Something that people do with a node, and what it takes. */
interface Job {
	name: string;
	/** The operation that the action in the node creator has chosen. */
	operation: string;
	steps: (hand: Hand) => Promise<void>;
	takes: Effort;
}

/** An entry of the list that is open. */
const listEntry = '.el-select-dropdown__item:visible';

/** Fills in a panel, as a person does, and counts. */
class Hand {
	clicks = 0;
	fields = 0;
	readonly panel: Locator;
	readonly #page: Page;

	constructor(page: Page) {
		this.#page = page;
		this.panel = page.locator('[data-test-id=node-parameters]');
	}

	async click(target: Locator): Promise<void> {
		await target.click();
		this.clicks += 1;
	}

	/** Chooses from a list: two clicks. */
	async choose(parameter: string, entry: string): Promise<void> {
		await this.click(this.#input(parameter));
		await this.click(this.#entry(entry));
		// The next list may have an entry of the same name, and this one closes slowly.
		await this.#page.locator(listEntry).first().waitFor({ state: 'hidden' });
	}

	/** Chooses from the list of a resource locator: two clicks. */
	async pick(parameter: string, entry: string): Promise<void> {
		await this.click(this.#input(parameter).locator('input').last());
		await this.click(
			this.#page.locator('[data-test-id=rlc-item]').filter({ hasText: entry }).first(),
		);
	}

	/** Presses an "Add …" button that adds a row. */
	async add(button: string): Promise<void> {
		await this.click(this.panel.getByRole('button', { name: button, exact: true }).last());
	}

	/** Adds a field to the panel's last collection: two clicks. */
	async addField(entry: string): Promise<void> {
		await this.click(this.panel.locator('[data-test-id=collection-parameter-add]').last());
		await this.click(this.#entry(entry));
	}

	/** Types into the last input of this name: that of the row added last. */
	async type(parameter: string, text: string): Promise<void> {
		await this.#input(parameter).locator('input, textarea').fill(text);
		this.fields += 1;
	}

	/** The last input of this name. */
	#input(parameter: string): Locator {
		return this.panel.locator(`[data-test-id="parameter-input-${parameter}"]`).last();
	}

	/** An entry of the list that is open. */
	#entry(name: string): Locator {
		return this.#page
			.locator(listEntry)
			.filter({ has: this.#page.getByText(name, { exact: true }) })
			.first();
	}
}

const recipient = '+15550200002';
const senderName = 'Lucky Shrub';
const pictureLink = 'https://luckyshrub.example/a.jpg';

const ours: Job[] = [
	{
		name: 'text',
		operation: 'sendText',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.type('text', 'Hello');
		},
		takes: { clicks: 0, fields: 2 },
	},
	{
		name: 'image with caption',
		operation: 'sendMedia',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.type('binaryField', 'photo');
			await hand.type('caption', 'A cactus');
		},
		takes: { clicks: 0, fields: 3 },
	},
	{
		name: 'two reply buttons',
		operation: 'sendInteractive',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.type('body', 'Do you come?');
			for (const title of ['Yes', 'No']) {
				await hand.add('Add Button');
				await hand.type('title', title);
			}
		},
		takes: { clicks: 2, fields: 4 },
	},
	{
		name: 'list of two rows',
		operation: 'sendInteractive',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.choose('interactiveType', 'List');
			await hand.type('body', 'Which way suits you?');
			await hand.type('buttonText', 'Ways');
			await hand.add('Add Section');
			for (const title of ['Courier', 'Pick-up']) {
				await hand.add('Add Row');
				await hand.type('title', title);
			}
		},
		takes: { clicks: 5, fields: 5 },
	},
	{
		name: 'contact with phone',
		operation: 'sendContacts',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.add('Add Contact');
			await hand.type('formattedName', 'Ada Lovelace');
			await hand.add('Add Phone Number');
			await hand.type('phone', '+15551234567');
		},
		takes: { clicks: 2, fields: 3 },
	},
	{
		name: 'template with picture, two variables and button',
		operation: 'sendTemplate',
		async steps(hand) {
			await hand.type('recipient', recipient);
			await hand.pick('template', 'order_update');
			await hand.type('header.image', pictureLink);
			await hand.type('body.1', 'Ana');
			await hand.type('body.2', 'A-1001');
			await hand.type('button.2.url', 'A-1001');
		},
		takes: { clicks: 2, fields: 5 },
	},
];

/** The same with n8n's built-in node, which has no buttons and no lists. */
const builtIn: Job[] = [
	{
		name: 'text',
		operation: 'send',
		async steps(hand) {
			await hand.choose('phoneNumberId', senderName);
			await hand.type('recipientPhoneNumber', recipient);
			await hand.type('textBody', 'Hello');
		},
		takes: { clicks: 2, fields: 2 },
	},
	{
		name: 'image with caption',
		operation: 'send',
		async steps(hand) {
			await hand.choose('phoneNumberId', senderName);
			await hand.type('recipientPhoneNumber', recipient);
			await hand.choose('messageType', 'Image');
			await hand.choose('mediaPath', 'n8n');
			await hand.type('mediaPropertyName', 'photo');
			await hand.addField('Caption');
			await hand.type('mediaCaption', 'A cactus');
		},
		takes: { clicks: 8, fields: 3 },
	},
	{
		name: 'contact with phone',
		operation: 'send',
		async steps(hand) {
			await hand.choose('phoneNumberId', senderName);
			await hand.type('recipientPhoneNumber', recipient);
			await hand.choose('messageType', 'Contacts');
			await hand.add('Add Parameter');
			await hand.type('formatted_name', 'Ada Lovelace');
			await hand.addField('Phones');
			await hand.add('Add Parameter');
			await hand.type('phone', '+15551234567');
		},
		takes: { clicks: 8, fields: 3 },
	},
	{
		name: 'template with picture, two variables and button',
		operation: 'sendTemplate',
		async steps(hand) {
			await hand.choose('phoneNumberId', senderName);
			await hand.type('recipientPhoneNumber', recipient);
			// The list of this test's answer holds one entry, whatever is asked for.
			await hand.choose('template', senderName);
			await hand.add('Add Component');
			await hand.choose('type', 'Header');
			await hand.add('Add Parameter');
			await hand.choose('type', 'Image');
			await hand.type('imageLink', pictureLink);
			await hand.add('Add Component');
			for (const text of ['Ana', 'A-1001']) {
				await hand.add('Add Parameter');
				await hand.type('text', text);
			}
			await hand.add('Add Component');
			await hand.choose('type', 'Button');
			await hand.choose('sub_type', 'URL');
			await hand.type('index', '2');
			await hand.add('Add Parameter');
			await hand.choose('type', 'Text');
			await hand.type('text', 'A-1001');
		},
		takes: { clicks: 21, fields: 6 },
	},
];

describe('what a job takes by hand', () => {
	const { n8nUrl, credentialId } = e2eHost();
	let api: N8nApi;
	let browser: Browser;
	let page: Page;

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);
	const issues = async () => await byTestId('parameter-issues').count();

	/** Opens a workflow with one node for each job, as the node creator leaves them. */
	async function openWorkflow(
		jobs: Job[],
		node: Required<Pick<N8nNode, 'type' | 'typeVersion' | 'credentials'>>,
	): Promise<void> {
		const { id } = await api.createWorkflow({
			name: 'By hand',
			nodes: jobs.map(({ name, operation }, index) => ({
				...node,
				id: `node-${index}`,
				name,
				position: [224 * index, 0],
				parameters: { resource: 'message', operation },
			})),
			connections: {},
		});
		await page.goto(`${n8nUrl}/workflow/${id}`);
	}

	/** Does a job in its node's panel; returns what it took, and how many inputs the editor marks. */
	async function take({ name, steps }: Job): Promise<Effort & { issues: number }> {
		await page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).dblclick();
		const hand = new Hand(page);
		await hand.panel.waitFor();
		await steps(hand);
		const { clicks, fields } = hand;
		const effort = { clicks, fields, issues: await issues() };
		await byTestId('ndv-close-button').click();
		await byTestId('ndv').waitFor({ state: 'hidden' });
		return effort;
	}

	/** The fields of a new credential of this type, and how many of them are required. */
	async function credentialFields(type: string): Promise<{ fields: number; required: number }> {
		const { id } = await api.saveCredential(`New ${type}`, type, {});
		await page.goto(`${n8nUrl}/home/credentials/${id}`);
		const modal = byTestId('editCredential-modal');
		const field = modal.locator('[data-test-id=credential-connection-parameter]').filter({
			has: page.locator('[data-test-id^=parameter-input-]'),
		});
		await field.first().waitFor();
		const labels = (await field.allInnerTexts())
			.map((text) => text.split('\n')[0]?.trim() ?? '')
			// n8n adds it to each credential.
			.filter((label) => label !== 'Allowed HTTP Request Domains');
		return {
			fields: labels.length,
			required: labels.filter((label) => label.endsWith('*')).length,
		};
	}

	beforeAll(async () => {
		api = await ownerApi();
		browser = await launchBrowser();
		page = await openEditor(browser);
	});
	afterAll(async () => await browser.close());

	describe('with the node of this package', () => {
		beforeAll(async () => {
			await openWorkflow(ours, {
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
				typeVersion: 1,
				credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: CREDENTIAL_NAME } },
			});
		});

		test.each(ours)('$name', async (job) => {
			expect(await take(job)).toEqual({ ...job.takes, issues: 0 });
		});
	});

	describe('with the built-in node', () => {
		beforeAll(async () => {
			const type = 'whatsAppApi';
			const { id, name } = await api.saveCredential('Built-in', type, {
				accessToken: 'token',
				businessAccountId: '1',
			});
			// It would ask Meta itself for the senders.
			await page.route('**/rest/dynamic-node-parameters/options', async (route) => {
				await route.fulfill({ json: { data: [{ name: senderName, value: '1' }] } });
			});
			await openWorkflow(builtIn, {
				type: 'n8n-nodes-base.whatsApp',
				typeVersion: 1.1,
				credentials: { [type]: { id, name } },
			});
		});

		test.each(builtIn)('$name', async (job) => {
			expect(await take(job)).toEqual({ ...job.takes, issues: 0 });
		});
	});

	test.each([
		{ type: CREDENTIAL_TYPE, has: { fields: 8, required: 1 } },
		{ type: 'whatsAppApi', has: { fields: 2, required: 2 } },
	])('a new credential of the type $type', async ({ type, has }) => {
		expect(await credentialFields(type)).toEqual(has);
	});
});
