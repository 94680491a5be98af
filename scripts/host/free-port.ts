import { createServer } from 'node:net';

/**
 * A free TCP port on the loopback interface.
 *
 * @param preferred used if it is free, so that addresses stay the same between runs
 */
export async function freePort(preferred?: number): Promise<number> {
	if (preferred !== undefined) {
		const port = await tryListen(preferred);
		if (port !== null) return port;
	}
	const port = await tryListen(0);
	if (port === null) throw new Error('No free port on 127.0.0.1.');
	return port;
}

async function tryListen(port: number): Promise<number | null> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(null));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			const found = typeof address === 'object' && address !== null ? address.port : null;
			server.close(() => resolve(found));
		});
	});
}
