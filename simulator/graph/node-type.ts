import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Simulator } from '../simulator.ts';

type Answer = unknown;

/** A kind of object that is reached by its ID alone. */
export interface NodeType {
	/** True if the ID is one of this kind. */
	owns(simulator: Simulator, id: string): boolean;
	get?: (simulator: Simulator, request: FastifyRequest, reply: FastifyReply) => Answer;
	post?: (simulator: Simulator, request: FastifyRequest, reply: FastifyReply) => Answer;
	delete?: (simulator: Simulator, request: FastifyRequest, reply: FastifyReply) => Answer;
}
