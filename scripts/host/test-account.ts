/**
 * The account that the simulator starts with; docs/simulator.md lists it. None of it is secret,
 * since it only works with a simulator.
 */
export const testAccount = {
	accessToken: 'SIMULATOR_ACCESS_TOKEN',
	standbyAccessToken: 'SIMULATOR_STANDBY_TOKEN',
	appId: '100000000000001',
	appSecret: 'simulator-app-secret',
	businessAccountId: '200000000000001',
	phoneNumberId: '300000000000001',
	verifyToken: 'simulator-verify-token',
	graphVersion: 'v25.0',
} as const;

/** Data of the n8n credential for that account. */
export function testCredentialData(graphBaseUrl: string): Record<string, string | boolean> {
	return {
		...testAccount,
		defaultCountry: 'US',
		advancedSettings: true,
		activeToken: 'primary',
		graphBaseUrl,
	};
}
