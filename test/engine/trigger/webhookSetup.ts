import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import type { Subscriptions } from '../../../nodes/WhatsAppCloud/graph/endpoints/subscriptions';
import { verifyTokenFor } from '../../../nodes/WhatsAppCloud/graph/verifyToken';
import { useEngine, useSimulator } from '../harness';
import { appSecret, credential, ids } from '../node/account';
import { CallbackServer } from './callback';
import { connect, HookedTrigger } from './hooks';
import { UserFolder } from './store';

/** Of the credential. */
export const VERIFY_TOKEN = 'the-verify-token';
/** The app at Meta. */
export const APP = { appId: ids.app, appSecret };

/** The resource Webhook in n8n's engine, beside triggers of the same n8n, with nothing registered at Meta. */
export function webhookSetup() {
	const folder = new UserFolder();
	const simulator = useSimulator();
	const engine = useEngine({ N8N_USER_FOLDER: folder.path });
	let n8n: CallbackServer;
	let store: Store;
	let meta: Subscriptions;

	beforeAll(async () => {
		n8n = await CallbackServer.start(VERIFY_TOKEN, verifyTokenFor('', appSecret));
		store = await folder.openStore();
		meta = connect(parseAccount(credential(simulator.url)));
	});
	beforeEach(async () => {
		await meta.deleteAppSubscription(APP);
		await meta.unsubscribeApp(ids.businessAccount);
	});
	afterAll(async () => {
		await n8n.stop();
		await folder.remove();
	});

	/** Runs an operation of the resource Webhook. */
	const run = async (
		operation: string,
		parameters: Record<string, unknown> = {},
		changes: Record<string, unknown> = {},
	) =>
		await engine.runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'webhook', operation, ...parameters },
			credentials: {
				whatsAppCloudApi: credential(simulator.url, { verifyToken: VERIFY_TOKEN, ...changes }),
			},
		});
	/** A trigger that n8n publishes. */
	const trigger = (id: string) =>
		new HookedTrigger(
			n8n,
			() => credential(simulator.url, { verifyToken: VERIFY_TOKEN }),
			{ registration: 'phoneNumber' },
			{ id, store },
		);

	return {
		simulator,
		engine,
		get n8n() {
			return n8n;
		},
		get store() {
			return store;
		},
		/** What is registered at Meta. */
		get meta() {
			return meta;
		},
		run,
		trigger,
	};
}
