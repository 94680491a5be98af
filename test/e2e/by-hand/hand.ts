import type { Locator, Page } from 'playwright-core';

/** An entry of the list that is open. */
const listEntry = '.el-select-dropdown__item:visible';

const settleMs = 700;

/** How long a list may take to open. */
const listMs = 15_000;

/** Fills in a panel, as a person does, and counts. */
export class Hand {
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

	/** Chooses from the list of a resource locator: two clicks, if the first one opens it. */
	async pick(parameter: string, entry: string): Promise<void> {
		const input = this.#input(parameter).locator('input').last();
		const entries = this.#page.locator('[data-test-id=rlc-item]');
		await this.click(input);
		const opens = entries.first().waitFor({ timeout: listMs });
		// A panel that is still loading closes it again.
		await opens.catch(async () => await this.click(input));
		await this.click(entries.filter({ hasText: entry }).first());
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

	/** Types an expression into the last input of this name: the equals sign makes it one. */
	async express(parameter: string, expression: string): Promise<void> {
		const input = this.#input(parameter);
		await input.locator('input, textarea').first().press('=');
		await input.locator('.cm-content').fill(expression);
		// The editor takes it a moment later, and loses it if another field is filled in meanwhile.
		await this.#page.waitForTimeout(settleMs);
		this.fields += 1;
	}

	/** Adds an option to the panel's first collection: two clicks. */
	async addOption(entry: string): Promise<void> {
		await this.click(this.panel.locator('[data-test-id=collection-parameter-add]').first());
		await this.click(this.#entry(entry));
	}

	/** Turns a switch on or off. */
	async turn(parameter: string): Promise<void> {
		await this.click(this.#input(parameter).locator('.el-switch'));
	}

	/** The last input of this name, or with this ID for tests. */
	#input(parameter: string): Locator {
		return this.panel
			.locator(`[data-test-id="parameter-input-${parameter}"], [data-test-id="${parameter}"]`)
			.last();
	}

	/** An entry of the list that is open. */
	#entry(name: string): Locator {
		return this.#page
			.locator(listEntry)
			.filter({ has: this.#page.getByText(name, { exact: true }) })
			.first();
	}
}
