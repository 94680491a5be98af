import { parseAccountWithoutToken } from '../../../../nodes/WhatsAppCloud/graph/account';
import type { Run } from '../../../../nodes/WhatsAppCloud/node/run';
import { importConsent } from '../../../../nodes/WhatsAppCloud/operations/contact/consent/importConsent';
import { openStore } from '../../../../nodes/WhatsAppCloud/store/open';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { temporaryFolder } from '../../store/engines';

const folder = temporaryFolder();
const environment = process.env;
const account = parseAccountWithoutToken({ businessAccountId: '1' });
let store: Store;

beforeEach(async () => {
	process.env = { ...environment, N8N_USER_FOLDER: folder() };
	store = await openStore({ engine: 'sqlite' });
});
afterEach(async () => {
	jest.restoreAllMocks();
	await store.close();
	process.env = environment;
});

test('an import that is cancelled while it writes says what it has written, and writes no more', async () => {
	const numbers = Array.from({ length: 10_000 }, (_, index) => `+1555${4_000_000 + index}`);
	const ending = new AbortController();
	const record = store.contacts.record.bind(store.contacts);
	jest.spyOn(store.contacts, 'record').mockImplementation(async (...call) => {
		await record(...call);
		ending.abort();
	});
	const run = {
		host: {
			getNode: () => ({ parameters: {} }),
			getInputData: () => numbers.map((phone) => ({ json: { phone } })),
			logger: { info: () => undefined },
		},
		account,
		signal: ending.signal,
	} as unknown as Run;

	const outputs = await importConsent.executeAll?.(run, () => ({}) as never, numbers.length);
	const imported = Number(outputs?.[0]?.[0]?.json['imported']);
	expect(imported).toBeGreaterThan(0);
	expect(imported).toBeLessThan(numbers.length);
	const known = await store.contacts.get('1', numbers);
	expect(known.filter(({ consents }) => 'marketing' in consents)).toHaveLength(imported);
});
