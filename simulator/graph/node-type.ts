import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Simulator } from '../simulator.ts';

type Answer = unknown;

/** A kind of object with a path of its own, `/{id}`. */
export interface NodeType {
	/** Whether the ID belongs to this kind. */
	owns(simulator: Simulator, id: string): boolean;
	get?: (simulator: Simulator, request: FastifyRequest, reply: FastifyReply) => Answer;
	post?: (simulator: Simulator, request: FastifyRequest, reply: FastifyReply) => Answer;
	delete?: (simulator: Simulator, request: FastifyRequest, reply: FastifyReply) => Answer;
}
