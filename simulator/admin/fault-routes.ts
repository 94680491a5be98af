import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import { asObject, asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { faultSchema } from '../faults/faults.ts';
import { NotHere } from './not-here.ts';

const replaceSchema = z.strictObject({
	seed: z.number().int().optional(),
	rules: z.array(faultSchema).default([]),
});

/** `/_simulator/faults`: GET lists, POST adds one, PUT replaces all, DELETE removes. */
export function registerFaults(app: FastifyInstance, simulator: Simulator): void {
	const { faults } = simulator;
	app.get('/_simulator/faults', () => ({ rules: faults.list() }));
	app.post('/_simulator/faults', (request) => faults.add(faultSchema.parse(request.body)));
	app.put('/_simulator/faults', (request) => {
		const { seed, rules } = replaceSchema.parse(request.body);
		faults.reset();
		if (seed !== undefined) faults.seed(seed);
		return { rules: rules.map((rule) => faults.add(rule)) };
	});
	app.delete('/_simulator/faults', () => {
		faults.reset();
		return { success: true };
	});
	app.delete('/_simulator/faults/:id', (request) => {
		const id = asText(asObject(request.params)?.['id']) ?? '';
		if (!faults.remove(id)) throw new NotHere(`There is no fault ${id}`);
		return { success: true };
	});
}
