import { z } from 'zod/v4';
import { newNumericId } from '../state/ids.ts';

/** Faults in answers, in the order of docs/simulator.md. */
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

/** A rule says what goes wrong, where, and how often. */
export const faultSchema = z.strictObject({
	id: z.string().min(1).optional(),
	kind: z.enum([...requestKinds, ...webhookKinds]),
	/** All given parts must match; without any, everything does. */
	match: z
		.strictObject({
			/** Regular expression for the path without its version, e.g. `/messages$`. */
			path: z.string(),
			method: z.string(),
			phoneNumberId: z.string(),
			/** Digits; also a user ID or a group's ID. */
			recipient: z.string(),
			/** `biz_opaque_callback_data`. */
			operationId: z.string(),
			/** `text`, `template` … */
			messageType: z.string(),
			/** For webhooks: `message`, `status` or `other`. */
			event: z.enum(['message', 'status', 'other']),
			/** For webhooks with a status: `sent`, `delivered`, `read` or `failed`. */
			status: z.string(),
		})
		.partial()
		.default({}),
	/** Before the message is accepted (default) or after. */
	when: z.enum(['before', 'after']).optional(),
	/** `error`: Meta's code; HTTP status and title default to the documented ones. */
	code: z.number().int().optional(),
	/** `error_subcode`, which templates, flows and numbers return with code 100. */
	subcode: z.number().int().optional(),
	/** `error_user_title` and `error_user_msg`; a known subcode's title is the default. */
	userTitle: z.string().optional(),
	userMessage: z.string().optional(),
	httpStatus: z.number().int().min(200).max(599).optional(),
	message: z.string().optional(),
	details: z.string().optional(),
	isTransient: z.boolean().optional(),
	/** Sent as `Retry-After`, in seconds. */
	retryAfterSeconds: z.number().min(0).optional(),
	/** `latency`: wait; `slowBody`: time the body takes; webhooks: the delay. */
	latencyMs: z.number().min(0).optional(),
	/** Random time added to `latencyMs`. */
	jitterMs: z.number().min(0).optional(),
	/** `webhookDuplicate`: deliveries in all. */
	copies: z.number().int().min(2).max(100).optional(),
	/** `tokenExpired`: which token; by default that of the request. */
	token: z.string().optional(),
	/** Probability that a match fires, 0 to 1. */
	probability: z.number().min(0).max(1).optional(),
	/** Fires at most this many times. */
	count: z.number().int().min(1).optional(),
	/** Matches to let pass before the rule starts. */
	after: z.number().int().min(0).optional(),
	/** Fires only on every nth match. */
	every: z.number().int().min(1).optional(),
});

export type FaultInput = z.infer<typeof faultSchema>;

export interface FaultRule extends FaultInput {
	id: string;
	/** Requests or webhooks that matched the rule. */
	matched: number;
	fired: number;
}

export interface RequestTraits {
	path: string;
	method: string;
	phoneNumberId: string | undefined;
	recipient: string | undefined;
	operationId: string | undefined;
	messageType: string | undefined;
}

export interface WebhookTraits {
	event: 'message' | 'status' | 'other';
	status: string | undefined;
	phoneNumberId: string | undefined;
	recipient: string | undefined;
	operationId: string | undefined;
	messageType: string | undefined;
}

const webhookKindSet: ReadonlySet<string> = new Set(webhookKinds);

/** The rules and their random numbers: the same seed and calls give the same faults. */
export class FaultEngine {
	#rules: FaultRule[] = [];
	#patterns = new Map<string, RegExp>();
	#randomState = 1;

	list(): FaultRule[] {
		return this.#rules;
	}

	/**
	 * Adds a rule, or replaces the one with its ID.
	 * @throws SyntaxError when `match.path` is not a regular expression
	 */
	add(input: FaultInput): FaultRule {
		const rule: FaultRule = { ...input, id: input.id ?? newNumericId(8), matched: 0, fired: 0 };
		const path = input.match.path;
		if (path !== undefined) this.#patterns.set(path, new RegExp(path));
		this.#rules = [...this.#rules.filter((known) => known.id !== rule.id), rule];
		return rule;
	}

	/** @returns whether there was such a rule */
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

	/** Faults of one request: latencies add up; of the others, the first one that fires wins. */
	ofRequest(traits: RequestTraits): { latencyMs: number; fault: FaultRule | null } {
		let latencyMs = 0;
		let fault: FaultRule | null = null;
		for (const rule of this.#rules) {
			if (webhookKindSet.has(rule.kind)) continue;
			if (rule.kind !== 'latency' && fault) continue;
			if (!this.#agrees(rule, traits) || !this.#fires(rule)) continue;
			if (rule.kind === 'latency') latencyMs += this.waitMs(rule, 0);
			else fault = rule;
		}
		return { latencyMs, fault };
	}

	/** All faults of one webhook that fire. */
	ofWebhook(traits: WebhookTraits): FaultRule[] {
		if (this.#rules.length === 0) return [];
		return this.#rules.filter(
			(rule) =>
				webhookKindSet.has(rule.kind) &&
				this.#agrees(rule, { ...traits, path: '', method: '' }) &&
				this.#agreesWithEvent(rule, traits) &&
				this.#fires(rule),
		);
	}

	/** The rule's time, including its random part. */
	waitMs(rule: FaultRule, defaultMs: number): number {
		const jitterMs = rule.jitterMs === undefined ? 0 : this.#random() * rule.jitterMs;
		return (rule.latencyMs ?? defaultMs) + jitterMs;
	}

	#agrees(rule: FaultRule, traits: RequestTraits): boolean {
		const { match } = rule;
		const same = (wanted: string | undefined, found: string | undefined): boolean =>
			wanted === undefined || wanted === found;
		return (
			(match.path === undefined || (this.#patterns.get(match.path)?.test(traits.path) ?? false)) &&
			same(match.method?.toUpperCase(), traits.method) &&
			same(match.phoneNumberId, traits.phoneNumberId) &&
			same(match.recipient?.replace(/^\+/, ''), traits.recipient) &&
			same(match.operationId, traits.operationId) &&
			same(match.messageType, traits.messageType)
		);
	}

	#agreesWithEvent(rule: FaultRule, traits: WebhookTraits): boolean {
		return (
			(rule.match.event ?? traits.event) === traits.event &&
			(rule.match.status ?? traits.status) === traits.status
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
