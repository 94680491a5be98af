import { isSameNode, isSameOrigin } from './callbackAddress';
import {
	readApp,
	readCallback,
	readSubscribedApps,
	writeCallback,
	type CallbackPlace,
} from './callbackAtMeta';
import { RegistrationProblem, registrationStep } from './registrationProblem';
import type { RegistrationRecord } from './registrationRecords';
import {
	MAX_OVERRIDE_URL_CHARACTERS,
	type Callback,
	type Subscriptions,
} from '../../graph/endpoints/subscriptions';
import { verifyTokenFor } from '../../graph/verifyToken';

/** What to register. */
export type Registration = CallbackPlace & {
	callback: Callback;
	/** Fields the app must be subscribed to. */
	fields: readonly string[];
	/** Fields that it is subscribed to as well, if its callback is one of this n8n. */
	furtherFields: readonly string[];
	/** A test run may replace a callback, since it restores it afterwards. */
	isTest: boolean;
	/** Whether someone else's callback may be replaced. */
	replaceOthers: boolean;
};

/** The app's other triggers, as far as the state knows them. */
export interface Sharing {
	/** Addresses of triggers that forward what they get. */
	addresses: readonly string[];
	/** Those among them that can also remove a registration. */
	registering: readonly string[];
	/** Addresses of test runs, which give way to a published trigger. */
	testAddresses: readonly string[];
	/** Whether one of the app's triggers answers at this URL. */
	answers: (url: string) => Promise<boolean>;
}

const ALONE: Sharing = {
	addresses: [],
	registering: [],
	testAddresses: [],
	answers: async () => await Promise.resolve(true),
};

const allFieldsOf = ({
	fields,
	furtherFields,
}: Pick<Registration, 'fields' | 'furtherFields'>): string[] => [
	...new Set([...fields, ...furtherFields]),
];

/** Whether Meta sends webhooks to this callback, or to one that shares with it. */
export async function isRegistered(
	subscriptions: Subscriptions,
	registration: Registration,
	{ addresses }: Sharing = ALONE,
): Promise<boolean> {
	const apps = await readSubscribedApps(subscriptions, registration);
	const isSubscribed = apps.some(({ appId }) => appId === registration.appId);
	const { url, fields } = await readCallback(subscriptions, registration, apps);
	return (
		isSubscribed &&
		(url === registration.callback.url || (url !== null && addresses.includes(url))) &&
		(registration.scope !== 'app' ||
			allFieldsOf(registration).every((field) => fields.includes(field)))
	);
}

/**
 * Directs webhooks to the callback, step by step, after checking what is registered already.
 *
 * @param keep Called before each change that `unregister` has to undo.
 * @throws RegistrationProblem naming the step and what to do
 */
export async function register(
	subscriptions: Subscriptions,
	registration: Registration,
	keep: (record: RegistrationRecord) => Promise<void>,
	sharing: Sharing = ALONE,
): Promise<void> {
	const { callback, scope, appId, businessAccountId, isTest } = registration;
	if (scope !== 'app' && callback.url.length > MAX_OVERRIDE_URL_CHARACTERS) {
		throw new RegistrationProblem(
			`The address of the trigger has ${callback.url.length} characters, and Meta takes ${MAX_OVERRIDE_URL_CHARACTERS} at most`,
			'Choose the registration for the whole app, which has no such limit, or shorten WEBHOOK_URL.',
		);
	}
	const apps = await readSubscribedApps(subscriptions, registration);
	const current = await readCallback(subscriptions, registration, apps);
	const place = await placeOf(registration, current.url, sharing);
	if (scope === 'app' && isTest && place === 'free') throw notForTestRuns(appId);

	if (!apps.some((app) => app.appId === appId)) {
		await registrationStep('subscribe the app to the business account', () =>
			subscriptions.subscribeApp(businessAccountId, null),
		);
	}
	if (scope !== 'app') await ensureAppFields(subscriptions, registration, keep, sharing);
	const fields = [...new Set([...current.fields, ...allFieldsOf(registration)])];
	if (place === 'shared') {
		const lacksFields = scope === 'app' && fields.length > current.fields.length;
		const shared = sharedCallback(registration, current.url ?? callback.url);
		if (lacksFields) await writeCallback(subscriptions, registration, shared, fields);
		return;
	}
	const isOwn =
		current.url === null ||
		isSameNode(current.url, callback.url) ||
		sharing.testAddresses.includes(current.url);
	// Its own callback is on record already, with what stood there before.
	if (current.url !== callback.url) {
		// A test run also restores the address of its own published workflow.
		const previousUrl = isOwn && !isTest ? null : current.url;
		await keep(recordOf(registration, callback.url, previousUrl, current.fields));
	}
	await writeCallback(subscriptions, registration, callback, fields);
}

