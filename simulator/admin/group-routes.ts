import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import { leaveGroup, openInvite } from '../graph/groups/people.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { digitsOf } from '../state/account.ts';
import { NotHere } from './not-here.ts';

const personSchema = z.strictObject({ group: z.string().min(1), customer: z.string().min(1) });

/** `/_simulator/groups/join` and `/leave`: a customer opens the invite link, or goes. */
export function registerGroupPeopleOfTests(app: FastifyInstance, simulator: Simulator): void {
	for (const [path, act] of [
		['join', openInvite],
		['leave', leaveGroup],
	] as const) {
		app.post(`/_simulator/groups/${path}`, (request): JsonObject => {
			const { group: id, customer } = personSchema.parse(request.body);
			const group = simulator.account.groups.get(id);
			if (!group) throw new NotHere(`There is no group ${id}`);
			act(simulator, group, simulator.customers.ensure(digitsOf(customer)).customer.waId);
			return { participants: group.participants, joinRequests: group.joinRequests };
		});
	}
}
