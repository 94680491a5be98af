import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import { RegistrationProblem } from '../../../nodes/WhatsAppCloud/trigger/registration/registrationProblem';
import type { Subscriptions } from '../../../nodes/WhatsAppCloud/graph/endpoints/subscriptions';
import { useSimulator } from '../harness';
import { CallbackServer } from './callback';
import { connect, HookedTrigger } from './hooks';

/** Of the credential. */
export const VERIFY_TOKEN = 'the-verify-token';
/** The app at Meta. */
export const APP = { appId: '100000000000001', appSecret: 'simulator-app-secret' };
/** The business account. */
export const BUSINESS = '200000000000001';
/** Its first phone number. */
export const NUMBER = '300000000000001';

/** What a trigger can register, and the address of Meta's that tells it. */
export const SCOPES = [
	['phoneNumber', 'phoneNumberUrl'],
	['businessAccount', 'businessAccountUrl'],
	['app', 'appUrl'],
] as const;

/** @throws Error unless the work fails with a RegistrationProblem */
export async function problemOf(work: Promise<unknown>): Promise<RegistrationProblem> {
	const error = await work.then(
		() => null,
		(reason: unknown) => reason,
	);
	if (error instanceof RegistrationProblem) return error;
	throw new Error(`no RegistrationProblem but ${String(error)}`);
}

/** Triggers of one n8n, another server that Meta may call, and nothing registered at first. */
export function registrationSetup() {
	const simulator = useSimulator();
	let n8n: CallbackServer;
	let elsewhere: CallbackServer;
	let meta: Subscriptions;
	let credential: Record<string, string | boolean>;

	beforeAll(async () => {
		n8n = await CallbackServer.start(VERIFY_TOKEN);
		elsewhere = await CallbackServer.start(VERIFY_TOKEN);
		credential = {
			...APP,
			accessToken: 'SIMULATOR_ACCESS_TOKEN',
			businessAccountId: BUSINESS,
			phoneNumberId: NUMBER,
			verifyToken: VERIFY_TOKEN,
			advancedSettings: true,
			graphBaseUrl: simulator.url,
		};
		meta = connect(parseAccount(credential));
	});
	beforeEach(async () => {
		await meta.deleteAppSubscription(APP);
		await meta.unsubscribeApp(BUSINESS);
	});
	afterAll(async () => {
		await n8n.stop();
		await elsewhere.stop();
	});

	const callbacks = async () => await meta.phoneNumberCallbacks(NUMBER);

	return {
		get n8n() {
			return n8n;
		},
		/** Somebody else's server. */
		get elsewhere() {
			return elsewhere;
		},
		/** What is registered at Meta. */
		get meta() {
			return meta;
		},
		/** Addresses that Meta calls for the number. */
		callbacks,
		newTrigger: (
			parameters: Record<string, unknown>,
			node: { id?: string; isTest?: boolean } = {},
		) => new HookedTrigger(n8n, () => credential, parameters, node),
	};
}
