import type { JsonObject } from '../json.ts';
import type { DirectSend } from './direct-send.ts';
import type { Recipient } from './recipient.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber, Template } from '../state/account.ts';

/** What the rules of a message type see. */
export interface MessageUnderTest {
	simulator: Simulator;
	number: PhoneNumber;
	recipient: Recipient;
	/** The message is sent by Direct Send. */
	directSend: DirectSend | null;
	/** The whole body of the request. */
	body: JsonObject;
}

/** What the rules found out along the way. */
export interface Finding {
	/** The stored template of a template message. */
	template?: Template;
	/** The message is accepted, but fails later with this error in its status. */
	fails?: { code: number; details: string };
}

/**
 * A type of message that the API accepts. `check` throws a GraphError with Meta's code if the
 * message breaks a rule.
 */
export interface MessageType {
	type: string;
	check(message: MessageUnderTest): Finding | undefined;
}

/** Rules of one `interactive.type`. @throws GraphError */
export type InteractiveRules = (message: MessageUnderTest, interactive: JsonObject) => void;
