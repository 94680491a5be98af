import { createHmac } from 'node:crypto';

import { RegistrationProblem, registrationStep } from './registrationProblem';
import {
	MAX_OVERRIDE_URL_CHARACTERS,
	type Callback,
	type Subscriptions,
	type SubscribedApp,
} from './subscriptions';

/** Whose webhooks are led to the trigger. */
export type RegistrationScope = 'phoneNumber' | 'businessAccount' | 'app';

/** What is to be registered. */
export type Registration = {
	scope: RegistrationScope;
	callback: Callback;
	appId: string;
	appSecret: string;
	businessAccountId: string;
	/** For the scope `phoneNumber`. */
	phoneNumberId: string;
	/** Fields that the app has to be subscribed to. */
	fields: readonly string[];
	/** A test run may replace what it puts back afterwards. */
	isTest: boolean;
	/** Whether a callback of somebody else may be replaced. */
	replaceOthers: boolean;
};

/** What a registration has changed, to be undone by it. JSON, kept in the workflow's static data. */
export type RegistrationRecord = {
	scope: RegistrationScope;
	url: string;
	appId: string;
	businessAccountId: string;
	phoneNumberId: string;
	/** The callback that was there before; `null` where there was none. */
	previousUrl: string | null;
	/** The app's fields before; for the scope `app`. */
	previousFields: string[];
	/** Whether the app had no callback at all before, so that it was given this one. */
	gaveAppCallback: boolean;
};

/** The verify token of the credential, or one that nobody can guess and every process finds. */
export function verifyTokenFor(verifyToken: string, appSecret: string): string {
	if (verifyToken !== '' || appSecret === '') return verifyToken;
	return createHmac('sha256', appSecret).update('webhook verify token').digest('hex');
}

/** Whether Meta's registration leads to this callback, and to it alone. */
export async function isRegistered(
	subscriptions: Subscriptions,
	registration: Registration,
): Promise<boolean> {
	const apps = await readSubscribedApps(subscriptions, registration);
	const isSubscribed = apps.some(({ appId }) => appId === registration.appId);
	const { url, fields } = await readCallback(subscriptions, registration, apps);
	return (
		isSubscribed &&
		url === registration.callback.url &&
		(registration.scope !== 'app' || registration.fields.every((field) => fields.includes(field)))
	);
}

/**
 * Leads webhooks to the callback, step by step, after a look at what is there.
 *
 * @returns what it changed, for {@link unregister}
 * @throws RegistrationProblem that names the step and what to do
 */
export async function register(
	subscriptions: Subscriptions,
	registration: Registration,
): Promise<RegistrationRecord> {
	const { callback, scope, appId, businessAccountId, phoneNumberId } = registration;
	if (scope !== 'app' && callback.url.length > MAX_OVERRIDE_URL_CHARACTERS) {
		throw new RegistrationProblem(
			`The address of the trigger has ${callback.url.length} characters, and Meta takes ${MAX_OVERRIDE_URL_CHARACTERS} at most`,
			'Choose the registration for the whole app, which has no such limit, or shorten WEBHOOK_URL.',
		);
	}
	const apps = await readSubscribedApps(subscriptions, registration);
	const current = await readCallback(subscriptions, registration, apps);
	refuseConflict(registration, current.url);

	if (!apps.some((app) => app.appId === appId)) {
		await registrationStep('subscribe the app to the business account', () =>
			subscriptions.subscribeApp(businessAccountId, null),
		);
	}
	const gaveAppCallback =
		scope === 'app' ? false : await ensureAppFields(subscriptions, registration);
	const fields = [...new Set([...current.fields, ...registration.fields])];
	await writeCallback(subscriptions, registration, callback, fields);
	const isOwn = current.url === null || isSameNode(current.url, callback.url);
	return {
		scope,
		url: callback.url,
		appId,
		businessAccountId,
		phoneNumberId,
		// A test run puts back the address of its own published workflow, too.
		previousUrl: isOwn && !registration.isTest ? null : current.url,
		previousFields: current.fields,
		gaveAppCallback,
	};
}

/** What became of the registration. */
export type Unregistered = 'removed' | 'restored' | 'left to somebody else';

/**
 * Undoes what {@link register} did. A callback that is not its own is left alone.
 *
 * @param record What `register` gave; without it the callback alone is taken away.
 * @throws RegistrationProblem that names the step and what to do
 */
export async function unregister(
	subscriptions: Subscriptions,
	registration: Registration,
	record: RegistrationRecord | null,
): Promise<Unregistered> {
	const undone: Registration =
		record === null
			? registration
			: { ...registration, ...record, callback: { ...registration.callback, url: record.url } };
	const apps = await readSubscribedApps(subscriptions, undone);
	const { url } = await readCallback(subscriptions, undone, apps);
	if (record?.gaveAppCallback === true) await removeAppCallback(subscriptions, undone);
	if (url !== undone.callback.url) return 'left to somebody else';

	const previousUrl = record?.previousUrl ?? null;
	if (previousUrl === null || previousUrl === url) {
		await writeCallback(subscriptions, undone, null, []);
		return 'removed';
	}
	const previous = { url: previousUrl, verifyToken: undone.callback.verifyToken };
	const failure = await writeCallback(
		subscriptions,
		undone,
		previous,
		record?.previousFields ?? [],
	).then(
		() => null,
		(error: unknown) => (error instanceof Error ? error : new Error(String(error))),
	);
	if (failure === null) return 'restored';
	// Better no callback than one that nobody answers.
	await writeCallback(subscriptions, undone, null, []);
	throw failure;
}

