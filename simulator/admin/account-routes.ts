import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import { showChange } from '../graph/templates/notices.ts';
import { notCallable } from '../guard/addresses.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { billingDefaults, newPhoneNumber, newToken } from '../state/default-account.ts';
import type { Template } from '../state/account.ts';
import { newFlow } from '../state/flows.ts';
import { newGroup } from '../state/groups.ts';
import { templateNode } from '../state/account.ts';
import { newNumericId } from '../state/ids.ts';
import { numberParts } from './number-parts.ts';

const id = z.string().min(1);

/** Parts of the account to add or change, each by its ID; `null` removes an entry. */
const accountSchema = z.strictObject({
	apps: z
		.record(
			id,
			z
				.strictObject({
					name: z.string(),
					secret: z.string(),
					subscription: z
						.strictObject({
							callbackUrl: z.string(),
							verifyToken: z.string().default(''),
							fields: z.array(z.string()).default(['messages']),
						})
						.nullable(),
				})
				.partial()
				.nullable(),
		)
		.default({}),
	businessAccounts: z
		.record(
			id,
			z
				.strictObject({
					name: z.string(),
					currency: z.string(),
					timezoneId: z.string(),
					country: z.string(),
					hasPaymentMethod: z.boolean(),
					authInternationalSince: z.iso.date().nullable(),
					primaryBusinessLocation: z.string().nullable(),
					offersGeneralPurposeAi: z.boolean(),
					insightsEnabled: z.boolean(),
					marketingMessages: z.enum(['ONBOARDED', 'ELIGIBLE', 'INELIGIBLE']),
					subscribedApps: z.array(
						z.strictObject({ appId: id, overrideCallbackUri: z.string().nullable().default(null) }),
					),
				})
				.partial()
				.nullable(),
		)
		.default({}),
	phoneNumbers: z
		.record(
			id,
			z
				.strictObject({
					businessAccountId: id,
					displayPhoneNumber: z.string().min(1),
					countryCallingCode: z.string(),
					verifiedName: z.string(),
					qualityRating: z.string(),
					overrideCallbacks: z.record(id, z.string()),
					username: z.string().nullable(),
					callingEnabled: z.boolean(),
					...numberParts,
					groupsAllowed: z.boolean(),
				})
				.partial()
				.nullable(),
		)
		.default({}),
	tokens: z
		.record(
			id,
			z
				.strictObject({
					appId: id,
					type: z.enum(['SYSTEM_USER', 'USER']),
					userId: id,
					userName: z.string(),
					issuedAt: z.number().int(),
					expiresAt: z.number().int(),
					scopes: z.array(z.string()),
					businessAccountIds: z.array(id),
				})
				.partial()
				.nullable(),
		)
		.default({}),
	/** A status that Meta gives by itself, and what the endpoint was asked. */
	flows: z
		.record(
			id,
			z
				.strictObject({
					businessAccountId: id,
					name: z.string().min(1),
					status: z.enum(['DRAFT', 'PUBLISHED', 'DEPRECATED', 'BLOCKED', 'THROTTLED']),
					endpointUri: z.string().nullable(),
					endpointDays: z.array(
						z.strictObject({
							date: z.iso.date(),
							requests: z.int().min(0),
							errors: z.record(z.string(), z.int().min(0)).default({}),
							seconds: z.record(z.string(), z.int().min(0)).default({}),
						}),
					),
				})
				.partial()
				.nullable(),
		)
		.default({}),
	groups: z
		.record(
			id,
			z
				.strictObject({
					phoneNumberId: id,
					subject: z.string().min(1),
					suspended: z.boolean(),
					joinApprovalMode: z.enum(['approval_required', 'auto_approve']),
					participants: z.array(z.string()),
				})
				.partial()
				.nullable(),
		)
		.default({}),
	templates: z
		.array(
			z.looseObject({
				id: id.optional(),
				name: z.string().min(1),
				language: z.string().min(1),
				status: z.string().default('APPROVED'),
				category: z.string().default('UTILITY'),
				parameter_format: z.string().default('POSITIONAL'),
				components: z.array(z.record(z.string(), z.unknown())),
				businessAccountId: id.optional(),
			}),
		)
		.default([]),
	/** Short for the subscription of the first app to the first business account. */
	webhook: z
		.strictObject({
			callbackUrl: z.string(),
			verifyToken: z.string().default(''),
			fields: z.array(z.string()).default(['messages']),
		})
		.nullable()
		.optional(),
});

type AccountPatch = z.infer<typeof accountSchema>;

