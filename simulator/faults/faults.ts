import { z } from 'zod/v4';
import { newNumericId } from '../state/ids.ts';

/** Faults of answers, in the order of docs/simulator.md. */
const requestKinds = [
	'latency',
	'error',
	'reset',
	'noResponse',
	'brokenJson',
	'html',
	'slowBody',
	'tokenExpired',
] as const;

const webhookKinds = ['webhookDuplicate', 'webhookDelay', 'webhookReorder', 'webhookDrop'] as const;

/** A rule: what goes wrong, where, and how often. */
export const faultSchema = z.strictObject({
	id: z.string().min(1).optional(),
	kind: z.enum([...requestKinds, ...webhookKinds]),
	/** All given parts must agree; without any, everything matches. */
	match: z
		.strictObject({
			/** Regular expression on the path without version, e.g. `/messages$`. */
			path: z.string(),
			method: z.string(),
			phoneNumberId: z.string(),
			/** Digits; also a user ID or a group's ID. */
			recipient: z.string(),
			/** `biz_opaque_callback_data`. */
			operationId: z.string(),
			/** `text`, `template` … */
			messageType: z.string(),
			/** Of webhooks: `message`, `status` or `other`. */
			event: z.enum(['message', 'status', 'other']),
			/** Of webhooks with a status: `sent`, `delivered`, `read` or `failed`. */
			status: z.string(),
		})
		.partial()
		.default({}),
	/** Before the message is accepted (default) or after it. */
	when: z.enum(['before', 'after']).optional(),
	/** `error`: Meta's code; its documented HTTP status and title unless given. */
	code: z.number().int().optional(),
	/** `error_subcode`, as templates, flows and numbers have it beside code 100. */
	subcode: z.number().int().optional(),
	/** `error_user_title` and `error_user_msg`; of a known subcode its title unless given. */
	userTitle: z.string().optional(),
	userMessage: z.string().optional(),
	httpStatus: z.number().int().min(200).max(599).optional(),
	message: z.string().optional(),
	details: z.string().optional(),
	isTransient: z.boolean().optional(),
	/** Sent as `Retry-After`, in seconds. */
	retryAfterSeconds: z.number().min(0).optional(),
	/** `latency`: wait; `slowBody`: time that the body takes; webhooks: how much later. */
	latencyMs: z.number().min(0).optional(),
	/** Random part on top of `latencyMs`. */
	jitterMs: z.number().min(0).optional(),
	/** `webhookDuplicate`: deliveries in all. */
	copies: z.number().int().min(2).max(100).optional(),
	/** `tokenExpired`: which token; without it the one of the request. */
	token: z.string().optional(),
	/** Share of the matches that fire, 0 to 1. */
	probability: z.number().min(0).max(1).optional(),
	/** Fires at most this often. */
	count: z.number().int().min(1).optional(),
	/** Matches that pass before the rule begins. */
	after: z.number().int().min(0).optional(),
	/** Fires on every nth match only. */
	every: z.number().int().min(1).optional(),
});

export type FaultInput = z.infer<typeof faultSchema>;

export interface FaultRule extends FaultInput {
	id: string;
	/** Requests or webhooks that the rule looked at and found to agree. */
	matched: number;
	fired: number;
}

export interface RequestFacts {
	path: string;
	method: string;
	phoneNumberId: string | undefined;
	recipient: string | undefined;
	operationId: string | undefined;
	messageType: string | undefined;
}

export interface WebhookFacts {
	event: 'message' | 'status' | 'other';
	status: string | undefined;
	phoneNumberId: string | undefined;
	recipient: string | undefined;
	operationId: string | undefined;
	messageType: string | undefined;
}

const webhookKindSet: ReadonlySet<string> = new Set(webhookKinds);

/** The rules and their dice. The same seed and the same calls give the same faults. */
export class FaultEngine {
	#rules: FaultRule[] = [];
	#patterns = new Map<string, RegExp>();
	#randomState = 1;

