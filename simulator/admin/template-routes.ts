import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator.ts';
import { idOf } from '../graph/call.ts';
import { NotHere } from './not-here.ts';

/** `/_simulator/templates`: what Meta, and not the business, does to templates. */
export function registerTemplateControls(app: FastifyInstance, simulator: Simulator): void {
	app.delete('/_simulator/templates/:id', (request) => {
		const id = idOf(request);
		if (!simulator.account.templates.delete(id)) throw new NotHere(`There is no template ${id}`);
		return { success: true };
	});
}