function recordOf(
	{ scope, appId, businessAccountId, phoneNumberId }: CallbackPlace,
	url: string,
	previousUrl: string | null,
	previousFields: string[],
): RegistrationRecord {
	return { scope, url, appId, businessAccountId, phoneNumberId, previousUrl, previousFields };
}

/** The callback of another of the app's triggers, with the token they all accept. */
export function sharedCallback({ appSecret }: CallbackPlace, url: string): Callback {
	return { url, verifyToken: verifyTokenFor('', appSecret) };
}

/**
 * An override has no effect unless the app itself is subscribed to the fields. Fields that no
 * override redirects, such as `user_preferences`, come to the app's callback. An app without a
 * callback gets one: this trigger's or, in a test run, that of a published trigger.
 */
async function ensureAppFields(
	subscriptions: Subscriptions,
	registration: Registration,
	keep: (record: RegistrationRecord) => Promise<void>,
	{ addresses, registering }: Sharing,
): Promise<void> {
	const { callback, fields, appId, isTest } = registration;
	const app = await readApp(subscriptions, registration);
	const isMissing = (field: string) => app?.fields.includes(field) !== true;
	const missing = allFieldsOf(registration).filter(isMissing);
	if (app !== null && missing.length === 0) return;
	const newcomer = isTest ? registering[0] : callback.url;
	const url = app === null ? newcomer : (app.callbackUrl ?? callback.url);
	if (url === undefined) throw notForTestRuns(appId);
	const needed = fields.filter(isMissing);
	const isOurs = url === callback.url || addresses.includes(url);
	// What the trigger does without, Get Subscriptions says.
	if (needed.length === 0 && !isOurs) return;
	if (!isSameOrigin(url, callback.url)) {
		throw new RegistrationProblem(
			`The app ${appId} is not subscribed to ${needed.join(', ')}, so that nothing would arrive`,
			'Subscribe to it in the App Dashboard under WhatsApp → Configuration → Webhook fields, then unpublish the workflow and publish it again.',
		);
	}
	if (app === null) await keep(recordOf({ ...registration, scope: 'app' }, url, null, []));
	const ofApp = url === callback.url ? callback : sharedCallback(registration, url);
	const added = isOurs ? missing : needed;
	await registrationStep(
		`subscribe the app ${appId} to ${added.join(', ')}`,
		() => subscriptions.setAppSubscription(registration, ofApp, [...(app?.fields ?? []), ...added]),
		url,
	);
}

/** The address of a test run answers for two minutes, and the app's callback serves everybody. */
const notForTestRuns = (appId: string): RegistrationProblem =>
	new RegistrationProblem(
		`Nothing would arrive: the app ${appId} needs a callback that lasts, and the URL of a test run does not`,
		'Publish the workflow, then test it again: beside a published workflow, a test run gets every event, too. ("Keep State In" of the credential must not be Nowhere.)',
	);

/** What is registered at Meta, as seen by the trigger that registers. */
type Place =
	/** Nobody's, its own, or someone's whose place it may take. */
	| 'free'
	/** Another trigger's that shares what it gets, so nothing needs to change. */
	| 'shared';

/** @throws RegistrationProblem if someone else would lose their webhooks */
async function placeOf(
	{ callback, isTest, replaceOthers }: Registration,
	currentUrl: string | null,
	{ addresses, testAddresses, answers }: Sharing,
): Promise<Place> {
	if (currentUrl === null || currentUrl === callback.url) return 'free';
	if (addresses.includes(currentUrl)) return 'shared';
	if (testAddresses.includes(currentUrl)) return 'free';
	if (replaceOthers || isSameNode(currentUrl, callback.url)) return 'free';
	if (!isSameOrigin(currentUrl, callback.url)) {
		throw new RegistrationProblem(
			`The webhooks already go to ${currentUrl}, which is not this n8n`,
			'Remove that callback at Meta first, choose a registration of another scope, or turn on the option "Replace Other Callback".',
		);
	}
	// A callback left behind by a killed n8n no longer answers.
	if (isTest || !(await answers(currentUrl))) return 'free';
	throw new RegistrationProblem(
		`The webhooks already go to another workflow of this n8n, at ${currentUrl}, which shares no state with this one`,
		'Triggers on one number share their webhooks where both credentials have the same app secret and keep their state in the same place ("Keep State In", not off). Then unpublish the other workflow and publish it again. Or unpublish it, choose a registration of another scope, or turn on the option "Replace Other Callback".',
	);
}