	list(): FaultRule[] {
		return this.#rules;
	}

	/**
	 * Adds a rule, or replaces the one with its ID.
	 * @throws SyntaxError when `match.path` is no regular expression
	 */
	add(input: FaultInput): FaultRule {
		const rule: FaultRule = { ...input, id: input.id ?? newNumericId(8), matched: 0, fired: 0 };
		const path = input.match.path;
		if (path !== undefined) this.#patterns.set(path, new RegExp(path));
		this.#rules = [...this.#rules.filter((known) => known.id !== rule.id), rule];
		return rule;
	}

	/** True if there was such a rule. */
	remove(id: string): boolean {
		const before = this.#rules.length;
		this.#rules = this.#rules.filter((rule) => rule.id !== id);
		return this.#rules.length < before;
	}

	seed(seed: number): void {
		this.#randomState = seed >>> 0;
	}

	reset(): void {
		this.#rules = [];
		this.#patterns.clear();
		this.#randomState = 1;
	}

	/** Faults of one request: the waits add up; of the others the first that fires counts. */
	ofRequest(facts: RequestFacts): { latencyMs: number; fault: FaultRule | null } {
		let latencyMs = 0;
		let fault: FaultRule | null = null;
		for (const rule of this.#rules) {
			if (webhookKindSet.has(rule.kind)) continue;
			if (rule.kind !== 'latency' && fault) continue;
			if (!this.#agrees(rule, facts) || !this.#fires(rule)) continue;
			if (rule.kind === 'latency') latencyMs += this.waitMs(rule, 0);
			else fault = rule;
		}
		return { latencyMs, fault };
	}

	/** All faults of one webhook that fire. */
	ofWebhook(facts: WebhookFacts): FaultRule[] {
		if (this.#rules.length === 0) return [];
		return this.#rules.filter(
			(rule) =>
				webhookKindSet.has(rule.kind) &&
				this.#agrees(rule, { ...facts, path: '', method: '' }) &&
				this.#agreesWithEvent(rule, facts) &&
				this.#fires(rule),
		);
	}

	/** The rule's time with its random part. */
	waitMs(rule: FaultRule, defaultMs: number): number {
		const jitterMs = rule.jitterMs === undefined ? 0 : this.#random() * rule.jitterMs;
		return (rule.latencyMs ?? defaultMs) + jitterMs;
	}

	#agrees(rule: FaultRule, facts: RequestFacts): boolean {
		const { match } = rule;
		const same = (wanted: string | undefined, found: string | undefined): boolean =>
			wanted === undefined || wanted === found;
		return (
			(match.path === undefined || (this.#patterns.get(match.path)?.test(facts.path) ?? false)) &&
			same(match.method?.toUpperCase(), facts.method) &&
			same(match.phoneNumberId, facts.phoneNumberId) &&
			same(match.recipient?.replace(/^\+/, ''), facts.recipient) &&
			same(match.operationId, facts.operationId) &&
			same(match.messageType, facts.messageType)
		);
	}

	#agreesWithEvent(rule: FaultRule, facts: WebhookFacts): boolean {
		return (
			(rule.match.event ?? facts.event) === facts.event &&
			(rule.match.status ?? facts.status) === facts.status
		);
	}

	#fires(rule: FaultRule): boolean {
		rule.matched++;
		const turn = rule.matched - (rule.after ?? 0);
		if (turn <= 0 || turn % (rule.every ?? 1) !== 0) return false;
		if (rule.count !== undefined && rule.fired >= rule.count) return false;
		if (rule.probability !== undefined && this.#random() >= rule.probability) return false;
		rule.fired++;
		return true;
	}

	/** Mulberry32: small, fast and the same on every machine. */
	#random(): number {
		this.#randomState = (this.#randomState + 0x6d2b79f5) >>> 0;
		let mixed = this.#randomState;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}
}
