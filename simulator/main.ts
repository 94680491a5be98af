import { banner } from './banner.ts';
import { reasonOf } from './errors/thrown.ts';
import { bracketed, parseArguments, usage } from './options.ts';
import { createServer, portOf } from './server.ts';
import { createSimulator } from './simulator.ts';

async function main(): Promise<void> {
	const options = parseArguments(process.argv.slice(2));
	if (options === 'help') {
		process.stdout.write(usage);
		return;
	}
	const simulator = createSimulator(options.settings, options.addresses, options.publicUrl);
	for (const rule of options.faults) simulator.faults.add(rule);
	const server = createServer(simulator);
	await server.listen({ port: options.port, host: options.host });
	process.stdout.write(banner(simulator, `http://${bracketed(options.host)}:${portOf(server)}`));

	let closing = false;
	const stop = (): void => {
		if (closing) return;
		closing = true;
		void server.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

try {
	await main();
} catch (error) {
	process.stderr.write(`${reasonOf(error)}\n`);
	process.exitCode = 1;
}
