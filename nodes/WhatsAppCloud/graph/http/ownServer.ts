/**
 * Where n8n listens on this machine, as far as its environment says.
 *
 * @returns such as `http://127.0.0.1:5678`; null if it speaks https, whose certificate fits no such name
 * @see https://docs.n8n.io/hosting/configuration/environment-variables/deployment/
 */
export function ownServer(): string | null {
	if (process.env['N8N_PROTOCOL'] === 'https') return null;
	const address = process.env['N8N_LISTEN_ADDRESS'] ?? '';
	const host = ['', '::', '0.0.0.0'].includes(address) ? '127.0.0.1' : address;
	const port = process.env['N8N_PORT'] ?? '5678';
	const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
	return URL.canParse(url) ? new URL(url).origin : null;
}