type CurrentCallback = { url: string | null; fields: string[] };

async function readSubscribedApps(
	subscriptions: Subscriptions,
	{ businessAccountId }: Registration,
): Promise<SubscribedApp[]> {
	return await registrationStep('tell which apps the business account is subscribed to', () =>
		subscriptions.subscribedApps(businessAccountId),
	);
}

async function readCallback(
	subscriptions: Subscriptions,
	registration: Registration,
	apps: readonly SubscribedApp[],
): Promise<CurrentCallback> {
	const { scope, appId, phoneNumberId } = registration;
	if (scope === 'businessAccount') {
		return { url: apps.find((app) => app.appId === appId)?.overrideUrl ?? null, fields: [] };
	}
	if (scope === 'phoneNumber') {
		const { phoneNumberUrl } = await registrationStep(
			`tell where the webhooks of phone number ${phoneNumberId} go`,
			() => subscriptions.phoneNumberCallbacks(phoneNumberId),
		);
		return { url: phoneNumberUrl, fields: [] };
	}
	const app = await readApp(subscriptions, registration);
	return { url: app?.callbackUrl ?? null, fields: app?.fields ?? [] };
}

async function readApp(subscriptions: Subscriptions, registration: Registration) {
	return await registrationStep(`tell what the app ${registration.appId} is subscribed to`, () =>
		subscriptions.appSubscription(registration),
	);
}

async function writeCallback(
	subscriptions: Subscriptions,
	registration: Registration,
	callback: Callback | null,
	fields: readonly string[],
): Promise<void> {
	const { scope, appId, businessAccountId, phoneNumberId } = registration;
	const verb = callback === null ? 'stop leading' : 'lead';
	const target = callback === null ? 'here' : `to ${callback.url}`;
	const whose = {
		phoneNumber: `phone number ${phoneNumberId}`,
		businessAccount: `business account ${businessAccountId}`,
		app: `app ${appId}`,
	}[scope];
	await registrationStep(
		`${verb} the webhooks of ${whose} ${target}`,
		async () => {
			if (scope === 'phoneNumber') {
				await subscriptions.setPhoneNumberCallback(phoneNumberId, callback);
			} else if (scope === 'businessAccount') {
				await subscriptions.subscribeApp(businessAccountId, callback);
			} else if (callback === null) {
				await subscriptions.deleteAppSubscription(registration);
			} else {
				await subscriptions.setAppSubscription(registration, callback, fields);
			}
		},
		callback?.url,
	);
}

/**
 * An override brings nothing while the app itself is not subscribed to the fields. An app without
 * any callback is given this one.
 *
 * @returns whether it was
 */
async function ensureAppFields(
	subscriptions: Subscriptions,
	registration: Registration,
): Promise<boolean> {
	const { callback, fields, appId } = registration;
	const app = await readApp(subscriptions, registration);
	const missing = fields.filter((field) => app?.fields.includes(field) !== true);
	if (app !== null && missing.length === 0) return false;
	const url = app?.callbackUrl ?? callback.url;
	if (!isSameOrigin(url, callback.url)) {
		throw new RegistrationProblem(
			`The app ${appId} is not subscribed to ${missing.join(', ')}, so that nothing would arrive`,
			'Subscribe to it in the App Dashboard under WhatsApp → Configuration → Webhook fields, then publish the workflow again.',
		);
	}
	await registrationStep(
		`subscribe the app ${appId} to ${missing.join(', ')}`,
		() =>
			subscriptions.setAppSubscription(registration, { ...callback, url }, [
				...(app?.fields ?? []),
				...missing,
			]),
		url,
	);
	return app === null;
}

async function removeAppCallback(
	subscriptions: Subscriptions,
	registration: Registration,
): Promise<void> {
	const app = await readApp(subscriptions, registration);
	if (app?.callbackUrl !== registration.callback.url) return;
	await registrationStep(`end the subscription of the app ${registration.appId}`, () =>
		subscriptions.deleteAppSubscription(registration),
	);
}

/** @throws RegistrationProblem where somebody else would lose their webhooks */
function refuseConflict(registration: Registration, currentUrl: string | null): void {
	const { callback, isTest, replaceOthers } = registration;
	if (currentUrl === null || replaceOthers || isSameNode(currentUrl, callback.url)) return;
	if (!isSameOrigin(currentUrl, callback.url)) {
		throw new RegistrationProblem(
			`The webhooks already go to ${currentUrl}, which is not this n8n`,
			'Remove that callback at Meta first, choose a registration of another scope, or turn on the option "Replace Other Callback".',
		);
	}
	if (isTest) return;
	throw new RegistrationProblem(
		`The webhooks already go to another workflow of this n8n, at ${currentUrl}`,
		'Unpublish that workflow first, choose a registration of another scope, or turn on the option "Replace Other Callback".',
	);
}

function isSameOrigin(left: string, right: string): boolean {
	return URL.canParse(left) && new URL(left).origin === new URL(right).origin;
}

/** Test and production address of one node differ in the beginning of the path alone. */
function isSameNode(left: string, right: string): boolean {
	const tail = (url: string) => new URL(url).pathname.split('/').slice(-2).join('/');
	return isSameOrigin(left, right) && tail(left) === tail(right);
}
