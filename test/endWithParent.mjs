/** Loaded ahead of a forked process's own code: ends it when whoever started it is gone. */
process.on('disconnect', () => process.exit(0));
// The process may end before.
process.channel.unref();
