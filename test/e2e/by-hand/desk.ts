import type { Locator, Page } from 'playwright-core';
import { Hand } from './hand.ts';

/** After this, the editor has taken what was typed last. */
const settleMs = 1_000;

/** Builds workflows in n8n's editor from nothing, as a person does. Its hand counts. */
export class Desk {
	readonly page: Page;
	readonly hand: Hand;
	readonly #n8nUrl: string;

	/**
	 * @param page signed in to n8n
	 * @param n8nUrl without a trailing slash
	 */
	constructor(page: Page, n8nUrl: string) {
		this.page = page;
		this.hand = new Hand(page);
		this.#n8nUrl = n8nUrl;
	}

	#byTestId(id: string): Locator {
		return this.page.locator(`[data-test-id="${id}"]`);
	}

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.#n8nUrl}/workflow/new`);
		await this.#byTestId('canvas-plus-button').waitFor();
	}

	/** Begins with a click on "Execute workflow", which has no panel. */
	async beginByClick(): Promise<void> {
		await this.hand.click(this.#byTestId('canvas-plus-button'));
		await this.hand.click(this.#creatorItem('Trigger manually'));
		await this.#byTestId('canvas-handle-plus').first().waitFor();
	}

	/** Adds the first node, and leaves its panel open. */
	async begin(search: string, node: string, action?: string): Promise<void> {
		await this.hand.click(this.#byTestId('canvas-plus-button'));
		await this.#choose(search, node, action);
	}

	/**
	 * Adds a node behind the first output of the canvas that has none yet, and leaves its panel open.
	 * Outputs stand in the order in which their nodes were added.
	 */
	async add(search: string, node: string, action?: string): Promise<void> {
		await this.hand.click(this.#byTestId('canvas-handle-plus').first());
		await this.#choose(search, node, action);
	}

	/** Searches in the list of nodes, and picks a node or one of its actions. */
	async #choose(search: string, node: string, action?: string): Promise<void> {
		await this.#byTestId('node-creator-search-bar').waitFor();
		await this.page.keyboard.type(search);
		this.hand.fields += 1;
		await this.hand.click(this.#creatorItem(node));
		if (action !== undefined) await this.hand.click(this.#creatorItem(action));
		await this.#byTestId('ndv').waitFor();
	}

	#creatorItem(title: string): Locator {
		return this.#byTestId('node-creator-item-name')
			.filter({ has: this.page.getByText(title, { exact: true }) })
			.or(this.#byTestId('node-creator-item-name').getByText(title, { exact: true }))
			.first();
	}

	/** Closes the panel. */
	async close(): Promise<void> {
		await this.page.waitForTimeout(settleMs);
		await this.hand.click(this.#byTestId('ndv-close-button'));
		await this.#byTestId('ndv').waitFor({ state: 'hidden' });
	}

	/**
	 * Makes the credential in the panel that is open, in an n8n that has none yet.
	 *
	 * @param values by the names of its fields
	 */
	async createCredential(values: Readonly<Record<string, string>>): Promise<void> {
		// n8n saves none before it has given it a name.
		const isNamed = this.page.waitForResponse(/\/credentials\/new/);
		await this.hand.click(this.page.getByRole('button', { name: /^Connect to / }));
		await isNamed;
		await this.page.waitForTimeout(settleMs);
		await this.#fillCredential(values);
		// The editor tests a new one, and closes the form.
		await this.#byTestId('editCredential-modal').waitFor({ state: 'hidden' });
	}

	/**
	 * Makes a credential on the page of credentials, under a name of its own.
	 *
	 * @param values by the names of its fields
	 */
	async createCredentialNamed(
		name: string,
		values: Readonly<Record<string, string>>,
	): Promise<void> {
		await this.page.goto(`${this.#n8nUrl}/home/credentials/create`);
		await this.#byTestId('new-credential-type-select').click();
		await this.page.keyboard.type('WhatsApp Cloud API');
		await this.page.waitForTimeout(settleMs);
		await this.page.keyboard.press('Enter');
		const isNamed = this.page.waitForResponse(/\/credentials\/new/);
		await this.hand.click(this.#byTestId('new-credential-type-button'));
		await isNamed;
		await this.page.waitForTimeout(settleMs);
		const modal = this.#byTestId('editCredential-modal');
		await this.hand.click(modal.locator('[data-test-id=inline-edit-preview]'));
		await this.page.keyboard.press('ControlOrMeta+A');
		await this.page.keyboard.type(name);
		await this.page.keyboard.press('Enter');
		this.hand.fields += 1;
		const isSaved = this.page.waitForResponse(
			(response) =>
				response.request().method() === 'POST' && response.url().endsWith('/credentials'),
		);
		await this.#fillCredential(values);
		await isSaved;
	}

	/** Changes the credential of the panel that is open; the form stays until it is closed. */
	async changeCredential(values: Readonly<Record<string, string>>): Promise<void> {
		await this.hand.click(this.#byTestId('credential-edit-button'));
		await this.#fillCredential(values);
		await this.#byTestId('credentials-config-container-test-success').waitFor();
		const form = this.#byTestId('editCredential-modal');
		await this.hand.click(form.locator('.el-dialog__headerbtn'));
		await form.waitFor({ state: 'hidden' });
	}

	async #fillCredential(values: Readonly<Record<string, string>>): Promise<void> {
		const modal = this.#byTestId('editCredential-modal');
		await modal.waitFor();
		for (const [name, value] of Object.entries(values)) {
			const input = modal.locator(`[data-test-id="parameter-input-${name}"] input`);
			// The simulator's address is among the advanced settings.
			if (name === 'graphBaseUrl') {
				const advanced = modal.locator('[data-test-id="parameter-input-advancedSettings"]');
				await this.hand.click(advanced.locator('.el-switch'));
			}
			await input.fill(value);
			this.hand.fields += 1;
		}
		await this.hand.click(this.#byTestId('credential-save-button'));
	}

	/** Runs the node whose panel is open, and waits for its output or its error. */
	async execute(): Promise<void> {
		await this.page.waitForTimeout(settleMs);
		await this.hand.click(this.#byTestId('node-execute-button').first());
		await this.#output
			.getByText(/^\d+ items?$/)
			.first()
			.waitFor();
	}

	get #output(): Locator {
		return this.#byTestId('output-panel');
	}

	/** @throws Error if the output does not show these words */
	async reads(...words: readonly string[]): Promise<void> {
		for (const each of words) await this.#output.getByText(each).first().waitFor();
	}

	/** Writes code into the panel of a Code node, in the place of what is there. */
	async writeCode(code: string): Promise<void> {
		const editor = this.hand.panel.locator('.cm-content').first();
		await editor.click();
		await this.page.keyboard.press('ControlOrMeta+A');
		await this.page.keyboard.insertText(code);
		this.hand.fields += 1;
	}

	/** Lets the Webhook node whose panel is open wait, and posts to the address that it shows. */
	async tryWebhook(body: unknown): Promise<void> {
		await this.hand.click(this.page.getByRole('button', { name: /Listen for test event/ }).first());
		await this.page.getByText('Listening for test event').first().waitFor();
		await this.#post(await this.#webhookUrl(), body);
		await this.#output
			.getByText(/^\d+ items?$/)
			.first()
			.waitFor();
	}

	async #webhookUrl(): Promise<string> {
		const shown = await this.#byTestId('ndv')
			.getByText(/^http.*\/webhook-test\//)
			.first()
			.innerText();
		return shown.trim();
	}

	/** Publishes the workflow. */
	async publish(): Promise<void> {
		await this.hand.click(this.#byTestId('workflow-open-publish-modal-button'));
		await this.hand.click(this.page.getByRole('dialog').getByRole('button', { name: 'Publish' }));
		await this.hand.click(this.page.getByRole('button', { name: 'Got it' }));
	}

	async #post(url: string, body: unknown): Promise<void> {
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
	}
}
