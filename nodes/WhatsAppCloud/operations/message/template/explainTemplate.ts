import {
	describeError,
	type OutgoingMessage,
	type SendResult,
} from '../../../sending/attempt/outcome';
import type { Run } from '../../../node/run';
import { objectOf } from '../../../values/unknown';
import { reasonOf } from '../../../values/unknown';
import { misfit, templatesNow } from './templateNow';

/** Meta's codes for a message that does not fit its template, or a template that cannot be sent. */
const codes: ReadonlySet<number> = new Set([
	// A parameter is missing, or its value cannot be used.
	131008, 131009,
	// The number of values, no such template, too long, a value, the form of a value, paused, disabled,
	// Direct Send.
	132000,
	132001, 132005, 132008, 132012, 132015, 132016, 132018,
]);

/**
 * Adds to Meta's refusal what the template takes now and what the message gave. Only then is the
 * template looked up.
 */
export async function explainTemplate(
	run: Run,
	{ body }: OutgoingMessage,
	result: SendResult,
): Promise<SendResult> {
	const { cause } = result;
	if (cause === null || !('code' in cause) || !codes.has(cause.code)) return result;
	const { name, language, components } = objectOf(body['template']);
	const message = {
		name: String(name),
		language: String(objectOf(language)['code']),
		components,
	};
	let more: string | null;
	try {
		more = misfit(message, await templatesNow(run, message.name));
	} catch (error) {
		more = `What the template takes now could not be looked up: ${reasonOf(error)}.`;
	}
	if (more === null) return result;
	const told = cause.withMore(more);
	return { ...result, cause: told, error: describeError(told) };
}
