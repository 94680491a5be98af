import type { Simulator } from './simulator.ts';

/** Printed once the simulator is up. Its tokens are no secrets: they open nothing else. */
export function banner(simulator: Simulator, url: string): string {
	const { account } = simulator;
	const lines = [`WhatsApp Cloud API simulator listening on ${url}`, ''];
	const row = (label: string, value: string): void => {
		lines.push(`  ${label.padEnd(18)} ${value}`);
	};
	row('Chat page', `${url}/`);
	row('Moving over', `${url}/convert`);
	row('Graph base URL', url);
	for (const app of account.apps.values()) row('App', `${app.id} (secret ${app.secret})`);
	for (const waba of account.businessAccounts.values()) {
		row('Business account', `${waba.id} (${waba.name})`);
	}
	for (const number of account.phoneNumbers.values()) {
		row('Phone number', `${number.id} (${number.displayPhoneNumber}, ${number.verifiedName})`);
	}
	for (const token of account.tokens.keys()) row('Access token', token);
	for (const customer of simulator.customers.list()) {
		row('Customer', `+${customer.waId} (${customer.name}, ${customer.userId})`);
	}
	const templates = [...account.templates.values()].map((template) => template.name);
	row('Templates', templates.join(', '));
	lines.push('', '  Stop with Ctrl-C.', '');
	return lines.join('\n');
}
