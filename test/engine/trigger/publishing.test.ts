import type { ITriggerFunctions } from 'n8n-workflow';

import { WhatsAppCloudTrigger } from '../../../nodes/WhatsAppCloud/WhatsAppCloudTrigger.node';

/** Publishes with this credential. @returns why that failed */
async function problemOf(readCredential: () => Record<string, unknown>): Promise<string> {
	const host = {
		getCredentials: async () => await Promise.resolve(readCredential()),
		getNode: () => ({ id: 'a', name: 'Trigger' }),
		getNodeParameter: (_: string, fallback: unknown) => fallback,
		getTimezone: () => 'UTC',
		getWorkflow: () => ({ id: 'w' }),
	};
	return await new WhatsAppCloudTrigger().trigger.call(host as unknown as ITriggerFunctions).then(
		() => 'none',
		(error: unknown) => (error instanceof Error ? error.message : String(error)),
	);
}

test('a state that cannot be used says itself what to do', async () => {
	const state = { advancedSettings: true, stateStore: 'postgres', postgresHost: '' };
	const problem = await problemOf(() => ({ appSecret: 'secret', ...state }));
	expect(problem).toMatch(/^In the credential, .*[^.]\.$/);
	expect(problem).not.toContain('Check the credential');
});

test('a credential that cannot be read is named', async () => {
	const problem = await problemOf(() => {
		throw new Error('It does not exist.');
	});
	expect(problem).toBe('It does not exist. Check the credential "WhatsApp Cloud API".');
});
