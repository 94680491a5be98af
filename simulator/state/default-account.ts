import type { AccessToken, Account, PhoneNumber } from './account.ts';
import { digitsOf } from './account.ts';
import { defaultCatalog } from './default-catalog.ts';
import { defaultFlows } from './flows.ts';
import { newGroup } from './groups.ts';
import { defaultTemplates } from './templates/default-templates.ts';
import { newNumberRecord } from './numbers.ts';

const ids = {
	app: '100000000000001',
	otherApp: '100000000000002',
	businessAccount: '200000000000001',
	phoneNumber: '300000000000001',
	secondPhoneNumber: '300000000000002',
	group: 'Y2FwaV9ncm91cDoxNTU1MDEwMDAwMToxMjAzNjM0MDQ2OTQyMzM4MjAZD',
} as const;

const appSecret = 'simulator-app-secret';

const allScopes = [
	'business_management',
	'whatsapp_business_management',
	'whatsapp_business_messaging',
	'public_profile',
];

/** How a new business account is billed. */
export const billingDefaults = {
	hasPaymentMethod: true,
	authInternationalSince: null,
	primaryBusinessLocation: null,
	offersGeneralPurposeAi: false,
	insightsEnabled: true,
	marketingMessages: 'ONBOARDED',
} as const;

interface NewPhoneNumber {
	id: string;
	businessAccountId: string;
	displayPhoneNumber: string;
	verifiedName: string;
	countryCallingCode?: string | undefined;
}

/** A registered number with an empty profile. */
export function newPhoneNumber(input: NewPhoneNumber): PhoneNumber {
	const firstPart = digitsOf(input.displayPhoneNumber.split(' ')[0] ?? '');
	return {
		id: input.id,
		businessAccountId: input.businessAccountId,
		displayPhoneNumber: input.displayPhoneNumber,
		countryCallingCode: input.countryCallingCode ?? (firstPart.length <= 3 ? firstPart : '1'),
		verifiedName: input.verifiedName,
		qualityRating: 'GREEN',
		overrideCallbacks: {},
		profile: { messaging_product: 'whatsapp' },
		blocked: [],
		username: null,
		callingEnabled: true,
		callSettings: {},
		settings: {},
		groupsAllowed: true,
		...newNumberRecord(),
	};
}

/** A system user's token that never expires and has no access, with the given parts replaced. */
export function newToken(token: string, parts: Partial<AccessToken> = {}): AccessToken {
	return {
		token,
		appId: ids.app,
		type: 'SYSTEM_USER',
		userId: '122100000000001',
		userName: 'Simulator system user',
		issuedAt: 1_767_225_600,
		expiresAt: 0,
		scopes: [...allScopes],
		businessAccountIds: [],
		...parts,
	};
}

/** 60 days before the simulator started, so that the token is expired whatever the clock says. */
function longAgo(): number {
	return Math.floor(Date.now() / 1000) - 60 * 86_400;
}

function defaultTokens(): AccessToken[] {
	const reach = { businessAccountIds: [ids.businessAccount] };
	return [
		newToken('SIMULATOR_ACCESS_TOKEN', reach),
		newToken('SIMULATOR_STANDBY_TOKEN', { ...reach, userId: '122100000000002' }),
		newToken('SIMULATOR_EXPIRED_TOKEN', { ...reach, type: 'USER', expiresAt: longAgo() }),
		newToken('SIMULATOR_OTHER_APP_TOKEN', { appId: ids.otherApp, userId: '122100000000003' }),
		newToken('SIMULATOR_NO_ACCOUNT_TOKEN', {
			userId: '122100000000004',
			scopes: ['business_management', 'public_profile'],
		}),
	];
}

function byId<T extends { id: string }>(items: T[]): Map<string, T> {
	return new Map(items.map((item) => [item.id, item]));
}

/** The account that every start and every reset begins with; docs/simulator.md lists it. */
export function defaultAccount(): Account {
	const businessAccountId = ids.businessAccount;
	return {
		apps: byId([
			{ id: ids.app, name: 'Simulator app', secret: appSecret, subscription: null },
			{ id: ids.otherApp, name: 'Another app', secret: 'another-app-secret', subscription: null },
		]),
		businessAccounts: byId([
			{
				id: businessAccountId,
				name: 'Lucky Shrub',
				currency: 'USD',
				timezoneId: '1',
				country: 'US',
				...billingDefaults,
				// As with numbers created in Meta's dashboard; the callback is still missing.
				subscribedApps: [{ appId: ids.app, overrideCallbackUri: null }],
			},
		]),
		phoneNumbers: byId([
			{
				...newPhoneNumber({
					id: ids.phoneNumber,
					businessAccountId,
					displayPhoneNumber: '+1 555-010-0001',
					verifiedName: 'Lucky Shrub',
				}),
				profile: {
					messaging_product: 'whatsapp',
					about: 'Succulent specialists',
					address: '1 Hacker Way, Menlo Park, CA 94025',
					description: 'Plants that forgive you.',
					email: 'hello@luckyshrub.example',
					vertical: 'RETAIL',
					websites: ['https://luckyshrub.example/'],
				},
			},
			newPhoneNumber({
				id: ids.secondPhoneNumber,
				businessAccountId,
				displayPhoneNumber: '+1 555-010-0002',
				verifiedName: 'Lucky Shrub Support',
			}),
		]),
		tokens: new Map(defaultTokens().map((token) => [token.token, token])),
		templates: byId(defaultTemplates(businessAccountId)),
		catalogs: byId([defaultCatalog(businessAccountId)]),
		flows: byId(defaultFlows(businessAccountId)),
		groups: byId([
			newGroup({
				id: ids.group,
				phoneNumberId: ids.phoneNumber,
				subject: 'Plant lovers',
				participants: ['15550200001', '15550200002'],
			}),
		]),
	};
}
