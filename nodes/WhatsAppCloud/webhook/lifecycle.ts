import type { IHookFunctions } from 'n8n-workflow';

import { parseAccount, type Account } from '../graph/account';
import { readTriggerOptions, type ConfiguredHost } from './configuration';
import { fieldsFor, overridableFieldsFor } from './metaFields';
import {
	isRegistered,
	register,
	unregister,
	verifyTokenFor,
	type Registration,
	type RegistrationRecord,
	type RegistrationScope,
} from './registration';
import { RegistrationProblem } from './registrationProblem';
import type { Subscriptions } from './subscriptions';

/** What is needed of n8n's context of activation and deactivation. */
export type HookHost = ConfiguredHost &
	Pick<IHookFunctions, 'getMode' | 'getNodeWebhookUrl' | 'getWorkflowStaticData'>;

/** Opens Meta's side of an account. */
export type Connect = (account: Account) => Subscriptions;

const SCOPES: readonly unknown[] = ['app', 'businessAccount', 'phoneNumber'];

/** Whether nothing is left to do: everything is registered already, or registered by hand. */
export async function hasRegistration(
	host: HookHost,
	credentialName: string,
	connect: Connect,
): Promise<boolean> {
	const opened = await open(host, credentialName, connect);
	return opened === null || (await isRegistered(opened.subscriptions, opened.registration));
}

/** @throws RegistrationProblem, CredentialProblem or OptionProblem: what keeps it from working */
export async function createRegistration(
	host: HookHost,
	credentialName: string,
	connect: Connect,
): Promise<void> {
	const opened = await open(host, credentialName, connect);
	if (opened === null) return;
	const record = await register(opened.subscriptions, opened.registration);
	host.getWorkflowStaticData('node')['registration'] = record;
}

/**
 * Undoes the registration. What was registered counts, not what the parameters say by now.
 *
 * @throws RegistrationProblem or CredentialProblem
 */
export async function deleteRegistration(
	host: HookHost,
	credentialName: string,
	connect: Connect,
): Promise<void> {
	const data = host.getWorkflowStaticData('node');
	const record = (data['registration'] ?? null) as RegistrationRecord | null;
	// n8n calls this after a failed activation, too, when there is nothing to undo.
	if (record === null && !(await isReady(host, credentialName, connect))) return;
	const opened = await open(host, credentialName, connect, record?.scope);
	if (opened === null) return;
	await unregister(opened.subscriptions, opened.registration, record);
	delete data['registration'];
}

/** Whether the parameters and the credential are enough to have registered anything. */
async function isReady(host: HookHost, credentialName: string, connect: Connect): Promise<boolean> {
	return await open(host, credentialName, connect).then(
		(opened) => opened !== null,
		() => false,
	);
}

type Opened = { subscriptions: Subscriptions; registration: Registration };

/** Reads and checks everything before Meta is asked; `null` for a registration by hand. */
async function open(
	host: HookHost,
	credentialName: string,
	connect: Connect,
	recordedScope?: RegistrationScope,
): Promise<Opened | null> {
	const credential = await host.getCredentials(credentialName);
	const secret = credential['appSecret'];
	if (typeof secret !== 'string' || secret.trim() === '') throw missing('App Secret');
	const { choice, replaceCallback } = readTriggerOptions(host);
	const scope = recordedScope ?? host.getNodeParameter('registration', 'manual');
	if (!isScope(scope)) {
		const token = credential['verifyToken'];
		if (typeof token !== 'string' || token.trim() === '') throw missing('Verify Token');
		return null;
	}
	const account = parseAccount(credential);
	const phoneNumberId =
		scope === 'phoneNumber' ? (chosenNumber(host) ?? account.phoneNumberId) : '';
	const url = host.getNodeWebhookUrl('default');
	if (account.appId === '') throw missing('App ID');
	if (account.businessAccountId === '') throw missing('WhatsApp Business Account ID');
	if (scope === 'phoneNumber' && phoneNumberId === '') throw missing('Default Phone Number ID');
	if (url === undefined) throw new RegistrationProblem('n8n gives the trigger no address', '');
	return {
		subscriptions: connect(account),
		registration: {
			scope,
			callback: { url, verifyToken: verifyTokenFor(account.verifyToken, account.appSecret) },
			appId: account.appId,
			appSecret: account.appSecret,
			businessAccountId: account.businessAccountId,
			phoneNumberId,
			fields: scope === 'app' ? fieldsFor(choice.events) : overridableFieldsFor(choice.events),
			isTest: host.getMode() === 'manual',
			replaceOthers: replaceCallback,
		},
	};
}

/** The resource locator holds its value inside; n8n's own extraction fails where it is hidden. */
function chosenNumber(host: HookHost): string | null {
	const locator = host.getNodeParameter('phoneNumberId', '');
	const value: unknown =
		typeof locator === 'object' && locator !== null && 'value' in locator ? locator.value : locator;
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function isScope(value: unknown): value is RegistrationScope {
	return SCOPES.includes(value);
}

const WHERE: Readonly<Record<string, string>> = {
	'App ID': 'Copy it from App Dashboard → App settings → Basic → App ID into the credential.',
	'App Secret':
		'Without it nobody can tell webhooks of Meta from forged ones, so the trigger does not start. Copy it from App Dashboard → App settings → Basic → App secret into the credential.',
	'Default Phone Number ID':
		'Pick a phone number in the trigger, or copy the ID from App Dashboard → WhatsApp → API Setup into the credential.',
	'Verify Token':
		'Meta sends it when you register the callback URL. Make up a long random text, put it into the credential and paste the same text at Meta beside the callback URL.',
	'WhatsApp Business Account ID':
		'Copy it from App Dashboard → WhatsApp → API Setup into the credential.',
};

function missing(part: string): RegistrationProblem {
	return new RegistrationProblem(`In the credential, ${part} is empty`, WHERE[part] ?? '');
}
