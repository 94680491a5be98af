/**
 * A PostgreSQL server for the process that has forked this one: it gets the connection as a message,
 * and when it ends, so do the server and this process.
 */
import { startPostgres } from './postgres.ts';

// Ctrl-C reaches all of them; the server still has to be removed.
process.on('SIGINT', () => undefined);
const starting = startPostgres();
process.on('disconnect', () => {
	void starting.then(async (server) => await server.remove()).finally(() => process.exit());
});
process.send?.((await starting).connection);
