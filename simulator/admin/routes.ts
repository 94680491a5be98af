import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import { addBodyParsers } from '../graph/body-parsers.ts';
import { GraphError } from '../errors/graph-error.ts';
import { reasonOf, statusOf } from '../errors/thrown.ts';
import type { Simulator } from '../simulator.ts';
import type { Clock } from '../state/clock.ts';
import { lastMomentMs } from '../state/clock.ts';
import { mergeSettings } from '../state/settings.ts';
import { registerAccount } from './account-routes.ts';
import { registerFaults } from './fault-routes.ts';
import { registerGroupPeopleOfTests } from './group-routes.ts';
import { registerLogs } from './log-routes.ts';
import { NotHere } from './not-here.ts';
import { registerTemplateControls } from './template-routes.ts';
import { registerMetaEvents } from './webhook-routes.ts';

/** Milliseconds to advance the clock by, or the moment to set it to, which may lie in the past. */
const clockSchema = z
	.strictObject({
		ms: z.number().min(0),
		now: z.union([
			z.int().min(0),
			z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
		]),
	})
	.partial()
	.refine(({ ms, now }) => (ms === undefined) !== (now === undefined), {
		error: 'takes either ms or now',
	});

function setClock(clock: Clock, body: unknown): void {
	const { ms, now } = clockSchema.parse(body);
	const moment = now ?? clock.now() + (ms ?? 0);
	if (moment > lastMomentMs) {
		const name = now === undefined ? 'ms' : 'now';
		throw new SyntaxError(`${name}: the clock cannot go past the year 9999`);
	}
	clock.advance(ms ?? moment - clock.now());
}

/** The simulator's own controls, under `/_simulator/`: not part of Meta's API, no token needed. */
export function registerAdmin(app: FastifyInstance, simulator: Simulator): void {
	addBodyParsers(app);
	addAdminErrors(app);
	registerFaults(app, simulator);
	registerLogs(app, simulator);
	registerAccount(app, simulator);
	registerTemplateControls(app, simulator);
	registerMetaEvents(app, simulator);
	registerGroupPeopleOfTests(app, simulator);

	app.get('/_simulator', () => ({ simulator: 'WhatsApp Cloud API', ok: true }));
	app.post('/_simulator/reset', () => {
		simulator.reset();
		return { success: true };
	});
	app.get('/_simulator/clock', () => clockState(simulator));
	app.post('/_simulator/clock', (request) => {
		setClock(simulator.clock, request.body);
		return clockState(simulator);
	});
	app.get('/_simulator/settings', () => simulator.settings);
	app.patch('/_simulator/settings', (request) => {
		simulator.settings = mergeSettings(simulator.settings, request.body);
		return simulator.settings;
	});
}

function clockState(simulator: Simulator): Record<string, number> {
	const { clock } = simulator;
	return { now: clock.now(), offsetMs: clock.offsetMs, pendingJobs: clock.pendingJobs };
}

/** Errors of the admin and chat APIs: `{error}` with a message, and 400 for bad input. */
export function addAdminErrors(app: FastifyInstance): void {
	app.setErrorHandler((error, _request, reply) => {
		if (error instanceof z.ZodError) {
			const issues = error.issues.map(
				({ path, message }) => `${path.join('.') || 'body'}: ${message}`,
			);
			return reply.code(400).send({ error: issues.join('; ') });
		}
		if (error instanceof GraphError || error instanceof SyntaxError) {
			return reply.code(400).send({ error: error.message });
		}
		if (error instanceof NotHere) return reply.code(404).send({ error: error.message });
		const message = reasonOf(error);
		const status = statusOf(error);
		return reply.code(status).send({ error: message });
	});
}
