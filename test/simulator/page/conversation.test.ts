import { closeBrowser, openPhone } from './phone';
import type { Phone } from './phone';
import { startSimulator } from './running-simulator';
import type { RunningSimulator } from './running-simulator';

const ana = '15550200001';
const ben = '15550200002';
const dana = '15550200004';

jest.setTimeout(30_000);

/** The smallest PNG: one red pixel. */
const png = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Dwn4EIwDiqEAAGKgH9kZkRfgAAAABJRU5ErkJggg==',
	'base64',
);

describe('a conversation on the chat page', () => {
	let simulator: RunningSimulator;
	let phone: Phone;

	const text = (to: string, body: string): Promise<string> =>
		simulator.send({ to: `+${to}`, type: 'text', text: { body } });

	beforeAll(async () => {
		simulator = await startSimulator(['--timing', 'sent=10,delivered=30,read=never']);
		phone = await openPhone(simulator, ana);
	});
	afterEach(() => {
		expect(phone.errors.splice(0)).toEqual([]);
	});
	afterAll(async () => {
		await closeBrowser();
		await simulator.stop();
	});

	it.each(['/', '/_simulator/chat', '/_simulator/chat/'])('is the page at %s', async (path) => {
		const response = await fetch(simulator.url + path);
		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toContain('text/html');
		expect(await response.text()).toContain('/_simulator/chat/app.ts');
	});

	it('sends what the customer types and shows the answer of the business', async () => {
		const { page, bubble } = phone;
		const arrived = simulator.nextReceived();
		await page.getByTestId('composer').fill('hi *there*');
		await page.getByTestId('composer').press('Enter');
		const message = await arrived;
		expect(message).toMatchObject({ type: 'text', from: ana, text: { body: 'hi *there*' } });

		const own = bubble(String(message['id']));
		await own.waitFor();
		expect(await own.getAttribute('data-author')).toBe('customer');
		expect(await own.locator('strong').textContent()).toBe('there');
		expect(await page.getByTestId('composer').inputValue()).toBe('');

		const answer = bubble(await text(ana, 'Hello _Ana_'));
		await answer.locator('em', { hasText: 'Ana' }).waitFor();
		const sides = await Promise.all(
			[own, answer].map(async (one) => (await one.locator('.bubble').boundingBox())?.x ?? 0),
		);
		expect(sides[0]).toBeGreaterThan(sides[1] ?? 0);
	});

	it('sends a new line with Shift and Enter only', async () => {
		const { page } = phone;
		const arrived = simulator.nextReceived();
		await page.getByTestId('composer').pressSequentially('one');
		await page.getByTestId('composer').press('Shift+Enter');
		await page.getByTestId('composer').pressSequentially('two');
		await page.getByTestId('send').click();
		expect(await arrived).toMatchObject({ text: { body: 'one\ntwo' } });
	});

	it('lets ticks follow the statuses and reads what it shows', async () => {
		const id = await text(ana, 'Seen at once');
		await phone.page.locator(`[data-message-id="${id}"][data-status="read"]`).waitFor();
		expect(await phone.bubble(id).getByTestId('tick').getAttribute('aria-label')).toBe('Read');
	});

	it('counts what is unread until the conversation is opened', async () => {
		const { page, bubble } = phone;
		const id = await text(ben, 'For Ben alone');
		const row = page.locator(`[data-testid="conversation"][data-customer="${ben}"]`);
		await row.getByLabel('1 unread').waitFor();
		await row.click();
		await page.locator(`[data-message-id="${id}"][data-status="read"]`).waitFor();
		await row.getByLabel('1 unread').waitFor({ state: 'detached' });
		expect(await bubble(id).isVisible()).toBe(true);
		expect(page.url()).toContain(`customer=${ben}`);
	});

	it('shows several conversations side by side, and one alone', async () => {
		const { page } = phone;
		const row = page.locator(`[data-testid="conversation"][data-customer="${ana}"]`);
		await row.click({ modifiers: ['Control'] });
		await expect(page.getByTestId('pane').count()).resolves.toBe(2);
		const id = await text(ana, 'Both see their own');
		await page
			.locator(`[data-testid="pane"][data-customer="${ana}"]`)
			.getByText('Both see')
			.waitFor();
		expect(await phone.bubble(id).count()).toBe(1);
		await page
			.locator(`[data-testid="pane"][data-customer="${ben}"]`)
			.getByRole('button', { name: 'Close', exact: true })
			.click();
		await expect(page.getByTestId('pane').count()).resolves.toBe(1);

		const alone = await openPhone(simulator, ana, '&bare=1');
		expect(await alone.page.getByTestId('conversation').first().isVisible()).toBe(false);
		expect(await alone.page.getByTestId('composer').isVisible()).toBe(true);
		await alone.close();
	});

	it('shows typing dots until the answer comes, and what the business has read', async () => {
		const { page, bubble } = phone;
		const arrived = simulator.nextReceived();
		await page.getByTestId('composer').fill('Are you there?');
		await page.getByTestId('composer').press('Enter');
		const id = String((await arrived)['id']);
		await simulator.graph(`${simulator.phoneNumberId}/messages`, {
			messaging_product: 'whatsapp',
			status: 'read',
			message_id: id,
			typing_indicator: { type: 'text' },
		});
		await page.getByTestId('typing').waitFor();
		await page.locator(`[data-message-id="${id}"][data-status="read"]`).waitFor();
		const answer = await text(ana, 'Yes');
		await bubble(answer).waitFor();
		await page.getByTestId('typing').waitFor({ state: 'hidden' });
	});

	it('says why a message was not delivered', async () => {
		await fetch(`${simulator.url}/_simulator/settings`, {
			method: 'PATCH',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ enforceServiceWindow: true }),
		});
		const other = await openPhone(simulator, '4915550200003');
		const id = await text('4915550200003', 'Too late');
		await other.page.locator(`[data-message-id="${id}"][data-status="failed"]`).waitFor();
		await other.bubble(id).getByText('131047').waitFor();
		await other.close();
		await fetch(`${simulator.url}/_simulator/settings`, {
			method: 'PATCH',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ enforceServiceWindow: false }),
		});
	});

	it('keeps markup, scripts and bad addresses as text', async () => {
		const { page, bubble } = phone;
		const attack =
			'<img src=x onerror="window.broken=1"><script>window.broken=1</script> javascript:alert(1)';
		const plain = bubble(await text(ana, attack));
		await plain.waitFor();
		expect(await plain.locator('.text').first().innerText()).toContain(attack);
		const button = bubble(
			await simulator.send({
				to: `+${ana}`,
				type: 'interactive',
				interactive: {
					type: 'button',
					body: { text: attack },
					footer: { text: '<b>foot</b>' },
					action: { buttons: [{ type: 'reply', reply: { id: '<i>', title: '<b>no</b>' } }] },
				},
			}),
		);
		await button.getByRole('button', { name: '<b>no</b>' }).waitFor();
		expect(await page.locator('.row img, .row script, .row b, .row i').count()).toBe(0);
		expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
		expect(await page.evaluate('window.broken')).toBeUndefined();
	});

	it('answers one message and shows reactions of both sides', async () => {
		const { page, bubble } = phone;
		const id = await text(ana, 'Which colour?');
		await bubble(id).locator('.bubble').hover();
		await bubble(id).getByTestId('message-options').click();
		await page.getByRole('button', { name: 'Reply', exact: true }).click();
		const arrived = simulator.nextReceived();
		await page.getByTestId('composer').fill('Blue');
		await page.getByTestId('composer').press('Enter');
		const reply = await arrived;
		expect(reply).toMatchObject({ context: { id }, text: { body: 'Blue' } });
		await bubble(String(reply['id'])).getByText('Which colour?').waitFor();

		await bubble(id).getByTestId('message-options').click();
		const reacted = simulator.nextReceived();
		await page.getByRole('button', { name: 'React with 👍' }).click();
		expect(await reacted).toMatchObject({ reaction: { message_id: id, emoji: '👍' } });
		await bubble(id).getByLabel('Reactions: You: 👍').waitFor();

		await simulator.send({
			to: `+${ana}`,
			type: 'reaction',
			reaction: { message_id: reply['id'], emoji: '❤️' },
		});
		await bubble(String(reply['id'])).getByLabel('Reactions: Business: ❤️').waitFor();
	});

	it('edits and deletes a message of the customer', async () => {
		const { page, bubble } = phone;
		const arrived = simulator.nextReceived();
		await page.getByTestId('composer').fill('tpyo');
		await page.getByTestId('composer').press('Enter');
		const id = String((await arrived)['id']);
		await bubble(id).locator('.bubble').hover();
		await bubble(id).getByTestId('message-options').click();
		await page.getByRole('button', { name: 'Edit' }).click();
		const edited = simulator.nextReceived();
		await page.getByTestId('composer').fill('typo');
		await page.getByTestId('composer').press('Enter');
		expect(await edited).toMatchObject({ type: 'edit', edit: { original_message_id: id } });
		await bubble(id).getByText('typo', { exact: true }).waitFor();

		await bubble(id).getByTestId('message-options').click();
		const revoked = simulator.nextReceived();
		await page.getByRole('button', { name: 'Delete for everyone' }).click();
		expect(await revoked).toMatchObject({ type: 'revoke', revoke: { original_message_id: id } });
		await bubble(id).getByText('You deleted this message').first().waitFor();
	});

	it('sends a picture with its caption', async () => {
		const { page, bubble } = phone;
		await page.getByTestId('file-input').setInputFiles({
			name: 'pixel.png',
			mimeType: 'image/png',
			buffer: png,
		});
		await page.getByTestId('caption').fill('One pixel');
		const arrived = simulator.nextReceived();
		await page.getByTestId('send-files').click();
		const message = await arrived;
		expect(message).toMatchObject({
			type: 'image',
			image: { caption: 'One pixel', mime_type: 'image/png' },
		});
		const picture = bubble(String(message['id'])).locator('img.media-picture');
		await picture.waitFor();
		const width = await page.evaluate(
			'document.querySelector(".row-customer img.media-picture").decode().then(() => document.querySelector(".row-customer img.media-picture").naturalWidth)',
		);
		expect(width).toBe(1);
	});

	it('adds a contact and writes as it', async () => {
		const { page } = phone;
		await page.getByTestId('new-contact').click();
		await page.getByLabel('Name', { exact: true }).fill('Zoe <Quinn>');
		await page.getByLabel('Phone number', { exact: true }).fill('+1 555 020 0077');
		await page.keyboard.press('Enter');
		await page.locator('[data-testid="pane"][data-customer="15550200077"]').waitFor();
		const arrived = simulator.nextReceived();
		await page.getByTestId('composer').fill('I am new');
		await page.getByTestId('composer').press('Enter');
		expect(await arrived).toMatchObject({ from: '15550200077' });
	});

	it('closes a sheet with Esc and gives the focus back', async () => {
		const { page } = phone;
		await page.getByTestId('new-contact').focus();
		await page.keyboard.press('Enter');
		await page.getByTestId('sheet').waitFor();
		await page.keyboard.press('Escape');
		await page.getByTestId('sheet').waitFor({ state: 'detached' });
		expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('new-contact');
	});

	it('fits a phone of 360 pixels', async () => {
		const small = await openPhone(simulator, dana);
		await small.page.setViewportSize({ width: 360, height: 640 });
		expect(await small.page.getByTestId('new-contact').isVisible()).toBe(false);
		expect(await small.page.evaluate('document.documentElement.scrollWidth')).toBe(360);
		await small.page.getByRole('button', { name: 'Back to the list' }).click();
		expect(await small.page.getByTestId('new-contact').isVisible()).toBe(true);
		expect(await small.page.evaluate('document.documentElement.scrollWidth')).toBe(360);
		await small.close();
	});
});
