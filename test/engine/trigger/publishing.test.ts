import type { ITriggerFunctions } from 'n8n-workflow';

import { WhatsAppCloudTrigger } from '../../../nodes/WhatsAppCloud/WhatsAppCloudTrigger.node';

/** Publishes with this credential and these options. @returns why that failed */
async function problemOf(
	readCredential: () => Record<string, unknown>,
	settings: Record<string, unknown> = {},
): Promise<string> {
	const host = {
		getCredentials: async () => await Promise.resolve(readCredential()),
		getNode: () => ({ id: 'a', name: 'Trigger' }),
		getNodeParameter: (name: string, fallback: unknown) =>
			name === 'settings' ? settings : fallback,
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

test.each([
	['Collect Messages', { collect: { wait: {} } }],
	['One Execution per Contact', { onePerContact: true }],
	['When n8n Is Killed', { whenKilled: 'restart' }],
	['Forward Webhooks To', { forwards: { address: [{ url: 'https://chat.example.com/' }] } }],
	['When a Person Has Taken Over', { whenTakenOver: 'route' }],
	['Opt-In Confirmation', { optInConfirmation: 'Welcome back.' }],
	['Opt-Out Confirmation', { optOutConfirmation: 'You will get no more offers.' }],
])('%s is refused while the state is off, with the way out', async (label, settings) => {
	const state = { advancedSettings: true, stateStore: 'off' };
	const credential = () => ({ appSecret: 'secret', ...state });
	expect(await problemOf(credential, settings)).toBe(
		`"Options › ${label}" needs the state, which is off. Choose where to keep it under "Keep State In" of the credential, or remove the option.`,
	);
	expect(await problemOf(credential)).toBe('none');
});
