import type { OutputItem, RunNodeResult } from '../../../scripts/engine/result';
import type { Simulator } from '../harness';

/** The simulator's initial account; docs/simulator.md lists it. */
export const ids = {
	app: '100000000000001',
	businessAccount: '200000000000001',
	phoneNumber: '300000000000001',
	secondPhoneNumber: '300000000000002',
	group: 'Y2FwaV9ncm91cDoxNTU1MDEwMDAwMToxMjAzNjM0MDQ2OTQyMzM4MjAZD',
} as const;

export const tokens = {
	active: 'SIMULATOR_ACCESS_TOKEN',
	standby: 'SIMULATOR_STANDBY_TOKEN',
	expired: 'SIMULATOR_EXPIRED_TOKEN',
	ofOtherApp: 'SIMULATOR_OTHER_APP_TOKEN',
	withoutAccount: 'SIMULATOR_NO_ACCOUNT_TOKEN',
} as const;

export const appSecret = 'simulator-app-secret';

/** A credential for the account, with some parts replaced. */
export function credential(
	graphBaseUrl: string,
	changes: Record<string, unknown> = {},
): Record<string, unknown> {
	return {
		accessToken: tokens.active,
		appId: ids.app,
		appSecret,
		businessAccountId: ids.businessAccount,
		phoneNumberId: ids.phoneNumber,
		advancedSettings: true,
		graphBaseUrl,
		...changes,
	};
}

/** The same, in the form that a request to the engine takes. */
export const credentials = (graphBaseUrl: string, changes: Record<string, unknown> = {}) => ({
	whatsAppCloudApi: credential(graphBaseUrl, changes),
});

/** The parameters of a send whose items have the technical details, too. */
export const detailed = ({ options, ...parameters }: Record<string, unknown>) => ({
	...parameters,
	options: { technicalDetails: true, ...(options as object | undefined) },
});

/** These tests are not about statuses, which would only take time. */
export const withoutStatuses = ['--timing', 'off'];

/** A message that the simulator accepted. */
interface Accepted {
	id: string;
	phoneNumberId: string;
	recipient: string;
	operationId: string | null;
	endpoint: string;
	type: string;
	body: Record<string, unknown>;
}

/** All accepted messages, oldest first. */
export async function accepted(simulator: Simulator): Promise<Accepted[]> {
	const { data } = await simulator.admin<{ data: Accepted[] }>('GET', '/messages?limit=10000');
	return data;
}

/** Received requests, oldest first. */
export async function requests(
	simulator: Simulator,
): Promise<{ method: string; path: string; body: unknown; httpStatus: number | null }[]> {
	const { data } = await simulator.admin<{ data: Awaited<ReturnType<typeof requests>> }>(
		'GET',
		'/requests?limit=10000',
	);
	return data;
}

/**
 * The items of one output.
 *
 * @throws Error with the problem if the execution failed
 */
export function itemsOf(result: RunNodeResult, output = 0): OutputItem[] {
	if (result.error) throw new Error(`${result.error.message}\n${result.error.description ?? ''}`);
	return result.outputs?.[output] ?? [];
}

/** The JSON of the only item. */
export function onlyJson(result: RunNodeResult): Record<string, unknown> {
	const items = itemsOf(result);
	if (items.length !== 1) throw new Error(`There are ${items.length} items`);
	return items[0]?.json ?? {};
}

/** An item's error as the user reads it; undefined if the item went well. */
export function problemOf(item: OutputItem | undefined): string | undefined {
	if (item?.error) return item.error.message;
	const { error } = item?.json ?? {};
	if (typeof error === 'string') return error;
	return (error as { message?: string } | undefined)?.message;
}