/** `/_simulator/account`: GET shows all of it (with its made-up secrets), PATCH changes parts. */
export function registerAccount(app: FastifyInstance, simulator: Simulator): void {
	app.get('/_simulator/account', () => accountView(simulator));
	app.patch('/_simulator/account', (request) => {
		const patch = accountSchema.parse(request.body);
		checkCallbacks(simulator, patch);
		change(simulator, patch);
		return accountView(simulator);
	});
}

/** @throws SyntaxError for a callback that the simulator must not call */
function checkCallbacks({ addresses }: Simulator, patch: AccountPatch): void {
	const urls = [
		patch.webhook?.callbackUrl,
		...Object.values(patch.apps).map((app) => app?.subscription?.callbackUrl),
		...Object.values(patch.businessAccounts).flatMap(
			(waba) => waba?.subscribedApps?.map((app) => app.overrideCallbackUri) ?? [],
		),
		...Object.values(patch.phoneNumbers).flatMap((number) =>
			Object.values(number?.overrideCallbacks ?? {}),
		),
	];
	for (const url of urls) {
		if (url === undefined || url === null || url === '' || addresses.isCallable(url)) continue;
		throw new SyntaxError(`${url.slice(0, 200)} is no callback: ${notCallable}`);
	}
}

function accountView(simulator: Simulator): JsonObject {
	const { account } = simulator;
	return {
		apps: Object.fromEntries(account.apps),
		businessAccounts: Object.fromEntries(account.businessAccounts),
		phoneNumbers: Object.fromEntries(account.phoneNumbers),
		tokens: Object.fromEntries(account.tokens),
		templates: [...account.templates.values()].map(templateNode),
		catalogs: Object.fromEntries(account.catalogs),
		flows: Object.fromEntries(account.flows),
		groups: Object.fromEntries(account.groups),
		customers: simulator.customers.list(),
	};
}

function change(simulator: Simulator, patch: AccountPatch): void {
	const { account } = simulator;
	merge(account.apps, patch.apps, (key) => ({
		id: key,
		name: `App ${key}`,
		secret: 'app-secret',
		subscription: null,
	}));
	merge(account.businessAccounts, patch.businessAccounts, (key) => ({
		id: key,
		name: `Business account ${key}`,
		currency: 'USD',
		timezoneId: '1',
		country: 'US',
		...billingDefaults,
		subscribedApps: [],
	}));
	const [firstAccountId = ''] = account.businessAccounts.keys();
	merge(account.phoneNumbers, patch.phoneNumbers, (key, parts) =>
		newPhoneNumber({
			id: key,
			businessAccountId: firstAccountId,
			displayPhoneNumber: parts.displayPhoneNumber ?? `+1 555-01${key.slice(-5)}`,
			verifiedName: 'Simulator',
		}),
	);
	merge(account.tokens, patch.tokens, (key) =>
		newToken(key, { businessAccountIds: [...account.businessAccounts.keys()] }),
	);
	merge(account.flows, patch.flows, (key) =>
		newFlow({ id: key, businessAccountId: firstAccountId, name: `Flow ${key}` }),
	);
	const [firstNumberId = ''] = account.phoneNumbers.keys();
	merge(account.groups, patch.groups, (key) =>
		newGroup({ id: key, phoneNumberId: firstNumberId, subject: `Group ${key}` }),
	);
	for (const parts of patch.templates) {
		const template: Template = {
			...parts,
			id: parts.id ?? newNumericId(),
			businessAccountId: parts.businessAccountId ?? firstAccountId,
		};
		account.templates.set(template.id, template);
		showChange(simulator, template);
	}
	if (patch.webhook !== undefined) setWebhook(simulator, patch.webhook);
}

/** Replaces the given parts of known entries, makes new entries from defaults, removes on null. */
function merge<T extends object, P extends object>(
	map: Map<string, T>,
	patches: Record<string, P | null>,
	create: (key: string, parts: P) => T,
): void {
	for (const [key, parts] of Object.entries(patches)) {
		if (parts === null) {
			map.delete(key);
			continue;
		}
		const given = Object.fromEntries(
			Object.entries(parts).filter(([, value]) => value !== undefined),
		);
		map.set(key, { ...(map.get(key) ?? create(key, parts)), ...given });
	}
}

/** Without the handshake that Meta makes: for tests that want webhooks and nothing else. */
function setWebhook(
	simulator: Simulator,
	webhook: NonNullable<AccountPatch['webhook']> | null,
): void {
	const { account } = simulator;
	const [app] = account.apps.values();
	const [waba] = account.businessAccounts.values();
	if (!app || !waba) return;
	app.subscription = webhook;
	const others = waba.subscribedApps.filter((entry) => entry.appId !== app.id);
	waba.subscribedApps = webhook
		? [...others, { appId: app.id, overrideCallbackUri: null }]
		: others;
}
