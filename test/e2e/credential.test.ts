import type { Page } from 'playwright-core';
import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nApi } from '../../scripts/host/n8n-api.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { screenshot } from './browser';
import { useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';

describe('the credential test, as the editor shows it', () => {
	const { n8nUrl, simulatorUrl } = e2eHost();
	let api: N8nApi;
	let page: Page;

	useEditor((opened) => (page = opened));
	beforeAll(async () => {
		api = await ownerApi();
	});

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);

	/** Opens a credential with some parts replaced; the editor tests it right away. */
	async function open(name: string, changes: Record<string, string>): Promise<void> {
		const data = { ...testCredentialData(simulatorUrl), ...changes };
		const { id } = await api.saveCredential(name, CREDENTIAL_TYPE, data);
		await page.goto(`${n8nUrl}/home/credentials/${id}`);
		await byTestId('editCredential-modal').waitFor();
	}

	test('passes for a token that reaches the account, and masks what is secret', async () => {
		await open('Right', {});
		await byTestId('credentials-config-container-test-success').waitFor();
		for (const name of ['accessToken', 'appSecret', 'verifyToken', 'standbyAccessToken']) {
			const input = byTestId(`parameter-input-${name}`).locator('input');
			expect(await input.getAttribute('type')).toBe('password');
		}
		await screenshot(page, 'credential');
	});

	test.each([
		{
			why: 'a wrong token',
			changes: { accessToken: 'NOT_A_TOKEN' },
			says: /Access Token is wrong: Meta does not know it/,
		},
		{
			why: 'an expired token',
			changes: { accessToken: 'SIMULATOR_EXPIRED_TOKEN' },
			says: /Access Token expired on \d{4}-\d\d-\d\d/,
		},
		{
			why: "another app's token",
			changes: { accessToken: 'SIMULATOR_OTHER_APP_TOKEN' },
			says: /belongs to another app/,
		},
		{
			why: 'a token without permissions',
			changes: { accessToken: 'SIMULATOR_NO_ACCOUNT_TOKEN' },
			says: /Access Token lacks whatsapp_business_messaging and/,
		},
		{
			why: 'swapped IDs',
			changes: { businessAccountId: '300000000000001', phoneNumberId: '200000000000001' },
			says: /are swapped: .* Exchange them/,
		},
		{
			why: 'a bare token',
			changes: { businessAccountId: '', phoneNumberId: '' },
			says: /there is no number to send from/,
		},
		{
			why: 'a host that does not answer',
			// Port 9 (discard) refuses connections unless somebody has opened it on purpose.
			changes: { graphBaseUrl: 'http://127.0.0.1:9' },
			says: /Meta was not reached/,
		},
	])('fails for $why and says so', async ({ why, changes, says }) => {
		await open(`For ${why}`, changes);
		await page.getByText('Couldn’t connect with these settings').waitFor();
		await page.getByText('More details').click();
		await page.getByText(says).first().waitFor();
		await screenshot(page, `credential-${why.replaceAll(/\W+/g, '-')}`);
	});
});
